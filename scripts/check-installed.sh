#!/usr/bin/env bash
# The installed program runs from another folder and finds its resources.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
article=$PWD/Examples/digital-human-rights
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$program" doctor
"$program" align "$article/en.txt" "$article/zh.txt" --glossary digital-human-rights --format tmx -o out.tmx
grep -q '数字利维坦' out.tmx
if "$program" doctor | grep -q 'missing'; then
  echo "the installed program misses a resource" >&2
  exit 1
fi
