#!/bin/sh
# Builds the documentation of the library's modules into .build/docs, offline, with the toolchain's own docc.
set -eu
cd "$(dirname "$0")/.."
docc=$(command -v docc)
rm -rf .build/docs .build/docs-parts
mkdir -p .build/docs-parts
swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members
graphs=$(dirname "$(find .build/ -path '*symbolgraph/Bitext.symbols.json' | head -n 1)")
for module in BitextCore BitextText BitextAlignment BitextTerminology BitextMemory BitextSQLite BitextInterchange Bitext; do
  mkdir -p ".build/docs-parts/$module.graph"
  cp "$graphs/$module.symbols.json" ".build/docs-parts/$module.graph/"
  catalog=""
  [ -d "Sources/$module/$module.docc" ] && catalog="Sources/$module/$module.docc"
  # shellcheck disable=SC2086
  "$docc" convert $catalog --additional-symbol-graph-dir ".build/docs-parts/$module.graph" \
    --fallback-display-name "$module" --fallback-bundle-identifier "org.bitext.$module" \
    --output-path ".build/docs-parts/$module.doccarchive"
done
"$docc" merge .build/docs-parts/*.doccarchive --synthesized-landing-page-name Bitext --output-path .build/docs
echo "documentation: .build/docs (serve the folder to read it)"
