#!/bin/sh
# Speed, beside a reference in the same run. Give corpora to use text of your own:
#   BITEXT_BENCH_EN=file BITEXT_BENCH_ZH=file BITEXT_BENCH_ES=file make bench
# Segmenters from PyPI run beside ours in an environment of their own, which is removed afterwards;
# BITEXT_BENCH_PEERS=no leaves them out.
set -eu
cd "$(dirname "$0")"
swift build -c release --package-path .. --product bitext
BITEXT_PROGRAM="$(cd .. && pwd)/.build/release/bitext"
export BITEXT_PROGRAM
swift run -c release BitextBenchmarks "$@"
if [ "${BITEXT_BENCH_PEERS:-yes}" = yes ]; then sh peers.sh; fi
sh streaming.sh
