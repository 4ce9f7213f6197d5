#!/bin/sh
# Segmenters from PyPI on the same texts, one thread each. They are for comparison only: nothing of them
# is used by the library. What cannot be installed is named and left out.
set -eu
cd "$(dirname "$0")"
command -v python3 > /dev/null || { echo "peers: there is no python3; left out"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if ! python3 -m venv "$folder/venv" > "$folder/log" 2>&1; then
  echo "peers: python3 cannot make a virtual environment; left out"
  exit 0
fi
# blingfire imports numpy and does not say so.
for package in pysbd jieba blingfire numpy; do
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$package" > "$folder/log" 2>&1 ||
    echo "peers: $package cannot be installed: $(tail -n 1 "$folder/log")"
done
BITEXT_PROGRAM=${BITEXT_PROGRAM:-../.build/release/bitext} "$folder/venv/bin/python" peers.py
