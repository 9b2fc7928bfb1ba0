#!/bin/bash
# The pages in real Chromium: three widths, light and dark, keyboard, paper; axe-core finds nothing. Screenshots stay in
# build/screenshots.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/clients/pages/browser.sh

browser_prepare
nothing "the lockfile names no host" "$(grep -E '"resolved"|https?://' tests/clients/pages/package-lock.json | grep -v '"url":')"
at=2026-11-20
"$HANCHOT" ingest --sample --db "$work/test.db" samples/haiphong-2026.csv --at $at >/dev/null
serve_start --at $at
look looks ''
serve_stop
finish
