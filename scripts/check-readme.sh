#!/usr/bin/env bash
# What the README shows is what compiles and runs: its Swift sample is Snippets/FirstSuccess.swift, and its
# shell sample runs as it stands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

block() { awk -v fence="\`\`\`$1" '$0 == fence { on = 1; next } on && /^```$/ { exit } on' README.md; }

block swift > "$work/sample.swift"
test -s "$work/sample.swift" || { echo "README.md shows no Swift" >&2; exit 1; }
# The snippet's first line is its caption.
tail -n +2 Snippets/FirstSuccess.swift | diff - "$work/sample.swift" \
  || { echo "README.md and Snippets/FirstSuccess.swift differ" >&2; exit 1; }
for snippet in Snippets/*.swift; do
  swift build --product "$(basename "$snippet" .swift)"
done

block sh > "$work/sample.sh"
test -s "$work/sample.sh" || { echo "README.md shows no shell" >&2; exit 1; }
cp -R Examples "$work/"
(cd "$work" && PATH="$OLDPWD/.build/release:$PATH" sh -eu sample.sh)
