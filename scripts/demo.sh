#!/bin/sh
# The main job on the trilingual example: align, find terms, keep them, hand them on.
set -eu
bitext=$1
article=Examples/digital-human-rights
out=demo-output
rm -rf "$out"
mkdir -p "$out"

echo "Three versions of one article, sentence by sentence:"
echo
"$bitext" align $article/en.txt $article/zh.txt $article/es.txt --glossary digital-human-rights --format table
"$bitext" align $article/en.txt $article/zh.txt $article/es.txt --glossary digital-human-rights --format tmx -o "$out/article.tmx"

echo
echo "Its terms, best first:"
echo
"$bitext" terms extract $article/en.txt $article/zh.txt $article/es.txt --limit 15
"$bitext" terms extract $article/en.txt $article/zh.txt $article/es.txt --status accepted --format tmx -o "$out/terms.tmx"

echo
echo "A memory of both, asked for a sentence that it has never seen:"
echo
"$bitext" memory create "$out/memory"
"$bitext" memory import "$out/memory" "$out/article.tmx"
"$bitext" memory lookup "$out/memory" --from en --to zh --threshold 50 \
  "Her team tested fifty systems."

cat <<TXT

Written:
  $out/article.tmx   the aligned units, TMX 1.4b
  $out/terms.tmx     the glossary
  $out/memory        the translation memory

Try next:
  $bitext memory lookup $out/memory --from en --to es "Nobody noticed."
  $bitext memory concordance $out/memory --language zh 数字利维坦
  $bitext align --help
TXT
