#!/bin/bash
# What is recorded on the pages, clicked in real Chromium without scripts: done, extended, the day of an event, what came of many
# offices at once; signing in, and a form that waits for that.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/clients/pages/browser.sh

browser_prepare
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
check "the open door is ready" wait_for 60 is_ready
look door "$key"
serve_stop
finish
