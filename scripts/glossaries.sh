#!/bin/sh
# The TBX twin of each glossary, made of its TMX file. The tests compare both.
set -eu
program=$1
cd "$(dirname "$0")/../glossaries"
case "$program" in /*) ;; *) program=../$program ;; esac
for file in *.tmx; do
  "$program" convert "$file" "${file%.tmx}.tbx"
done
