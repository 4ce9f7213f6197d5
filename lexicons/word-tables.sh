#!/bin/sh
# Counts the tables of words for term extraction. Usage: lexicons/word-tables.sh DATA [OUT]
# DATA is laid out as for build.sh; BUILDER names the program (default: the release build).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:?"usage: lexicons/word-tables.sh DATA [OUT]"}
out=${2:-"$here/../Sources/BitextTerminology/Resources"}
builder=${BUILDER:-"$here/../.build/release/WordTableBuilder"}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
for name in tatoeba tatoeba-manythings tico19 pydocs bible libreoffice-help react-docs \
  cataclysm-dda-data gnome-app-help gnome-user-docs tldr fastapi-docs unciv; do
  for pair in en-es en-zh; do
    # The Chinese Bible of the data is under copyright.
    if [ "$name" = bible ] && [ "$pair" != en-es ]; then continue; fi
    for folder in lines lines-more/shippable; do
      file="$data/$folder/$name.$pair.tsv.xz"
      if [ -f "$file" ]; then xz -dc "$file" > "$work/$name.$pair.tsv"; fi
    done
  done
done
gzip -dc "$data/dictionaries/cedict_1_0_ts_utf-8_mdbg.txt.gz" > "$work/cedict.txt"
"$builder" "$work" "$work/cedict.txt" "$out"
