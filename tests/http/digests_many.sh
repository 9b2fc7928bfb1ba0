#!/bin/bash
# Very many mail addresses at the hour of the digests: address by address in short turns, each digest whole and once, also when
# the daemon is killed half-way; and while the mail server takes nothing, what is out of date goes as it does for a few.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/receivers/receivers.sh
. tests/many.sh

offices=60 tasks=20
many_rules "$work/rules" $offices $tasks 25 3
cat >"$work/rules/v.lua" <<'RULES'
api(1)
org "w" { title = "W", units = { V = { title = "Đơn vị nhỏ" } } }
plan "q" { org = "w", title = "Q", issued = "2026-01-07", period = "2026" }
task "v" { title = "Việc của đơn vị nhỏ", lead = "V", due = by "2026-11-25" }
RULES
receivers_start
{
    echo 'api(1)'
    echo 'site {'
    echo "    mail = { server = \"127.0.0.1:$mail_port\", tls = \"none\", from = \"hanchot@example.gov.vn\", digest = \"08:00\" },"
    echo '    recipients = {'
    for ((i = 3; i <= offices; i++)); do echo "        [\"o/U$i\"] = { \"u$i@example.gov.vn\" },"; done
    echo '        ["o/U1"] = { "both@example.gov.vn", "u1@example.gov.vn" },'
    echo '        ["o/U2"] = { "both@example.gov.vn" },'
    echo '        ["w/V"] = { "v@example.gov.vn" },'
    echo '    },'
    echo '}'
} >"$work/site.lua"
addresses=$((offices + 1)) # one of them for two offices

ask() { sqlite3 -cmd '.timeout 10000' "file:$work/test.db?mode=ro" "$1"; }
serve() { # AT [OPTION…]
    serve_start --rules "$work/rules" --site "$work/site.lua" --at "$@"
}
number() { # METRIC
    curl -sS "$url/metrics" | sed -n "s/^$1 //p"
}
told() { [ "$(number hanchot_alert_looks_total)" -ge 1 ] && [ "$(number hanchot_alerts_waiting)" = 0 ]; }
digests() { ask "SELECT count(*) FROM notice WHERE rung = '$1' AND alert GLOB 'digest:*'"; } # DAY
made() { [ "$(digests "$1")" -ge "$2" ]; }                                                  # DAY NUMBER

# --- Before the hour: nothing

receivers_answer mails 451
serve 2026-11-20T07:40
check "all offices are told" wait_for 60 told
same "no digest before its hour" 0 "$(digests 2026-11-20)"
serve_stop
cp "$work/test.db" "$work/before.db"

# --- At the hour, and a kill as soon as there are some

each_whole() { # DAY: each that there is
    same "$1" "" \
        "$(ask "SELECT s.alert, count(n.id) FROM notice s LEFT JOIN notice n ON n.message = s.id WHERE s.alert GLOB 'digest:*' AND s.rung = '2026-11-20'
            GROUP BY s.id HAVING count(n.id) <> CASE s.alert WHEN 'digest:both@example.gov.vn' THEN $((2 * tasks)) WHEN 'digest:v@example.gov.vn' THEN 1 ELSE $tasks END")"
    same "$1: with what leaves the house" 0 \
        "$(ask "SELECT count(*) FROM notice LEFT JOIN delivery ON notice = id WHERE alert GLOB 'digest:*' AND notice IS NULL")"
}
each_once() { # WHEN
    each_whole "$1: each carries all of its offices"
    same "$1: one for each address" "$addresses $addresses" \
        "$(ask "SELECT count(*), count(DISTINCT channel) FROM notice WHERE alert GLOB 'digest:*'" | tr '|' ' ')"
    same "$1: nothing is told twice" "" \
        "$(ask "SELECT alert, channel FROM notice WHERE channel GLOB 'mail:*' AND kind <> 'summary' GROUP BY alert, channel HAVING count(*) <> 1")"
}
serve 2026-11-20T07:59:40 --speed 20
check "the first digests are made" wait_for 60 made 2026-11-20 1
kill -9 "$serve_pid"
wait "$serve_pid" 2>/dev/null
serve_pid=
each_whole "each is there wholly or not at all"
serve 2026-11-20T08:05
check "the others after the next start" wait_for 60 made 2026-11-20 "$addresses"
check "and then no more" wait_for 60 told
each_once "killed on the way"
serve_stop

# --- A clock that stands still: they go on all the same, turn by turn

rm -f "$work"/test.db*
mv "$work/before.db" "$work/test.db"
serve 2026-11-20T08:05
check "all are made" wait_for 60 made 2026-11-20 "$addresses"
check "and then no more" wait_for 60 told
each_once "not killed"
check "in many short turns" test "$(number 'hanchot_engine_turn_seconds_count{for="look"}')" -ge 4

# --- The mail server takes nothing: an answer touches the letters of its office

tried_all() { [ "$(ask "SELECT count(*) FROM delivery WHERE tries > 0")" = "$addresses" ]; }
check "all letters were tried" wait_for 60 tried_all
same "an answer" 200 "$(curl -sS -o "$work/answer" -w '%{http_code}' -H 'Content-Type: application/json' -d '{"by":"An"}' "$url/api/v1/alerts/q:v:2026:w/V@hanchot/ack")"
dropped() { ask "SELECT channel FROM delivery JOIN notice ON id = notice WHERE dropped_at IS NOT NULL AND newer IS NULL"; }
gone() { [ -n "$(dropped)" ]; }
check "nothing in its letter is open any more" wait_for 60 gone
same "the others are" "mail:v@example.gov.vn" "$(dropped)"
serve_stop

# --- The next working day it works again: the new digests take the place of the old ones

receivers_answer mails
serve 2026-11-23T08:05
check "all are made" wait_for 60 made 2026-11-23 $((addresses - 1))
sent() { [ "$(number hanchot_deliveries_waiting)" = 0 ] && told; }
check "and sent" wait_for 60 sent
serve_stop
same "one mail to each, of that day" "$((addresses - 1)) $((addresses - 1))" \
    "$(find "$mails" -name '[0-9]*' | wc -l) $(grep -lE 'Date: Mon, 23 Nov 2026' "$mails"/[0-9]* | wc -l)"
same "to each another one" $((addresses - 1)) "$(grep -h '^To: ' "$mails"/[0-9]* | sort -u | wc -l)"
same "in the place of the other" $((addresses - 1)) \
    "$(ask "SELECT count(*) FROM delivery AS old JOIN delivery AS new ON new.notice = old.newer AND new.receiver = old.receiver JOIN notice ON id = new.notice WHERE taken_at IS NOT NULL AND rung = '2026-11-23'")"
finish
