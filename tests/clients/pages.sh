#!/bin/bash
# The pages in real Chromium: three widths, light and dark, keyboard, paper, without scripts; forms that are clicked; axe-core finds
# nothing. Screenshots stay in build/screenshots.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

# What drives the browser comes from the npm registry, as the lockfile says, into build/.
tools=build/pages
mkdir -p "$tools"
if ! cmp -s tests/clients/pages/package-lock.json "$tools/node_modules/.lock"; then
    cp tests/clients/pages/package.json tests/clients/pages/package-lock.json "$tools/"
    check "playwright-core and axe-core" npm ci --prefix "$tools" --ignore-scripts --no-audit --no-fund --loglevel=error
    cp "$tools/package-lock.json" "$tools/node_modules/.lock"
fi
cp tests/clients/pages/pages.mjs "$tools/"
rm -rf build/screenshots
mkdir -p build/screenshots
nothing "the lockfile names no host" "$(grep -E '"resolved"|https?://' tests/clients/pages/package-lock.json | grep -v '"url":')"

# Each case of the script comes as a line: ok, name, and what was found where it is not.
look() { # WHAT KEY
    local line ended=
    while IFS=$'\t' read -r line name found; do
        case $line in
        ok) pass "$1: $name" ;;
        bad) fail "$1: $name" "${found//'\n'/$'\n'}" ;;
        end) ended=1 ;;
        esac
    done < <(timeout 240 node "$tools/pages.mjs" "$1" "$url" "$2" build/screenshots 2>"$work/node.log")
    check "$1: to its end" test -n "$ended"
    [ -n "$ended" ] || sed 's/^/# /' "$work/node.log"
}

at=2026-11-20
"$HANCHOT" ingest --sample --db "$work/test.db" samples/haiphong-2026.csv --at $at >/dev/null
serve_start --at $at
look open ''
same "what was clicked is in the ledger" 1 \
    "$("$HANCHOT" due --from 2026-11-24 --to 2026-12-10 --unit haiphong/PC06 --format csv --db "$work/test.db" --at $at | grep -c 'PC06.*,done,')"
serve_stop

cp tests/http/tls/*.pem "$work/"
echo 'api(1) site { tls = { certificate = "certificate.pem", key = "key.pem" } }' >"$work/tls.lua"
key=$("$HANCHOT" token create --key --name "Văn thư" --format json --db "$work/test.db" --at $at | sed 's/.*"secret":"\([^"]*\)".*/\1/')
serve_launch --at $at --site "$work/tls.lua" --listen 0.0.0.0:0
url=https://127.0.0.1:${url##*:}
# shellcheck disable=SC2317 # wait_for calls it
is_ready() { curl -sSk --fail -H "Authorization: Bearer $key" "$url/readyz"; }
check "the open door is ready" wait_for 20 is_ready
look door "$key"
serve_stop
finish
