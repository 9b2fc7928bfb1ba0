#!/bin/bash
# A KPI that is a function: an edit of the function alone is an edit of what calendars show where a verdict comes out otherwise, and
# only there. A client that does not see LAST-MODIFIED and SEQUENCE rise would show the old verdict for ever.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
rules=$work/rules
mkdir "$rules"
body='return f("done") / f("asked") * 100'
write() { # BODY: of the function
    cat >"$work/new.lua" <<LUA
api(1)
org "thu" { title = "Công an thử", units = { PV01 = { title = "Phòng Tham mưu" }, PC06 = { title = "Phòng QLHC" } } }
metric "done" { title = "Đã làm", counted_in = "việc" }
metric "asked" { title = "Được giao", counted_in = "việc" }
plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-05", period = "2026" }
task "1" { title = "Việc", lead = { "PV01", "PC06" }, due = ongoing,
  kpi "share" { title = "Tỷ lệ đã làm", each = "month", target = at_least(80, "%"),
    measure = function(f)
      $1
    end },
}
LUA
    mv "$work/new.lua" "$rules/thu.lua"
}
reloads() { grep -cF 'đã nạp lại quy tắc' "$work/serve.log"; }
reloaded() { [ "$(reloads)" -gt "$1" ]; }
edit() { # WHAT BODY
    local before
    before=$(reloads)
    write "$2"
    check "$1: taken over" wait_for 30 reloaded "$before"
}
feed() { curl -sS --fail "$url/calendars/unit/thu/$1.ics" | tr -d '\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g'; }
event() { feed "$1" | sed -n "/^UID:thu-2026:#kpi:2026-10:thu\/$1@/,/^END:VEVENT/p"; }
value() { event "$1" | sed -n "s/^$2://p"; }

write "$body"
printf 'unit,metric,period,value\nthu/PV01,done,2026-10,90\nthu/PV01,asked,2026-10,100\nthu/PC06,done,2026-10,50\nthu/PC06,asked,2026-10,100\n' >"$work/f.csv"
"$HANCHOT" ingest "$work/f.csv" --rules "$rules" --db "$work/test.db" --at 2026-11-05 >/dev/null
serve_start --at $at --rules "$rules"
check "the verdict of one" grep -q '^SUMMARY:✓ .*90 %' <(event PV01)
check "and of the other" grep -q '^SUMMARY:✗ .*50 %' <(event PC06)
event PV01 >"$work/one"
event PC06 >"$work/other"
sequence=$(value PV01 SEQUENCE)

edit "blanks and a comment" "return f(\"done\")   /f(\"asked\")*100 -- phần trăm"
check "is no edit" cmp <(event PV01) "$work/one"
edit "the same in other words" 'local share = f("done") / f("asked") return 100 * share'
check "is none, as nothing reads otherwise" cmp <(event PV01) "$work/one"
check "for nobody" cmp <(event PC06) "$work/other"
edit "another verdict of one office" 'local n = f("done") if n == 90 then n = 70 end return n / f("asked") * 100'
check "is told" grep -q '^SUMMARY:✗ .*70 %' <(event PV01)
check "its SEQUENCE rises" test "$(value PV01 SEQUENCE)" -gt "$sequence"
check "its LAST-MODIFIED rises" test "$(value PV01 LAST-MODIFIED)" \> "$(sed -n 's/^LAST-MODIFIED://p' "$work/one")"
same "DTSTAMP goes with it" "$(value PV01 LAST-MODIFIED)" "$(value PV01 DTSTAMP)"
check "the other stays as it was" cmp <(event PC06) "$work/other"
event PV01 >"$work/one"
sequence=$(value PV01 SEQUENCE)
serve_stop
serve_start --at $at --rules "$rules"
check "a restart changes nothing" cmp <(event PV01) "$work/one"
serve_stop

# What the verdicts were under rules of before a restart is not known: better once too often.
write "$body"
serve_start --at $at --rules "$rules"
check "edited while it was down: told" grep -q '^SUMMARY:✓ .*90 %' <(event PV01)
check "and stamped" test "$(value PV01 SEQUENCE)" -gt "$sequence"

# One that never ends costs no more than it may, and is told once.
edit "one that never ends" 'while true do end'
check "has no verdict" grep -q '^SUMMARY:⚠' <(event PV01)
edit "mended" "$body"
check "has one again" grep -q '^SUMMARY:✓ .*90 %' <(event PV01)
serve_stop
finish
