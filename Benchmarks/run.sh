#!/bin/sh
# Speed, beside a reference in the same run. Give corpora to use text of your own:
#   BITEXT_BENCH_EN=file BITEXT_BENCH_ZH=file BITEXT_BENCH_ES=file make bench
# Word links beside eflomal, where annotated links are at hand:
#   BITEXT_BENCH_LINKS="folder language train.tsv" make bench
# Segmenters from PyPI run beside ours in an environment of their own, which is removed afterwards;
# BITEXT_BENCH_PEERS=no leaves them out.
set -eu
cd "$(dirname "$0")"
swift build -c release --package-path .. --product bitext
BITEXT_PROGRAM="$(cd .. && pwd)/.build/release/bitext"
export BITEXT_PROGRAM
swift run -c release BitextBenchmarks "$@"
if [ -n "${BITEXT_BENCH_LINKS:-}" ]; then
  # Three words: the folder, the language beside English, the training text.
  # shellcheck disable=SC2086
  python3 eflomal.py "${BITEXT:-../.build/release/bitext}" $BITEXT_BENCH_LINKS
fi
if [ "${BITEXT_BENCH_PEERS:-yes}" = yes ]; then sh peers.sh; fi
sh streaming.sh
