#!/bin/sh
# The memory that `bitext segment` takes for 10 MB and for a file a hundred times as long: the second figure
# has to be about the first one.  MEGABYTES=1000 sh Benchmarks/streaming.sh
set -eu
cd "$(dirname "$0")/.."
program=${BITEXT_PROGRAM:-.build/release/bitext}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
text=${BITEXT_BENCH_EN:-Examples/digital-human-rights/en.txt}
# Ten megabytes of the text, with a blank line after each copy.
: > "$folder/piece.txt"
while [ "$(wc -c < "$folder/piece.txt")" -lt 10000000 ]; do
  cat "$text" >> "$folder/piece.txt"
  printf '\n\n' >> "$folder/piece.txt"
done
pieces=$((${MEGABYTES:-1000} / 10))
python3 - "$program" "$folder/piece.txt" "$pieces" << 'END'
import os, resource, subprocess, sys, threading, time

program, piece, pieces = sys.argv[1], open(sys.argv[2], "rb").read(), int(sys.argv[3])


def run(unit, count):
    """Sends the piece `count` times and waits; gives seconds and the largest resident size in MB."""
    reader, writer = os.pipe()
    child = subprocess.Popen([program, "segment", "--language", "en", "--unit", unit, "-o", "/dev/null"], stdin=reader)
    os.close(reader)
    start = time.time()
    with os.fdopen(writer, "wb") as sink:
        for _ in range(count):
            sink.write(piece)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, "the program failed"
    return time.time() - start, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)


print("what\tinput\tseconds\tmost memory")
for unit in ("sentence", "word"):
    small = run(unit, 1)
    large = run(unit, pieces)
    for count, (seconds, memory) in ((1, small), (pieces, large)):
        print(f"segment, {unit}s\t{count * len(piece) // 1000000} MB\t{seconds:.1f}\t{memory:.0f} MB", flush=True)
    assert large[1] < 1.5 * small[1] + 8, "the memory grows with the text"
END
