#!/bin/sh
# Builds the lexicons that ship with the library. Usage:
#
#   lexicons/build.sh DATA [OUT]
#
# DATA holds the texts, compressed by xz: lines/NAME.LANGUAGES.tsv.xz,
# lines-more/shippable/NAME.LANGUAGES.tsv.xz and dictionaries/cedict_1_0_ts_utf-8_mdbg.txt.gz.
# Each NAME has to stand in sources.tsv with its licence; files of other names are not touched.
# OUT is the folder to write to (default: the resources of BitextLexicons).
# BITEXT and LINKER name the programs (default: the release build), PAIRS the pairs of languages, SOURCES the
# list of sources and TRAIN_OPTIONS further options, all for experiments.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
data=${1:?"usage: lexicons/build.sh DATA [OUT]"}
out=${2:-"$here/../Sources/BitextLexicons/Resources"}
bitext=${BITEXT:-"$here/../.build/release/bitext"}
linker=${LINKER:-"$here/../.build/release/LinkModelBuilder"}
pairs=${PAIRS:-"en-es en-zh es-zh"}
sources=${SOURCES:-"$here/sources.tsv"}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$out"

for pair in $pairs; do
  first=${pair%-*}
  second=${pair#*-}
  mkdir "$work/$pair"
  # In the order of the list, so that the numbering of words does not depend on the file system.
  set --
  for name in $(grep -v '^#' "$sources" | cut -f1); do
    # The Chinese Bible of the data is under copyright.
    if [ "$name" = bible ] && [ "$pair" != en-es ]; then continue; fi
    for folder in lines lines-more/shippable; do
      file="$data/$folder/$name.$pair.tsv.xz"
      if [ -f "$file" ]; then
        xz -dc "$file" > "$work/$pair/$name.$pair.tsv"
        set -- "$@" "$work/$pair/$name.$pair.tsv"
      fi
    done
  done
  # Agreement gives sharper and smaller lexicons. It is better for es-zh (ntrex-zh-es .959 against
  # .950, handbook-zh-es .863 against .855) and as good for en-es; beside CC-CEDICT the broad lexicon
  # is the better one (mac-dev without learning .871 against .855).
  case $pair in
  en-zh) agreement=0 ;;
  *) agreement=1 ;;
  esac
  "$bitext" lexicon train "$@" --agreement "$agreement" --languages "$first,$second" --sources "$sources" \
    ${TRAIN_OPTIONS:-} -o "$out/$pair.btlex"
  # How words are linked: from running text and talk alone.
  case $pair in
  es-zh) links="tatoeba react-docs unciv" ;;
  *) links="tatoeba tatoeba-manythings tico19" ;;
  esac
  set --
  for name in $links; do
    file="$work/$pair/$name.$pair.tsv"
    if [ -f "$file" ]; then set -- "$@" "$file"; fi
  done
  "$linker" "$first" "$second" "$sources" "$out/links.$pair.btlex" "$@"
  rm -r "${work:?}/$pair"
done

gzip -dc "$data/dictionaries/cedict_1_0_ts_utf-8_mdbg.txt.gz" > "$work/CC-CEDICT.txt"
"$bitext" lexicon import "$work/CC-CEDICT.txt" --languages zh,en --format cedict \
  --licence CC-BY-SA-4.0 \
  --notice "CC-CEDICT of 2025-02-19, https://www.mdbg.net/chinese/dictionary?page=cc-cedict, \
published by MDBG; CEDICT copyright 1997, 1998 Paul Andrew Denisowski; \
changed: glosses turned into word pairs with weights" \
  -o "$out/cc-cedict.btlex"
ls -l "$out"/*.btlex
