#!/bin/sh
# Installs the system packages that Bitext builds on, where they are missing. Changes nothing else.
set -eu

say() { printf '%s\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
  say "setup: no Swift toolchain found, expected Swift 6.2 or newer (https://www.swift.org/install)"
  exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
major=${version% *}
minor=${version#* }
if [ -n "$version" ] && { [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; }; then
  say "setup: found Swift $major.$minor, expected 6.2 or newer"
  exit 1
fi

case "$(uname -s)" in
Darwin)
  if ! command -v brew >/dev/null 2>&1; then
    say "setup: Homebrew is missing; install icu4c, libxml2 and pkg-config, then run this again"
    exit 1
  fi
  missing=""
  for formula in icu4c libxml2 pkg-config; do
    brew list "$formula" >/dev/null 2>&1 || missing="$missing $formula"
  done
  # shellcheck disable=SC2086
  [ -z "$missing" ] || brew install $missing
  exit 0
  ;;
esac

# A package is missing when what it brings is: the development files of a library, or a command.
missing=""
command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
library() { pkg-config --exists "$1" 2>/dev/null || missing="$missing $2"; }
library icu-i18n libicu-dev
library libxml-2.0 libxml2-dev
library sqlite3 libsqlite3-dev
library zlib zlib1g-dev
command -v xmllint >/dev/null 2>&1 || missing="$missing libxml2-utils"
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
if ! command -v apt-get >/dev/null 2>&1; then
  say "setup: these packages are missing (names as in Debian):$missing"
  exit 1
fi
say "setup: installing$missing"
if [ "$(id -u)" -eq 0 ]; then
  apt-get update -q >&2 && DEBIAN_FRONTEND=noninteractive $install >&2
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  sudo apt-get update -q >&2 && sudo DEBIAN_FRONTEND=noninteractive $install >&2
else
  say "setup: this needs an administrator; please run"
  say "  apt-get update && $install"
  say "and then the same command again"
  exit 1
fi
