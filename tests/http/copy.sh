#!/bin/bash
# The last good rules survive a restart: a copy of them stands in the ledger, for a start at which those on the disk have
# faults or are not there.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
rules=$work/rules
calendars=$work/calendars
plan=$rules/haiphong-2026.lua
bad=tests/e2e/rule-faults/faults/impossible-date.lua
rows=build/release/tests/soak/rows
check "the ledger can be read" test -x "$rows"

fresh() { # rules and calendars as they come
    rm -rf "$rules" "$calendars"
    cp -R rules "$rules"
    cp -R calendars "$calendars"
}
start() { serve_start --at $at --rules "$rules" --calendars "$calendars"; }
launch() { serve_launch --at $at --rules "$rules" --calendars "$calendars"; }
status_of() { curl -sS -o /dev/null -w '%{http_code}' "$url$1"; }
feeds='/calendars/all.ics /calendars/plan/culaodung-2021.ics /calendars/unit/haiphong/PC06.ics
    /calendars/unit/haiphong/PC06.ics?as=todo&alarms=1 /calendars/holidays.ics'
fetch() { # what clients compare: bytes, ETag and Last-Modified of all feeds
    local feed
    for feed in $feeds; do
        curl -sS --fail -D "$work/headers" "$url$feed"
        grep -iE '^(etag|last-modified):' "$work/headers"
    done
}
metric() { curl -sS "$url/metrics" | sed -n "s/^$1 //p"; }
from_copy() { same "$1: rules come from the copy" "$2" "$(metric hanchot_rules_from_copy)"; }
alert() { curl -sS "$url/api/v1/alerts?lang=en" | grep -oE "\"key\":\"rule_fault:[^\"]*$1\",\"kind\":\"rule_fault\""; }
page_says() { curl -sS "$url/" | grep -qF "$1"; }
no_faults() { [ "$(metric hanchot_rule_faults)" = 0 ]; }
logged() { grep -qF "$1" "$work/serve.log"; }
title='Đề xuất cắt giảm thời gian giải quyết TTHC'
edit() { sed -i "$1" "$2"; }
has_title() { curl -sS "$url/items/haiphong-2026/2.3?lang=vi" | grep -qF "$1"; }

# --- A faulty file is left behind, the machine starts again

fresh
start
from_copy "good rules" 0
fetch >"$work/served"
serve_stop
cp "$bad" "$rules/zz-thu.lua"
start
same "a faulty file: it is ready" 200 "$(status_of /readyz)"
check "every feed is what it was, to the byte, with its ETag and Last-Modified" cmp <(fetch) "$work/served"
from_copy "a faulty file" 1
check "its faults are counted" test "$(metric hanchot_rule_faults)" -ge 2
check "an alert tells it" wait_for 60 alert zz-thu.lua
check "the page names file and line" page_says 'zz-thu.lua:5'
check "and says whose rules these are" page_says 'bản sao quy tắc giữ trong sổ từ'
check "since when" grep -q '20/11/2026' <(curl -sS "$url/?lang=vi" | grep 'bản sao quy tắc giữ trong sổ từ')
check "in English too" grep -q 'copy of the rules kept since' <(curl -sS "$url/?lang=en")
check "the log names file and line" logged 'zz-thu.lua:5'
check "and what to do" logged 'dùng bản sao giữ trong sổ từ 2026-11-20T08:00'
check "facts are taken" "$HANCHOT" done haiphong-2026:III.3.c:2026-11:haiphong/PC06 --on 2026-11-19 --db "$work/test.db"
check "and undone" "$HANCHOT" reopen haiphong-2026:III.3.c:2026-11:haiphong/PC06 --db "$work/test.db"
place=$(curl -sS "$url/api/v1/items?plan=haiphong-2026" | grep -o '"file":"[^"]*"' | sort -u | head -n 1)
same "rows name the files on the disk" "\"file\":\"$plan\"" "$place"
same "commands read the disk: they find the faults" 1 \
    "$("$HANCHOT" check --rules "$rules" --calendars "$calendars" --db "$work/test.db" >/dev/null 2>&1; echo $?)"

# A reload that fails, then mended with a new title.
edit 's/^plan /plna /' "$plan"
check "another fault: told" wait_for 60 alert haiphong-2026.lua
from_copy "another fault" 1
rm "$rules/zz-thu.lua"
edit "s/^plna /plan /; s/$title/$title (sửa)/" "$plan"
check "mended: taken without a restart" wait_for 60 no_faults
check "with the new title" wait_for 60 has_title "$title (sửa)"
from_copy "mended" 0
check "the page says nothing of a copy" test -z "$(curl -sS "$url/" | grep 'bản sao quy tắc')"
nothing "no alert is left" "$(alert '')"
fetch >"$work/served"
serve_stop

# --- What is kept is what was in use last, however it ends

cp "$bad" "$rules/zz-thu.lua"
start
check "rules taken over while it ran are the ones kept" cmp <(fetch) "$work/served"
serve_stop
rm "$rules/zz-thu.lua"
start
kept() { "$rows" "$work/test.db" "SELECT content FROM rule_file WHERE name = 'haiphong-2026.lua'" | grep -qF "$1"; }
edit "s/$title (sửa)/$title (cuối)/" "$plan"
check "a change is kept while it runs" wait_for 60 kept "$title (cuối)"
check "in use" wait_for 60 has_title "$title (cuối)"
fetch >"$work/served"
kill -KILL "$serve_pid"
wait "$serve_pid" 2>/dev/null
serve_pid=
: >"$plan"
start
check "killed: it is there all the same" cmp <(fetch) "$work/served"
serve_stop
same "the ledger is sound" 0 "$("$HANCHOT" verify --db "$work/test.db" >/dev/null; echo $?)"

# --- Whatever is wrong with the disk

fresh
rm -f "$work"/test.db*
start
fetch >"$work/served"
serve_stop
faulty() { # NAME: starts with it, and mends it
    start
    check "$1: the feeds are what they were" cmp <(fetch) "$work/served"
    from_copy "$1" 1
    check "$1: it is told" wait_for 60 alert ''
    serve_stop
    fresh
}
rm -r "$rules" && faulty "no rules folder"
rm -r "${rules:?}"/* && faulty "a rules folder without files"
rm -r "$calendars" && faulty "no calendars"
rm "${calendars:?}"/* && faulty "a calendars folder without files"
echo 'workcalendar "vn" {' >>"$calendars/vn.lua" && faulty "a calendar with faults"
printf 'BEGIN:VCALENDAR\r\n' >"$calendars/x.ics" && faulty "an .ics with faults"
rm "$rules/units/haiphong.lua" && faulty "an included file that is gone"
rm "$plan" && mkdir "$plan" && cp "$bad" "$rules/zz-thu.lua" && faulty "a plan gone, another file with faults"
cp tests/e2e/hostile-rules/hostile/endless-loop.lua "$rules/zz-thu.lua" && faulty "a file that does not end"

# --- A restart takes good rules, whatever they remove; from the copy on, what would remove too much is held

rm "$rules/culaodung-2021.lua"
cp "$bad" "$rules/zz-thu.lua"
start
check "the copy has the plan" cmp <(fetch) "$work/served"
rm "$rules/zz-thu.lua"
held() { [ "$(metric hanchot_rules_held)" = 1 ]; }
check "mended, but without the plan: held" wait_for 60 held
from_copy "held" 1
check "accepted" "$HANCHOT" accept --db "$work/test.db"
same "the plan is gone" 404 "$(status_of /calendars/plan/culaodung-2021.ics)"
from_copy "accepted" 0
serve_stop
cp "$bad" "$rules/zz-thu.lua"
start
from_copy "after that" 1
same "nor has the copy the plan any more" 404 "$(status_of /calendars/plan/culaodung-2021.ics)"
same "the others are there" 200 "$(status_of /calendars/plan/haiphong-2026.ics)"
serve_stop

# --- A copy that is no good

cp "$bad" "$rules/zz-thu.lua"
check "somebody changes the ledger" "$rows" "$work/test.db" "UPDATE rule_file SET content = content || ' ' WHERE name = 'vn.lua'"
launch
same "not what was written: no rules" 503 "$(status_of /readyz)"
check "the log says why" logged 'không còn nguyên vẹn'
rm "$rules/zz-thu.lua"
check "mended, it becomes ready" wait_for 60 curl -sS --fail "$url/readyz"
serve_stop
cp "$bad" "$rules/zz-thu.lua"
start
from_copy "kept anew" 1
serve_stop

# As if this hanchot did not know a word any more that the former one took.
manifest() { # what files_hash says of the files as they lie on the disk now
    local folder name
    while IFS='|' read -r folder name; do
        echo "$(sha256sum <"$work/$folder/$name" | cut -d ' ' -f 1) $folder ${#name} $name"
    done < <("$rows" "$work/test.db" 'SELECT folder, name FROM rule_file ORDER BY folder, name') | sha256sum | cut -d ' ' -f 1
}
rm "$rules/zz-thu.lua"
same "the hash can be made by others" "$("$rows" "$work/test.db" 'SELECT hash FROM rule_copy')" "$(manifest)"
printf '\nformer_word "x"' >>"$rules/metrics.lua"
check "another language" "$rows" "$work/test.db" \
    "UPDATE rule_file SET content = content || char(10) || 'former_word \"x\"' WHERE name = 'metrics.lua'"
check "with its hash" "$rows" "$work/test.db" "UPDATE rule_copy SET hash = '$(manifest)'"
launch
same "the copy has faults too: no rules" 503 "$(status_of /readyz)"
check "the log says so" logged 'bản sao quy tắc trong sổ cũng không dùng được'
check "the page names the disk's fault" grep -qF 'metrics.lua:' <(curl -sS "$url/")
serve_stop

# --- A copy that cannot be written

fresh
rm -f "$work"/test.db*
start
serve_stop
check "the ledger takes none" "$rows" "$work/test.db" \
    "CREATE TRIGGER none BEFORE INSERT ON rule_file BEGIN SELECT RAISE (ABORT, 'none'); END"
edit "s/$title/$title (sửa)/" "$plan"
start
check "it goes on" has_title "$title (sửa)"
check "and says so" wait_for 60 logged 'bản sao quy tắc cho lần khởi động sau'
serve_stop
check "the former one stands whole" kept "$title"
nothing "and only it" "$("$rows" "$work/test.db" "SELECT name FROM rule_file WHERE content LIKE '%(sửa)%'")"
finish
