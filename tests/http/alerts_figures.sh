#!/bin/bash
# What is told of a KPI and of figures, by the daemon itself: once, however the figures swing, and no more when they are good.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

rules=tests/e2e/alerts-figures/rules
# shellcheck disable=SC2317 # wait_for runs it
looked() { curl --silent "$url/metrics" | grep -q '^hanchot_alert_looks_total [1-9]'; }
start() { # and waits until what was to be told is
    serve_start --rules $rules --calendars calendars --at "$1"
    wait_for 60 looked || fail "alerts were looked at"
}
ingest() { # AT VALUE [PERIOD]
    printf 'unit,metric,period,value\nt/A,dossiers.online_eligible,%s,10\nt/A,dossiers.online,%s,%s\n' \
        "${3:-2026-10}" "${3:-2026-10}" "$2" >"$work/figures.csv"
    "$HANCHOT" ingest "$work/figures.csv" --restore --rules $rules --calendars calendars --db "$work/test.db" --at "$1" >/dev/null
}
told() { # what the book says of KPIs and figures
    "$HANCHOT" alerts --ledger --rules $rules --calendars calendars --db "$work/test.db" --at 2026-12-31 --format json |
        grep -o '"key":"[^"]*","kind":"\(kpi\|figures\)[^}]*"rung":"[^"]*"' | sed 's/"key":"//; s/","kind":"/ /; s/",.*"rung":"/ /; s/"$//' |
        sort
}
alert() { # how the API has it
    curl --silent "$url/api/v1/alerts?all=1" | grep -o "\"key\":\"$1\"[^}]*" | grep -o '"state":"[a-z]*"'
}
key=nho:2#online:2026-10:t/A

ingest 2026-10-05T08:00 9 2026-09
ingest 2026-10-19T09:00 7
start 2026-10-19T09:10
same "a figure of ten minutes ago is not told of yet" "" "$(told)"
same "though it is listed" '"state":"open"' "$(alert "$key")"
serve_stop
start 2026-10-19T09:30
same "after half an hour it is" "$key kpi_at_risk half" "$(told)"
same "it comes in while the daemon runs" 0 "$(ingest 2026-10-19T10:00 9; echo $?)"
same "and that is resolved" '"state":"resolved"' "$(alert "$key")"
serve_stop

for day in 20 21 22; do
    ingest 2026-10-${day}T08:00 7
    start 2026-10-${day}T09:00
    same "bad again on $day/10" '"state":"open"' "$(alert "$key")"
    serve_stop
    ingest 2026-10-${day}T14:00 9
done
same "but not told again" "$key kpi_at_risk half" "$(told)"

ingest 2026-10-29T08:00 7
start 2026-10-29T09:00
check "near the end it is" grep -q ' kpi_at_risk -3$' <(told)
serve_stop
start 2026-11-02T09:00
check "and when it is missed" grep -q ' kpi_missed once$' <(told)
serve_stop
start 2026-11-03T09:00
serve_stop
same "each of these once" "figures:nho:2026-09:t/B figures_missing once
$key kpi_at_risk -3
$key kpi_at_risk half
$key kpi_missed once
to:nho:figures:2026-09:t/C figures_missing +1" "$(told)"
finish
