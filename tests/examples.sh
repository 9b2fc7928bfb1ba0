#!/bin/bash
# What people learn from is run: the teaching files, the examples of the guides, and that the reference, the editors' file and
# the man page name everything there is. In a document, a comment above a block of lua or a table says what it shows:
#
#   <!-- run -->            a whole rule file: loads without fault or warning, its tests pass
#   <!-- run more -->       goes on with that file
#   <!-- run calendar -->   a whole file of calendars/
#   <!-- run fault -->      a whole file; the block of text after it is what `hanchot check` says
#   <!-- run times -->      a table: words of a plan, the rule, the due days (d/m/yyyy, "…" for those between)
#   <!-- run slips -->      a table: a slip, what `hanchot check` says among others, how it is right
#   <!-- run event FEED UID -->   the block of text is this event of the project's own feed: its name, a blank line, its description
# shellcheck disable=SC2317 # functions that check calls
set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh

folder() { # a new folder for one run; sets $folder
    folder=$(mktemp -d "$work/XXXXXX")
    mkdir "$folder/rules" "$folder/calendars"
    cp calendars/*.lua "$folder/calendars"
}

run() { # COMMAND…: there, with nothing of the project's but what was put there
    (cd "$folder" && "$HANCHOT" "$@" --rules rules --calendars calendars --db run.db --site site.lua)
}

silent() { # COMMAND…: ends well and says nothing on stderr
    local said status
    said=$(run "$@" 2>&1 >/dev/null)
    status=$?
    [ -z "$said" ] || printf '%s\n' "$said"
    [ "$status" = 0 ] && [ -z "$said" ]
}

sound() { # what lies in $folder loads without fault or warning, and its tests pass
    silent check || return
    if cat "$folder"/rules/*.lua | grep -qE '^test[ (]'; then run test; fi
}

# --- The teaching files

for file in rules/examples/*.lua; do
    folder
    cp "$file" "$folder/rules"
    check "$file loads and its tests pass" sound
    check "$file has tests" grep -qE '^test[ (]' "$file"
done
folder
cp rules/examples/*.lua "$folder/rules"
check "the teaching files load together" sound
same "there are four of them" 4 "$(find rules/examples -name '*.lua' | wc -l)"

# --- The documents, taken apart: LINE.run, .calendar, .fault and .said, .event (FEED and UID above), .times and .slips (cells by
# tabs), .loose

take_apart='
    function put(ending, text) { printf "%s", text > (out "/" sprintf("%04d", at) "." ending) }
    /^<!-- run( .*)? -->$/ { mark = $3 == "-->" ? "run" : $3; what = $4 " " $5; next }
    /^```lua$/ { kind = mark ? mark : "loose"; mark = ""; text = ""; at = NR; inside = 1; next }
    /^```text$/ && kind == "fault" { kind = "said"; text = ""; inside = 1; next }
    /^```text$/ && mark == "event" { kind = mark; mark = ""; text = what "\n"; at = NR; inside = 1; next }
    /^```$/ && inside {
        inside = 0
        if (kind == "run") whole = text
        if (kind == "more") { whole = whole "\n" text; text = whole; kind = "run" }
        put(kind, text)
        if (kind != "fault") kind = ""
        next
    }
    inside { text = text $0 "\n"; next }
    /^\|/ && (mark == "times" || mark == "slips") {
        if (!rows++) at = NR
        if (rows < 3) next
        n = split($0, cell, / *\| */)
        line = ""
        for (i = 2; i < n; i++) { gsub(/`/, "", cell[i]); line = line cell[i] (i < n - 1 ? "\t" : "\n") }
        table = table line
        next
    }
    rows { put(mark, table); rows = 0; table = ""; mark = "" }
    END { if (rows) put(mark, table) }'

# --- Tables of time words: each row becomes a task of this plan, and the events that it may wait for are recorded

small_plan='api(1)
org "tinh-a" { title = "A", units = { PV01 = { title = "PV01" } } }
plan "tinh-a-2026" { org = "tinh-a", issued = "2026-01-05", period = "2026", title = "A" }
event "plan-received" { title = "A" }
event "guidance" { title = "A" }
event "bca-plan" { title = "A" }
event "bca-request" { title = "A" }
'
# The days that a row names against those that the program gives, all as yyyy-mm-dd.
times_agree='
    NR == FNR { due[$1] = due[$1] " " $2; next }
    {
        n = 0
        gap = index($4, "…")
        rest = $4
        while (match(rest, /[0-9]+\/[0-9]+\/[0-9][0-9][0-9][0-9]/)) {
            split(substr(rest, RSTART, RLENGTH), d, "/")
            day[++n] = sprintf("%04d-%02d-%02d", d[3], d[2], d[1])
            rest = substr(rest, RSTART + RLENGTH)
        }
        m = split(due[$1], is, " ")
        good = gap ? n > 1 && m > n && is[1] == day[1] && is[m] == day[n] : m == n
        for (i = 1; i <= n; i++) good = good && index(due[$1] " ", " " day[i] " ")
        if (!good) { print $2 " = " $3 ": " $4 ", it is" (due[$1] ? due[$1] : " none"); bad = 1 }
    }
    END { exit bad }'

times() { # TABLE
    folder
    awk -F'\t' -v OFS='\t' '{ print "t" NR, $0 }' "$1" >"$folder/table"
    {
        printf '%s' "$small_plan"
        awk -F'\t' '{ printf "task \"%s\" { title = \"A\", text = \"%s\", lead = \"PV01\", due = %s }\n", $1, $2, $3 }' "$folder/table"
    } >"$folder/rules/tinh-a-2026.lua"
    silent check || return
    local record=(--plan tinh-a-2026 --on 2026-01-16 --at 2026-01-16)
    silent record plan-received "${record[@]}" && silent record guidance "${record[@]}" &&
        silent record bca-plan "${record[@]}" --due 2026-09-30 &&
        silent record bca-request "${record[@]}" --due 2026-04-10 || return
    run due --at 2026-01-16 --from 2020-01-01 --to 2039-12-31 --format csv |
        awk -F, -v OFS='\t' 'NR > 1 { print $3, $10 }' | sort >"$folder/due"
    awk -F'\t' "$times_agree" "$folder/due" "$folder/table"
}

# --- Tables of slips: each goes behind the document's rule file

slips() { # TABLE RULES LANG WORDS: WORDS stand for the "…" of a row
    local slip message right said bad=0
    folder
    while IFS=$'\t' read -r slip message right; do
        { cat "$2"; printf '%s\n' "${slip/…/$4}"; } >"$folder/rules/tinh-a-2026.lua"
        said=$(run check --lang "$3" 2>&1 >/dev/null)
        case $said in
        *"$message"*) ;;
        *) bad=1; printf '%s\n  should say: %s\n  says: %s\n' "$slip" "$message" "$said" ;;
        esac
        { cat "$2"; printf '%s\n' "${right/…/$4}"; } >"$folder/rules/tinh-a-2026.lua"
        silent check || bad=1
    done <"$1"
    return "$bad"
}

# --- Events as a feed has them, on 20 November 2026 when nothing was told

event() { # FEED UID: its name, a blank line, its description
    "$HANCHOT" feed "$1" --at 2026-11-20 --db "$work/none.db" 2>/dev/null | tr -d '\r' |
        awk '/^ / { printf "%s", substr($0, 2); next } { printf "%s%s", (NR > 1 ? "\n" : ""), $0 }' |
        awk -v uid="UID:$2@hanchot" '
            $0 == uid { mine = 1 }
            mine && /^SUMMARY:/ { print substr($0, 9) "\n" }
            mine && /^DESCRIPTION:/ { gsub(/\\n/, "\n"); gsub(/\\/, ""); print substr($0, 13); exit }'
}

# --- Each document

document() { # FILE LANG WORDS
    local out part line='' rules=''
    out=$(mktemp -d "$work/XXXXXX")
    awk -v out="$out" "$take_apart" "$1"
    for part in "$out"/*; do
        [ -e "$part" ] || continue
        line=$(basename "${part%.*}")
        folder
        case $part in
        *.run)
            rules=$part
            cp "$part" "$folder/rules/tinh-a-2026.lua"
            check "$1, line $line: the rules load and their tests pass" sound
            ;;
        *.calendar)
            rm "$folder"/calendars/*
            cp "$part" "$folder/calendars/own.lua"
            printf '%s' "$small_plan" >"$folder/rules/tinh-a-2026.lua"
            check "$1, line $line: the calendar loads" silent check
            ;;
        *.fault)
            cp "$part" "$folder/rules/tinh-a-2026.lua"
            same "$1, line $line: the faults are those shown" "$(cat "${part%.fault}.said")" \
                "$(run check --lang "$2" 2>&1 >/dev/null)"
            ;;
        *.event)
            # shellcheck disable=SC2046 # a feed and a uid
            same "$1, line $line: the event looks so" "$(sed 1d "$part")" "$(event $(head -n 1 "$part"))"
            ;;
        *.times) check "$1, line $line: the table's days are right" times "$part" ;;
        *.slips) check "$1, line $line: the slips are told so, and gone when corrected" slips "$part" "$rules" "$2" "$3" ;;
        *.loose)
            case $1 in
            */rule-language.md) ;;
            *) fail "$1, line $line: this block is not run" ;;
            esac
            ;;
        esac
    done
    check "$1 has something to run" test -n "$line"
}

document docs/vi/viet-quy-tac.md vi 'title = "Việc", lead = "PV01"'
document docs/en/rule-authors.md en 'title = "Việc", lead = "PV01"'
document docs/rule-language.md en ''
document docs/vi/can-bo.md vi ''
document docs/en/officers.md en ''

nothing "links of the guides lead somewhere" "$(for file in docs/vi/*.md docs/en/*.md; do
    grep -oE '\]\([^)#:]+\)' "$file" | tr -d '()]' | while read -r link; do
        [ -e "$(dirname "$file")/$link" ] || echo "$file: $link"
    done
done)"

# --- The reference and the editors' file name every word and key

mapfile -t words < <({
    grep -ohE '\{"[a-z_]+",[ ]*word_' engine/rulebook/*.c
    grep -ohE 'box_add_(word|value)\([a-z>.-]+box, "[a-z_]+"' engine/rulebook/*.c
} | grep -oE '"[a-z_]+"' | tr -d '"' | sort -u)
mapfile -t keys < <(grep -ohE '\{"[a-z_]+",[ ]*read_' engine/rulebook/*.c | grep -oE '"[a-z_]+"' | tr -d '"' | sort -u)
same "the words are found in the sources" yes "$([ "${#words[@]}" -ge 55 ] && [ "${#keys[@]}" -ge 65 ] && echo yes)"

# What stands in code there, `so` or in a block.
code_of() { # FILE…
    awk '/^```/ { inside = !inside; next } inside || /^    / { print; next }
        { while (match($0, /`[^`]*`/)) { print substr($0, RSTART, RLENGTH); $0 = substr($0, RSTART + RLENGTH) } }' "$@"
}
code_of docs/rule-language.md docs/administration.md >"$work/code"
nothing "docs/rule-language.md names every word" "$(for word in "${words[@]}"; do
    grep -qwF -- "$word" "$work/code" || echo "$word"
done)"
nothing "docs/rule-language.md names every key" "$(for key in "${keys[@]}"; do
    grep -qwF -- "$key" "$work/code" || echo "$key"
done)"
meta=rules/hanchot.meta.lua
nothing "$meta has every word" "$(for word in "${words[@]}"; do
    grep -qE "^function $word\(|^$word = " "$meta" || echo "$word"
done)"
nothing "$meta has every key" "$(for key in "${keys[@]}"; do
    grep -qE "^---@field $key\??[ ]" "$meta" || echo "$key"
done)"
nothing "$meta says of each word what it does" "$(awk '
    /^---[^@]/ { said = 1 }
    /^function [a-z_]+\(|^[a-z_]+ = / { if (!said) print FNR ": " $0; said = 0 }
    /^$/ { said = 0 }' "$meta")"

# --- The man page names every command and option, and no other

man=docs/hanchot.1
mapfile -t commands < <("$HANCHOT" --help --lang en | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p')
same "commands are listed by --help" yes "$([ "${#commands[@]}" -ge 17 ] && echo yes)"
options_of() { # COMMAND: those of --help, one a line
    "$HANCHOT" "$1" --help --lang en | sed -n 's/^options: //p' | tr ' ' '\n' | sort
}
mapfile -t common < <(for command in "${commands[@]}"; do options_of "$command"; done | sort | uniq -c |
    awk -v n="${#commands[@]}" '$1 == n { print $2 }')
shown_of() { # COMMAND: those that its entry in the man page shows
    awk -v name="$1" '/^\.It Ic / { mine = $3 == name } /^\.Sh / { mine = 0 } mine' "$man" |
        grep -oE 'Fl -[a-z-]+' | sed 's/^Fl -/--/' | sort -u
}
for command in "${commands[@]}"; do
    check "$man has the command $command" grep -qE "^\.It Ic $command( |\$)" "$man"
    same "$man: the options of $command" \
        "$(comm -23 <(options_of "$command") <(printf '%s\n' "${common[@]}") | xargs)" "$(shown_of "$command" | xargs)"
done
same "$man: the options that all commands take" "$(printf '%s\n' "${common[@]}" | sort | xargs)" \
    "$(awk '/^\.It Fl -/' "$man" | sed 's/^\.It Fl -\([a-z]*\).*/--\1/' | sort -u | xargs)"
nothing "$man: no command that there is none" "$(sed -n 's/^\.It Ic \([a-z]*\).*/\1/p' "$man" | sort -u |
    comm -23 - <(printf '%s\n' "${commands[@]}" | sort))"

# --- Those of the other programs, as far as a program says what it takes

same "docs/hanchot-notify.1 has the options of hanchot-notify" \
    "$(build/hanchot-notify --help | grep -oE '^  --[a-z-]+' | tr -d ' ' | sort | xargs)" \
    "$(sed -n 's/^\.It Fl -\([a-z-]*\).*/--\1/p' docs/hanchot-notify.1 | sort | xargs)"
nothing "docs/hanchot-notify.1 has the keys of notify.conf" "$(sed -n 's/.*\*const keys\[\] = {\(.*\), NULL};/\1/p' engine/notify/main.c |
    tr -d '" ' | tr ',' '\n' | while read -r key; do
    grep -qE "^\.Li (.* )?$key( |\$)" docs/hanchot-notify.1 || echo "$key"
done)"
check "its help keeps its letters in any locale" grep -q 'địa chỉ' <(LC_ALL=C build/hanchot-notify --help)
nothing "each program has a man page" "$(for program in build/hanchot*; do
    [ ! -x "$program" ] || [ -f "docs/${program#build/}.1" ] || echo "$program"
done)"

finish
