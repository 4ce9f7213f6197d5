#!/bin/sh
# Fuzzes each reader with libFuzzer for SECONDS (default 60), from the seed corpus; prints how many inputs were run.
#
#   sh Fuzz/run.sh [SECONDS] [TARGET …]
#
# What a run finds new is kept in .build/fuzz, a crash in .build/fuzz/crashes: put the input into
# Fuzz/Corpus/TARGET with the fix, so that the tests keep it.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
work=.build/fuzz
mkdir -p "$work/crashes"
swift build -c release --package-path Fuzz --scratch-path .build/fuzz-build --sanitize fuzzer --product FuzzReaders >&2
program=.build/fuzz-build/release/FuzzReaders
# A crash must end at once: the runtime's own backtracer takes minutes on an instrumented program.
export SWIFT_BACKTRACE=enable=no
total=0
for target in ${*:-tmx tbx xliff po csv tsv utx xcstrings text markdown html srt srx any fill-xliff fill-po fill-xcstrings}; do
  mkdir -p "$work/$target"
  seeds=Fuzz/Corpus/${target#fill-}
  [ -d "$seeds" ] || seeds=Fuzz/Corpus/tmx
  log=$work/$target.log
  FUZZ_TARGET=$target "$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=16384 \
    -artifact_prefix="$work/crashes/$target-" -print_final_stats=1 "$work/$target" "$seeds" >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    echo "fuzz: $target failed, see $log" >&2
    exit 1
  }
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  total=$((total + runs))
  echo "$target $runs"
done
echo "total $total inputs, no crash"
