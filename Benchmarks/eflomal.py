#!/usr/bin/env python3
"""Word links beside eflomal (Östling & Tiedemann 2016) on identical input; printed are error rates, seconds and ratios.

usage: eflomal.py BITEXT FOLDER LANGUAGE TRAIN.tsv

FOLDER holds en.txt and LANGUAGE.txt (tokens separated by spaces) and gold.pharaoh (`i-j` sure, `i?j` possible).
TRAIN.tsv holds raw sentence pairs; both programs get them as cut by `bitext segment --unit word`.
eflomal runs as it is installed from PyPI, then with the same four-letter keys, then with priors that
`eflomal-makepriors` makes from the training text. Links of its two directions are joined by grow-diag-final-and.
Needs `eflomal-align` on the PATH (`pip install eflomal`); without it the comparison is skipped and says so.
"""
import re, shutil, subprocess, sys, tempfile, time
from pathlib import Path


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    if not shutil.which("eflomal-align"):
        print("word links: skipped, eflomal-align is not installed")
        return
    bitext, folder, language, train = sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    with tempfile.TemporaryDirectory() as scratch:
        compare(bitext, folder, language, train, Path(scratch))


def compare(bitext, folder, language, train, scratch):
    texts = [folder / "en.txt", folder / f"{language}.txt"]
    pairs = [[line.split() for line in text.read_text(encoding="utf-8").splitlines()] for text in texts]
    gold = read_gold(folder / "gold.pharaoh")
    training = cut_training(bitext, language, train, scratch)
    count = len(training[0])
    print(f"word links, {folder.name}: {len(gold)} pairs; training text: {count}")

    ours = {}
    for name, options in (("alone", []), ("with the training text", ["--train", str(scratch / "train.tsv")])):
        if options:
            write(scratch / "train.tsv", (f"{' '.join(a)}\t{' '.join(b)}" for a, b in zip(*training)))
        begin = time.monotonic()
        out = run([bitext, "link", *map(str, texts), "--languages", f"en,{language}", "--tokenized", "--lexicon", "none", *options])
        seconds = time.monotonic() - begin
        ours[name] = (error_rate(read_links(out), gold), seconds)
        print(f"  bitext  {name:42} AER {ours[name][0]:5.1f}  {seconds:6.1f} s")
    for keyed in (False, True):
        fold = key if keyed else str.lower
        small = [[list(map(fold, words)) for words in side] for side in pairs]
        large = [[list(map(fold, words)) for words in side] for side in training]
        label = ", four-letter keys" if keyed else ""
        report(f"alone{label}", eflomal(small, scratch), gold, ours["alone"])
        both = [small[side] + large[side] for side in (0, 1)]
        report(f"with the training text{label}", eflomal(both, scratch), gold, ours["with the training text"])
        priors, learned = make_priors(large, scratch)
        links, seconds = eflomal(small, scratch, priors)
        report(f"with priors from the training text{label}", (links, learned + seconds), gold, ours["with the training text"])


def report(name, result, gold, ours):
    links, seconds = result
    rate = error_rate(links[:len(gold)], gold)
    print(f"  eflomal {name:42} AER {rate:5.1f}  {seconds:6.1f} s   bitext: {ours[0] / rate:.2f} of its errors, "
          f"{ours[1] / seconds:.2f} of its time")


def cut_training(bitext, language, train, scratch):
    rows = [line.split("\t") for line in train.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) == 2 and row[0].strip() and row[1].strip()]
    sides = []
    for column, tag in ((0, "en"), (1, language)):
        write(scratch / "raw.txt", (row[column].strip() for row in rows))
        out = run([bitext, "segment", "--language", tag, "--unit", "word", "--newlines", "line", str(scratch / "raw.txt")])
        sides.append([line.split() for line in out.splitlines()])
        if len(sides[-1]) != len(rows):
            sys.exit(f"error: {len(rows)} training lines became {len(sides[-1])}")
    return sides


def eflomal(sides, scratch, priors=None):
    """The links of both directions joined, and the seconds that it took."""
    for name, side in zip(("source", "target"), sides):
        write(scratch / name, (" ".join(words) for words in side))
    command = ["eflomal-align", "--overwrite", "-s", scratch / "source", "-t", scratch / "target",
               "-f", scratch / "forward", "-r", scratch / "reverse"]
    begin = time.monotonic()
    run(command + (["-p", priors] if priors else []))
    seconds = time.monotonic() - begin
    directions = [read_links((scratch / name).read_text(encoding="utf-8")) for name in ("forward", "reverse")]
    return [grow(f, r, len(a), len(b)) for f, r, a, b in zip(*directions, *sides)], seconds


def make_priors(sides, scratch):
    _, seconds = eflomal(sides, scratch)
    begin = time.monotonic()
    run(["eflomal-makepriors", "-s", scratch / "source", "-t", scratch / "target", "-f", scratch / "forward",
         "-r", scratch / "reverse", "-p", scratch / "priors"])
    return scratch / "priors", seconds + time.monotonic() - begin


def key(word):
    """The first four letters of a Latin word; anything else whole (`LinkKey`)."""
    word = word.lower()
    return word[:4] if re.fullmatch(r"[a-zß-ɏḀ-ỿ'’-]+", word) else word


def grow(forward, reverse, rows, columns):
    """grow-diag-final-and (Koehn, Och & Marcu 2003)."""
    links, union = forward & reverse, forward | reverse
    left, right = {i for i, _ in links}, {j for _, j in links}
    grew = True
    while grew:
        grew = False
        for i, j in sorted(links):
            for di, dj in ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)):
                new = (i + di, j + dj)
                if new in union and new not in links and (new[0] not in left or new[1] not in right):
                    links.add(new), left.add(new[0]), right.add(new[1])
                    grew = True
    for direction in (forward, reverse):
        for i, j in sorted(direction):
            if i not in left and j not in right:
                links.add((i, j)), left.add(i), right.add(j)
    return links


def read_gold(path):
    gold = []
    for line in path.read_text(encoding="utf-8").splitlines():
        sure, possible = set(), set()
        for i, kind, j in re.findall(r"(\d+)([-?])(\d+)", line):
            (sure if kind == "-" else possible).add((int(i), int(j)))
        gold.append((sure, possible | sure))
    return gold


def read_links(text):
    return [{tuple(map(int, link.split("-"))) for link in line.split()} for line in text.split("\n")[:-1]]


def error_rate(links, gold):
    answer, sure = sum(map(len, links)), sum(len(s) for s, _ in gold)
    hits = sum(len(a & s) + len(a & p) for a, (s, p) in zip(links, gold))
    return 100 * (1 - hits / max(1, answer + sure))


def write(path, lines):
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def run(command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"error: exit {done.returncode}: {' '.join(map(str, command))}\n{done.stderr[-1000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
