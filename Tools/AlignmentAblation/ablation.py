#!/usr/bin/env python3
"""Shows what each part of the sentence aligner is worth. Python 3.9+, standard library only.

A set is a folder with set.json ({"languages": [a, b], "kind": …}) and one folder a document: src.txt and tgt.txt, one
sentence a line, gold.txt, one bead a line as `[0, 1]:[0]`. The figure is strict F1: the share of beads that are right as
they stand, omissions counted for precision only, pooled over the documents. In sets of kind "paragraph" the gold beads are
paragraphs: beads inside one are joined first.

    Tools/AlignmentAblation/ablation.py DATA -o docs/alignment-ablation.md mac-dev news-zh-en-dev
"""
import argparse
import ast
import json
import os
import subprocess
import sys

# Each row adds to the one above it.
WITH_LEXICON = [
    ("lengths alone, best path", "--evidence none --learn none --decoding bestPath"),
    ("+ numbers and punctuation", "--evidence numbers --learn none --decoding bestPath"),
    ("+ cognates", "--evidence numbers,cognates --learn none --decoding bestPath"),
    ("+ names of ICU", "--evidence numbers,cognates,names --learn none --decoding bestPath"),
    ("+ lexicons", "--evidence numbers,cognates,names,lexicons --learn none --decoding bestPath"),
    ("+ parts of Chinese words", "--learn none --decoding bestPath"),
    ("+ learning from all beads", "--learn-from 0 --decoding bestPath"),
    ("+ only from probable beads", "--decoding bestPath"),
    ("+ most right beads expected (the usual)", ""),
    ("+ learning from all documents together", "--learn batch"),
    ("the usual, profile literary", "--profile literary"),
    ("the usual, a band of 14 around the anchors", "--band 14"),
]
WITHOUT_LEXICON = [
    ("numbers and punctuation", "--evidence numbers --learn none --decoding bestPath"),
    ("+ cognates", "--evidence numbers,cognates --learn none --decoding bestPath"),
    ("+ names of ICU", "--evidence numbers,cognates,names --learn none --decoding bestPath"),
    ("+ learning from all beads", "--learn-from 0 --decoding bestPath"),
    ("+ only from probable beads", "--decoding bestPath"),
    ("+ most right beads expected (the usual)", ""),
    ("+ learning from all documents together", "--learn batch"),
    ("the usual without names of ICU", "--evidence numbers,cognates,paragraphs"),
]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return file.read().rstrip("\n").split("\n")


def load(folder):
    """The languages, the kind and the documents (sentences of both sides, gold beads) of a set."""
    with open(os.path.join(folder, "set.json"), encoding="utf-8") as file:
        description = json.load(file)
    documents = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if not os.path.isdir(path):
            continue
        gold = []
        for line in lines(os.path.join(path, "gold.txt")):
            source, target = line.split(":")[:2]
            gold.append((tuple(ast.literal_eval(source)), tuple(ast.literal_eval(target))))
        documents.append((lines(os.path.join(path, "src.txt")), lines(os.path.join(path, "tgt.txt")), gold))
    return description, documents


def align(program, languages, documents, lexicon, options):
    records = "".join(
        json.dumps({"id": n, "sentences": dict(zip(languages, document[:2]))}) + "\n"
        for n, document in enumerate(documents))
    command = [program, "align", "--jsonl", "--languages", ",".join(languages), "--lexicon", lexicon]
    done = subprocess.run(
        command + options.split(), input=records, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(command)} {options}: exit {done.returncode}: {done.stderr.strip()[-400:]}")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [[tuple(tuple(unit[language]) for language in languages) for unit in a["units"]] for a in answers]


def joined(gold, beads):
    """Neighbouring beads inside the same gold bead become one."""
    owners = [{}, {}]
    for number, bead in enumerate(gold):
        for side in (0, 1):
            for sentence in bead[side]:
                owners[side][sentence] = number
    result, last = [], None
    for bead in beads:
        inside = {owners[side].get(sentence) for side in (0, 1) for sentence in bead[side]}
        owner = inside.pop() if len(inside) == 1 else None
        if owner is not None and owner == last:
            result[-1] = (result[-1][0] + bead[0], result[-1][1] + bead[1])
        else:
            result.append(bead)
        last = owner
    return result


def strict_f1(kind, golds, answers):
    right = found = wanted_right = wanted = 0
    for gold, beads in zip(golds, answers):
        if kind == "paragraph":
            beads = joined(gold, beads)
        truth, guess = set(gold), {b for b in beads if b[0] or b[1]}
        right += len(truth & guess)
        found += len(guess)
        full = {b for b in truth if b[0] and b[1]}
        wanted_right += len(full & guess)
        wanted += len(full)
    precision, recall = right / max(found, 1), wanted_right / max(wanted, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def table(program, sets, rows, lexicon):
    names = list(sets)
    out = ["| | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
    for label, options in rows:
        cells = []
        for name in names:
            description, documents = sets[name]
            answers = align(program, description["languages"], documents, lexicon, options)
            cells.append(f"{strict_f1(description['kind'], [d[2] for d in documents], answers):.4f}".lstrip("0"))
            print(f"{label} {name} {cells[-1]}", file=sys.stderr)
        out.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="the folder of the sets")
    parser.add_argument("sets", nargs="+", help="their names")
    parser.add_argument("--bitext", default=".build/release/bitext")
    parser.add_argument("-o", "--output", default="-")
    arguments = parser.parse_args()
    sets = {name: load(os.path.join(arguments.data, name)) for name in arguments.sets}
    with_lexicon = {n: s for n, s in sets.items() if s[0].get("lexicon") is not False}
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    with_part = ""
    if with_lexicon:
        rows = table(arguments.bitext, with_lexicon, WITH_LEXICON, "default")
        with_part = f"## With the lexicons that ship\n\n{rows}\n\n"
    text = f"""# What each part of the aligner is worth

Strict F1 on development sets, each row with what the rows above it have, unless it says otherwise. Some choices were made
on these sets, so the figures flatter a little. Made at {commit} by

    Tools/AlignmentAblation/ablation.py DATA {' '.join(arguments.sets)} -o docs/alignment-ablation.md

{with_part}## Without a lexicon

{table(arguments.bitext, sets, WITHOUT_LEXICON, "none")}
"""
    if arguments.output == "-":
        print(text, end="")
    else:
        with open(arguments.output, "w", encoding="utf-8") as file:
            file.write(text)


main()
