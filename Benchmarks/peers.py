"""Times segmenters from PyPI on the texts that the benchmarks use. Prints rows like theirs."""

import functools
import importlib
import os
import pathlib
import resource
import subprocess
import time
import warnings

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).resolve().parent


def text(language):
    """The text of a language: the file that the environment names, or the example article."""
    path = os.environ.get(f"BITEXT_BENCH_{language.upper()}")
    path = path or here.parent / "Examples" / "digital-human-rights" / f"{language}.txt"
    return pathlib.Path(path).read_text(encoding="utf-8")


def module(name):
    try:
        return importlib.import_module(name)
    except Exception as error:
        print(f"{name}\tcannot be used: {error}")
        return None


def measure(what, language, megabytes, work):
    """Repeats the text up to a size and takes the best of three rounds."""
    once = text(language)
    whole = once * max(1, round(megabytes * 1e6 / len(once.encode())))
    lines = [line for line in whole.split("\n") if line.strip()]
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        found = work(lines)
        best = min(best, time.process_time() - start)
    assert found > 0, f"{what} found nothing"
    speed = len(whole.encode()) / 1e6 / best
    program = ours(language, "word" if what == "jieba" or "words" in what else "sentence")
    print(f"{what}\t{language}\t{program:.3g} MB/s\t{speed:.3g} MB/s ({what})\t{program / speed:.3g}", flush=True)


@functools.cache
def ours(language, unit):
    """The speed of our program on the same text, repeated to 16 MB, start included."""
    once = text(language)
    whole = once * max(1, round(16e6 / len(once.encode())))
    best = float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [os.environ["BITEXT_PROGRAM"], "segment", "--language", language, "--unit", unit, "-o", "/dev/null"],
            input=whole.encode(), check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return len(whole.encode()) / 1e6 / best


print("what\tlanguage\tBitext\tpeer\tratio")
pysbd = module("pysbd")
if pysbd:
    for language in ("en", "es", "zh"):
        segmenter = pysbd.Segmenter(language=language, clean=False)
        measure("pysbd", language, 0.2, lambda lines: sum(len(segmenter.segment(line)) for line in lines))
blingfire = module("blingfire")
if blingfire:
    for language in ("en", "es", "zh"):
        measure("blingfire", language, 4, lambda lines: sum(len(blingfire.text_to_sentences(line)) for line in lines))
        measure("blingfire words", language, 4, lambda lines: sum(len(blingfire.text_to_words(line)) for line in lines))
jieba = module("jieba")
if jieba:
    jieba.setLogLevel(60)
    jieba.initialize()
    measure("jieba", "zh", 2, lambda lines: sum(len(jieba.lcut(line)) for line in lines))
