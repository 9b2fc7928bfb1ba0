#!/bin/bash
# Figures over HTTP, through the daemon's socket and in its drop folder.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

head='unit,metric,period,value'
row='haiphong/PC06,dossiers.received,2026-10'
post() { # BODY [QUERY [TYPE]]: leaves the answer in $work/answer, prints the status
    printf '%s\n' "$1" | curl --silent --output "$work/answer" --write-out '%{http_code}' --data-binary @- \
        --header "Content-Type: ${3:-text/csv}" "$url/api/v1/figures${2:-}"
}
# shellcheck disable=SC2317 # check runs it
answer() { # does the answer say this?
    grep -qF -- "$1" "$work/answer" || { cat "$work/answer"; return 1; }
}

mkdir "$work/inbox"
printf '%s\n' "$head" "$row,1" >"$work/inbox/early.csv"
serve_start --at 2026-11-20

check "a file that waited at the start was taken" wait_for 60 test -e "$work/inbox/done/early.csv"

same "CSV goes in" 200 "$(post "$head
$row,7")"
check "it corrects what stood" answer '"old":1,"new":7'
same "the same again" 200 "$(post "$head
$row,7")"
check "changes nothing" answer '"unchanged":1'
same "JSON goes in" 200 "$(post '[{"unit":"PC06","metric":"dossiers.received","period":"2026-09","value":3}]' '?org=haiphong' application/json)"
check "as new" answer '"new":1'
same "a fault refuses the whole" 422 "$(post "$head
$row,8
haiphong/PC6,dossiers.received,2026-10,4")"
check "names the unit that was meant" answer 'haiphong/PC06?'
check "with its line and column" answer '"line":3,"file_line":null,"column":"unit"'
check "and the words of every error" answer '"error":"refused"'
same "a part of it, as asked" 200 "$(post "$head
$row,8
haiphong/PC6,dossiers.received,2026-10,4" '?partial=1')"
check "tells what was refused" answer '"refused":[{"line":3'
check "and what went in" answer '"old":7,"new":8'
same "an older file again is refused" 422 "$(post "$head
$row,7")"
check "since it was corrected" answer 'restore'
same "unless that is meant" 200 "$(post "$head
$row,7" '?restore=1')"
same "other content types are refused" 403 "$(post "$head" '' text/plain)"
same "a page of another site cannot write" 403 "$(curl --silent --output /dev/null --write-out '%{http_code}' \
    --header 'Origin: http://evil.example' --header 'Content-Type: text/csv' --data "$head" "$url/api/v1/figures")"
same "reading is not the way" 405 "$(curl --silent --output /dev/null --write-out '%{http_code}' "$url/api/v1/figures")"

ingest() {
    (cd "$work" && "$HANCHOT" ingest --rules "$OLDPWD/rules" --calendars "$OLDPWD/calendars" --db test.db --lang en "$@" 2>&1)
}
printf '%s\n' "$head" "$row,9" >"$work/by-socket.csv"
same "a command hands its file to the daemon" "by-socket.csv: taken
rows 1: new 0, corrected 1, unchanged 0, refused 0
  corrected, row 2: haiphong/PC06 dossiers.received 2026-10: 7 → 9" "$(ingest by-socket.csv)"
same "and its stdin" "stdin: taken
rows 1: new 1, corrected 0, unchanged 0, refused 0" \
    "$(printf '%s\n' "$head" 'haiphong/PC06,dossiers.received,2026-08,2' | ingest -)"
same "with the faults and the status of its own" "bad.csv: refused, the ledger is unchanged
rows 1: new 0, corrected 0, unchanged 0, refused 1
bad.csv:2: value: 'NaN' is not a number
1" "$(printf '%s\n' "$head" "$row,NaN" >"$work/bad.csv"; ingest bad.csv; echo $?)"

inbox=$work/inbox
printf '%s\n' "$head" "$row,10" >"$inbox/good.csv"
check "the drop folder takes a finished file" wait_for 60 test -e "$inbox/done/good.csv"
printf '%s\n' "$head" "$row,11" >"$work/good.csv" && mv "$work/good.csv" "$inbox/good.csv"
check "one moved there, of a name that was there before" wait_for 60 test -e "$inbox/done/good.2.csv"
printf '%s\n' "$head" "$row,1.5" >"$inbox/bad.csv"
check "refuses a bad one" wait_for 60 test -e "$inbox/refused/bad.csv"
check "with a report beside it" wait_for 60 grep -q '^bad.csv:2: value: ' "$inbox/refused/bad.csv.report.txt"
exec 8>"$inbox/slow.csv"
printf '%s\n' "$head" >&8
printf '%s\n' "$head" "$row,12" >"$inbox/other.csv"
check "another file is taken meanwhile" wait_for 60 test -e "$inbox/done/other.csv"
check "one still being written stays" test -e "$inbox/slow.csv"
same "also when a command is given it" "inbox/slow.csv: the file is still being written; wait until it is finished, then send it again" \
    "$(ingest inbox/slow.csv | tail -n 1)"
printf '%s\n' "$row,13" >&8
exec 8>&-
check "and is taken when it is finished" wait_for 60 test -e "$inbox/done/slow.csv"
touch "$inbox/later.csv.part"
printf '%s\n' "$head" "$row,14" >"$inbox/last.csv"
check "names of unfinished files are left alone" wait_for 60 test -e "$inbox/done/last.csv"
check "(this one)" test -e "$inbox/later.csv.part"
same "the ledger holds the last of all" "1 row as it stood" \
    "$(post "$head
$row,14" | grep -q 200 && grep -q '"unchanged":1' "$work/answer" && echo '1 row as it stood')"

# --- One figure touches what reads it, not everything

metric() {
    curl --silent "$url/metrics" | sed -n "s/^hanchot_$1_total //p"
}
etag() {
    curl --silent --output /dev/null --dump-header - "$url$1" | tr -d '\r' | sed -n 's/^ETag: //Ip'
}
verdict() { # of one target in November
    curl --silent "$url/api/v1/kpi?plan=haiphong-2026&unit=haiphong/PC06&period=2026-11" | grep -o '"id":"haiphong-2026:7.2.3#online"[^}]*"period":"2026-11","value":[^,]*' | grep -o '[^:]*$'
}
everything=$(metric verdicts)
check "at first everything was looked at" test "$everything" -gt 3000
evaluations=$(metric evaluations)
other=$(etag /calendars/unit/haiphong/PV06.ics)
same "two figures" 200 "$(post "$head
haiphong/PC06,dossiers.online,2026-11,3
haiphong/PC06,dossiers.online_eligible,2026-11,4")"
same "are told at once" 75.0 "$(verdict)"
touched=$(($(metric verdicts) - everything))
check "they touch some verdicts: $touched" test "$touched" -ge 1
check "and those that read them only: $touched" test "$touched" -le 12
same "what is due is not evaluated again" "$evaluations" "$(metric evaluations)"
same "another office's feed is as it was" "$other" "$(etag /calendars/unit/haiphong/PV06.ics)"
same "a correction" 200 "$(post "$head
haiphong/PC06,dossiers.online,2026-11,4")"
same "is told at once too" 100.0 "$(verdict)"
touched=$(metric verdicts)
uid=haiphong-2026:III.3.c:2026-11:haiphong/PC06
curl --silent --output /dev/null --header 'Content-Type: application/json' --data "{\"uid\":\"$uid\",\"action\":\"done\",\"on\":\"2026-11-20\"}" "$url/api/v1/progress"
touched=$(($(metric verdicts) - touched))
check "what is done touches the targets about reports: $touched" test "$touched" -ge 131
check "and no others: $touched" test "$touched" -le 140

# --- In calendars: what shows the figure changes, and nothing else

events() { # FEED: "UID all the rest of it", a line each
    curl --silent "$url/calendars/$1.ics" | tr -d '\r' | sed -z 's/\n //g' |
        awk '/^BEGIN:VEVENT/ { whole = "" } { whole = whole $0 "|" } /^UID:/ { uid = substr($0, 5) }
            /^END:VEVENT/ { print uid, whole }' | sort
}
changed() { # FILE FILE: the UIDs of events that differ
    comm -3 "$1" "$2" | sed 's/^\t//; s/ .*//' | sort -u
}
sequence() { # FILE UID
    grep -F "$2 " "$1" | grep -oE '\|SEQUENCE:[0-9]+' | grep -oE '[0-9]+'
}
month='haiphong-2026:#kpi:2026-10:haiphong/PC06@hanchot'
events unit/haiphong/PC06 >"$work/before"
other=$(etag /calendars/unit/haiphong/PV06.ics)
same "a figure of October" 200 "$(post "$head
haiphong/PC06,dossiers.resolved_late,2026-10,5")"
events unit/haiphong/PC06 >"$work/after"
same "changes one event" "$month" "$(changed "$work/before" "$work/after")"
same "and counts it" "$(($(sequence "$work/before" "$month") + 1))" "$(sequence "$work/after" "$month")"
check "which tells it" grep -qF '✗ 7.2.2 Hồ sơ giải quyết quá hạn (không quá 0 hồ sơ): không đạt\, 5 hồ sơ' "$work/after"
same "in the plan's feed too" 200 "$(curl --silent --output "$work/plan.ics" --write-out '%{http_code}' "$url/calendars/plan/haiphong-2026.ics")"
same "another office's feed is as it was" "$other" "$(etag /calendars/unit/haiphong/PV06.ics)"
feed=$(etag /calendars/unit/haiphong/PC06.ics)
serve_stop
serve_start --at 2026-11-20
same "a restart changes no byte" "$feed" "$(etag /calendars/unit/haiphong/PC06.ics)"
serve_stop
check "the ledger is sound" "$HANCHOT" verify --db "$work/test.db"
finish
