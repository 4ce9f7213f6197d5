#!/bin/sh
# Layers: every module imports only what Package.swift declares, no <unicode/…> or <libxml/…> header
# is visible to Swift, C handles stay in their walls, and no unsafe flags.
set -eu
cd "$(dirname "$0")/.."
fail=0
complain() { printf 'layers: %s\n' "$*" >&2; fail=1; }

# The compiler checks the declared imports; a plain incremental build can miss a forbidden one.
mkdir -p .build
if ! swift build --build-tests --explicit-target-dependency-import-check error > .build/build.log 2>&1; then
  grep -E 'error' .build/build.log >&2
  exit 1
fi

for header in $(find Sources -path '*/include/*' -name '*.h'); do
  if grep -nE '#include *[<"](unicode|libxml|zlib|sqlite3)' "$header"; then
    complain "$header shows a system header to Swift"
  fi
done
if grep -rnE '^(public |internal |package |@_exported )*import C(BitextICU|ICU)\b' Sources --include='*.swift' | grep -v '^Sources/BitextICU/'; then
  complain "only BitextICU may see ICU's handles"
fi
if grep -rnE '^(public |internal |package |@_exported )*import C(BitextXML|LibXML2)\b' Sources --include='*.swift' | grep -v '^Sources/BitextInterchange/'; then
  complain "only BitextInterchange may see libxml2's handles"
fi
if grep -rnE '^(public |internal |package )*import (GRDB|SQLite3)\b' Sources --include='*.swift' | grep -v '^Sources/BitextSQLite/'; then
  complain "only BitextSQLite may know the database"
fi
if grep -rnE '^(public |internal |package )*import (Foundation|BitextICU)\b' Sources/BitextCore --include='*.swift'; then
  complain "BitextCore holds plain values only"
fi
if grep -nE 'unsafeFlags' Package.swift; then complain "unsafeFlags is forbidden"; fi
# An escape from data-race checking needs its proof in a comment within the three lines above it or on it.
grep -rnE '@unchecked Sendable|nonisolated\(unsafe\)' Sources --include='*.swift' | while IFS=: read -r file line _; do
  from=$((line > 3 ? line - 3 : 1))
  sed -n "${from},$((line + 2))p" "$file" | grep -q '//' || { printf 'layers: %s:%s escapes race checking without a proof\n' "$file" "$line" >&2; exit 1; }
done || fail=1
exit $fail
