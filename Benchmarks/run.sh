#!/bin/sh
# Speed, beside a reference in the same run. Give corpora to use text of your own:
#   BITEXT_BENCH_EN=file BITEXT_BENCH_ZH=file BITEXT_BENCH_ES=file make bench
# Word links beside eflomal, where annotated links are at hand:
#   BITEXT_BENCH_LINKS="folder language train.tsv" make bench
set -eu
cd "$(dirname "$0")"
swift run -c release BitextBenchmarks "$@"
if [ -n "${BITEXT_BENCH_LINKS:-}" ]; then
  # Three words: the folder, the language beside English, the training text.
  # shellcheck disable=SC2086
  python3 eflomal.py "${BITEXT:-../.build/release/bitext}" $BITEXT_BENCH_LINKS
fi
