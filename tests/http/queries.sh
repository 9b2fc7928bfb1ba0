#!/bin/bash
# Options of API addresses: the commands' own, and none that is misspelt counts as not given.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
serve_start --at $at
hanchot() { "$HANCHOT" "$@" --at $at --db "$work/test.db" 2>/dev/null; }
asked() { # QUERY [CURL-ARGUMENTS…]: the status; the body is left in $work/body
    local query=$1
    shift
    curl -sS -o "$work/body" -w '%{http_code}' "$@" "$url/api/v1/$query"
}

while IFS='|' read -r query status said; do
    same "$query" "$status" "$(asked "$query")"
    check "… says $said" grep -qF -- "$said" "$work/body"
done <<'QUERIES'
due?frm=2026-01-01|422|có phải 'from'?
due?unit=haiphong/PC06&untl=1&lang=en|422|no option 'untl'
items?plan=haiphong-2026&format=csv|422|json
items?plan=haiphong-2026&format=json|200|"ref":"7.2.3"
kpi?period=2026-13|422|2026-13
kpi?as_on=2026-10-01|422|có phải 'as-of'?
kpi?unit=haiphong/PC06&period=2026-10&as_of=2026-10-05|200|"as_of":"2026-10-05"
kpi?unit=haiphong/PC06&period=2026-10&as-of=2026-10-06|200|"as_of":"2026-10-06"
kpi?unit=haiphong/PC06&as-of=2026-10-06&as_of=2026-10-06|400|bad_request
scorecard?period=2026-13|422|2026-13
explain?id=haiphong-2026:7.2.3%23online&unit=haiphong/PC06&period=2026-13|422|2026-13
alerts?next=1&ledger=1|422|next, ledger
QUERIES

# A trial under either spelling writes nothing; a misspelt one is no trial that is written.
row=$'unit,metric,period,value\nhaiphong/PC06,dossiers.received,2026-10,7'
for query in dry-run=1 dry_run=1; do
    same "figures?$query" 200 "$(asked "figures?$query" -H 'Content-Type: text/csv' --data-binary "$row")"
    check "… is a trial" grep -qF '"dry_run":true' "$work/body"
done
same "figures?dryrun=1" 422 "$(asked "figures?dryrun=1" -H 'Content-Type: text/csv' --data-binary "$row")"
same "figures as meant" 200 "$(asked figures -H 'Content-Type: text/csv' --data-binary "$row")"
check "… nothing of them was there before" grep -qF '"new":1' "$work/body"

# What will be told and what was told, as the command lists it.
for list in all next ledger; do
    same "alerts?$list=1" 200 "$(asked "alerts?$list=1&unit=haiphong/PC06")"
    check "… is the command's list" cmp "$work/body" <(hanchot alerts --$list --unit haiphong/PC06 --format json)
done
check "what will be told has its instant" grep -q '"at":"2026-11-2' <(curl -sS "$url/api/v1/alerts?next=1&unit=haiphong/PC06")
check "what was told has its number" grep -q '"notice":' <(curl -sS "$url/api/v1/alerts?ledger=1")
finish
