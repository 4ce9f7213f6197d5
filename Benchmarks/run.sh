#!/bin/sh
# Speed, beside a reference in the same run. Give corpora to use text of your own:
#   BITEXT_BENCH_EN=file BITEXT_BENCH_ZH=file BITEXT_BENCH_ES=file make bench
set -eu
cd "$(dirname "$0")"
swift run -c release BitextBenchmarks "$@"
