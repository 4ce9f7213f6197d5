#!/bin/sh
# Shows that other tools read what Bitext writes: OmegaT (Debian's omegat) and translate-toolkit (PyPI).
#
#   sh scripts/check-peers.sh [PATH/TO/bitext]
#
# Installs translate-toolkit into a folder of its own under .build, and omegat where apt has it; a tool that cannot
# be had is said, and the check fails only when none could be asked.
set -eu
cd "$(dirname "$0")/.."
bitext=${1:-.build/release/bitext}
work=.build/peers
rm -rf "$work/files"
mkdir -p "$work/files"
asked=0

cat > "$work/files/source.tmx" <<'TMX'
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu tuid="1"><tuv xml:lang="en"><seg>Press <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> now.</seg></tuv><tuv xml:lang="es"><seg>Pulse <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> ya.</seg></tuv></tu>
<tu tuid="2"><tuv xml:lang="en"><seg>The “Digital Leviathan” &amp; rights</seg></tuv><tuv xml:lang="es"><seg>El «Leviatán digital» y los derechos</seg></tuv></tu>
</body></tmx>
TMX
for name in plain trados memoq omegat weblate; do
  "$bitext" convert "$work/files/source.tmx" "$work/files/$name.tmx" --profile "$name" --languages en,es
done
"$bitext" convert "$work/files/source.tmx" "$work/files/a.xlf" --languages en,es
"$bitext" convert "$work/files/source.tmx" "$work/files/b.xlf" --to xliff2 --languages en,es
"$bitext" convert "$work/files/source.tmx" "$work/files/a.po" --languages en,es
"$bitext" convert "$work/files/source.tmx" "$work/files/a.csv" --languages en,es
"$bitext" convert "$work/files/source.tmx" "$work/files/v2.tbx" --to tbx2 --languages en,es
"$bitext" convert "$work/files/source.tmx" "$work/files/a.utx" --languages en,es
"$bitext" convert "$work/files/source.tmx" "$work/files/glossary.txt" --to omegat --languages en,es

# translate-toolkit: each export opens and gives both pairs.
python=$work/python/bin/python
if [ ! -x "$python" ]; then
  python3 -m venv "$work/python" && "$work/python/bin/pip" install --quiet translate-toolkit lxml || true
fi
if "$python" -c 'import translate' 2>/dev/null; then
  asked=1
  "$python" - "$work/files" <<'PY'
import sys, os
from translate.storage import factory, tmx, xliff, po, tbx, utx
folder = sys.argv[1]
wanted = [('The “Digital Leviathan” & rights', 'El «Leviatán digital» y los derechos')]
kinds = [(n + '.tmx', tmx.tmxfile, ('en', 'es')) for n in ('plain', 'trados', 'memoq', 'omegat', 'weblate')]
kinds += [('a.xlf', xliff.xlifffile, None), ('a.po', po.pofile, None), ('v2.tbx', tbx.tbxfile, ('en', 'es')), ('a.utx', utx.UtxFile, None)]
for name, kind, languages in kinds:
    path = os.path.join(folder, name)
    case = {'memoq': str.lower, 'omegat': str.upper}.get(name.split('.')[0], str)
    with open(path, 'rb') as f:
        store = kind.parsefile(f) if languages is None else kind(f, case(languages[0]), case(languages[1]))
    pairs = [(str(u.source), str(u.target)) for u in store.units if u.istranslatable() or kind is tbx.tbxfile]
    missing = [p for p in wanted if p not in pairs]
    if missing:
        sys.exit('translate-toolkit: %s lacks %s, has %s' % (name, missing, pairs))
    print('translate-toolkit reads %s: %d units' % (name, len(pairs)))
PY
else
  echo "peers: translate-toolkit cannot be had here" >&2
fi

# OmegaT: a project whose memory and glossary are ours; its texts come out translated.
if ! command -v omegat >/dev/null 2>&1; then
  apt-get install -y -qq omegat >/dev/null 2>&1 || true
fi
if command -v omegat >/dev/null 2>&1; then
  asked=1
  project=$work/files/project
  mkdir -p "$project/source" "$project/target" "$project/tm/auto" "$project/glossary" "$project/omegat" "$project/dictionary"
  printf 'The “Digital Leviathan” & rights\n' > "$project/source/text.txt"
  cp "$work/files/omegat.tmx" "$project/tm/auto/"
  cp "$work/files/glossary.txt" "$project/glossary/"
  cat > "$project/omegat.project" <<'XML'
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><source_dir_excludes/><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN</source_lang><target_lang>ES</target_lang><sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>
XML
  LC_ALL=C.UTF-8 omegat "$project" --mode=console-translate >"$work/files/omegat.log" 2>&1
  grep -qx 'El «Leviatán digital» y los derechos' "$project/target/text.txt" || {
    echo "peers: OmegaT did not take the translation from our TMX; see $work/files/omegat.log" >&2
    exit 1
  }
  echo "OmegaT translates from omegat.tmx"
else
  echo "peers: omegat cannot be had here" >&2
fi
[ "$asked" -eq 1 ]
