#!/bin/bash
# A simulated month in which the daemon is killed at random moments: while it starts, loads, writes, tells and sends; with
# writes through its socket, past it, and over HTTP; with a clock that runs, stands, and once goes back. Afterwards: no
# acknowledged write is lost, none is there twice, whoever listens has heard of every notice once, mail server and webhook have
# got each mail and call under one key, and alerts and feeds are those of the same month undisturbed.
#
# SOAK_KILLS (200 in `make test-soak`), SOAK_DAYS and SOAK_SEED choose; the seed is printed.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/receivers/receivers.sh

kills_wanted=${SOAK_KILLS:-26}
days=${SOAK_DAYS:-$((kills_wanted < 150 ? 4 : 30))}
seed=${SOAK_SEED:-20261109}
first=$((days < 30 ? 20 : 9)) # of November: a short run has the working day before the holiday and what follows
rows=build/release/tests/soak/rows
echo "# $kills_wanted kills, $days days, SOAK_SEED=$seed"
RANDOM=$seed
export LC_ALL=C.UTF-8

mapfile -t reports < <("$HANCHOT" due --format csv --from 2026-11-24 --to 2026-11-24 --at 2026-11-09 --db "$work/none.db" |
    grep -o '^haiphong-2026:III.3.c:2026-11:[^@]*')
check "there are offices to write about" test "${#reports[@]}" -gt 120

date_of() { # DAY, 0 is the first
    local n=$((first + $1))
    [ "$n" -le 30 ] && printf '2026-11-%02d' "$n" || printf '2026-12-%02d' $((n - 30))
}

# --- What is written: each office has one part, so that the order does not matter

writes_of() { # DAY: "how|command or path|arguments or body", one a line
    local d=$1 at i
    at=$(date_of "$d")
    report() { echo "${reports[$1]}"; }
    alert() { echo "/api/v1/alerts/${reports[$1]}@hanchot"; }
    echo "cli|done $(report $((2 * d))) --on $at --by w$d.1"
    echo "http|/api/v1/progress|{\"uid\":\"$(report $((2 * d + 1)))\",\"action\":\"done\",\"on\":\"$at\",\"by\":\"w$d.2\"}"
    echo "cli|extend $(report $((60 + d))) --to 2026-12-$((10 + d % 20)) --why x --by w$d.3"
    i=${reports[d]##*:}
    echo "http|/api/v1/events|{\"event\":\"plan-received\",\"plan\":\"haiphong-2026\",\"unit\":\"$i\",\"on\":\"$at\",\"by\":\"w$d.4\"}"
    # What has been told of for some days
    if [ "$at" \> 2026-11-13 ]; then
        echo "http|$(alert $((90 + d % 20)))/ack|{\"by\":\"w$d.5\"}"
        echo "http|$(alert $((110 + d % 20)))/snooze|{\"until\":\"$(date_of $((d + 1)))T08:00\",\"by\":\"w$d.6\"}"
    fi
    if [ "$d" -ge 3 ]; then
        echo "cli|reopen $(report $((2 * (d - 3)))) --by w$d.7"
    fi
}

write_one() { # LINE DATABASE INSTANT: 0 when it was acknowledged
    local how what body
    IFS='|' read -r how what body <<<"$1"
    if [ "$how" = cli ]; then
        # shellcheck disable=SC2086 # words of a command
        "$HANCHOT" $what --at "$3" --db "$2" >"$work/said" 2>&1
    else
        [ "$(curl -sS -o "$work/said" -w '%{http_code}' -H 'Content-Type: application/json' --max-time 20 \
            -d "$body" "$url$what" 2>"$work/curl")" = 200 ]
    fi
}

receivers_start
echo secret >"$work/secret"
cat >"$work/site.lua" <<SITE
api(1)
site {
    mail = { server = "127.0.0.1:$mail_port", tls = "none", from = "hanchot@example.gov.vn", digest = "08:00" },
    recipients = {
        ["${reports[0]##*:}"] = { "an@example.gov.vn", "binh@example.gov.vn" },
        ["${reports[61]##*:}"] = { "an@example.gov.vn" },
        ["haiphong/PV01"] = { "chi@example.gov.vn" },
    },
    webhooks = { { name = "all", url = "http://127.0.0.1:$call_port/", secret_file = "secret" } },
}
SITE

# --- The month undisturbed

look() { # The daemon is ready before its first look at alerts, and tells very many in several turns.
    curl -sS --fail -o /dev/null "$url/api/v1/alerts" || fail "alerts are served" "$(cat "$work/serve.log")"
    wait_for 60 told_all || fail "all are told" "$(curl -sS "$url/metrics")"
}
told_all() { curl -s "$url/metrics" | grep -qx 'hanchot_alerts_waiting 0'; }
began=${EPOCHREALTIME/./}
serve_start --site "$work/site.lua" --at "$(date_of 0)T07:00"
base=$(((${EPOCHREALTIME/./} - began) / 1000)) # milliseconds of a start
serve_stop
rm -f "$work"/test.db*
for ((d = 0; d < days; d++)); do
    serve_start --site "$work/site.lua" --at "$(date_of "$d")T13:00"
    look
    while IFS= read -r line; do
        write_one "$line" "$work/test.db" "$(date_of "$d")T13:00" ||
            fail "undisturbed: $(date_of "$d") $line" "$(cat "$work/said")"
    done < <(writes_of "$d")
    serve_stop
done
serve_start --site "$work/site.lua" --at "$(date_of "$days")T12:00"
look
serve_stop
mkdir "$work/calm"
mv "$work"/test.db* "$work/calm"
rm -f "$mails"/[0-9]* "$calls"/[0-9]*

# --- The same month with kills

db=$work/test.db
address=127.0.0.1:0
heard=$work/heard
last=0
kills=0
unready=0
early=''
: >"$heard"
: >"$work/acked"

pause_ms() {
    read -rt "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))" -u "$pause" || true
}

alive() {
    kill -0 "$daemon" 2>/dev/null
}

listen() { # until the daemon is gone
    while alive; do
        curl -sSN --fail -H "Last-Event-ID: $last" "$url/api/v1/alerts/stream" >"$work/raw" 2>/dev/null
        [ -s "$work/raw" ] && return
        pause_ms 5
    done
}

# Whole events only, as a client takes them; the place to go on from is that of the last one.
take_heard() {
    awk 'BEGIN { RS = ""; FS = "\n" }
        { id = event = data = ""
          for (i = 1; i <= NF; i++) {
              if ($i ~ /^id: /) id = substr($i, 5)
              if ($i ~ /^event: /) event = substr($i, 8)
              if ($i ~ /^data: /) data = substr($i, 7)
          }
          if (event != "") print id "\t" event "\t" data }' < <(
        # What was cut off in the middle is no event.
        sed -n 'H; /^$/{x; p; s/.*//; x}' "$work/raw") >>"$heard"
    local id
    id=$(cut -f1 "$heard" | grep . | tail -n 1)
    last=${id:-$last}
    : >"$work/raw"
}

write_pending() { # INSTANT WHICH MOMENT
    local n=0 line
    while IFS= read -r line; do
        n=$((n + 1))
        [[ $line == $2* ]] || continue
        grep -qx "$today $n" "$work/acked" && continue
        # Mostly through the daemon; else, while there is none, by itself.
        until [ "$3" != acked ] || grep -q 'listening on' "$work/life.log" || ! alive; do
            pause_ms 2
        done
        until write_one "$line" "$db" "$1"; do
            alive || return
            pause_ms 5
        done
        [ "$3" != acked ] || kill -KILL "$daemon" 2>/dev/null # at once
        echo "$today $n" >>"$work/acked"
        [ "$3" != acked ] || return
    done <"$work/pending"
}

hears_hello() {
    grep -q '^event: hello' "$work/raw"
}

# Starts the daemon, lets it be heard and written to, kills it.
life() { # MOMENT|told|acked|written none|cli|all SERVE-ARGUMENTS…
    local moment=$1 which=$2 at=$4 writer='' listener status
    shift 2
    "$HANCHOT" serve --site "$work/site.lua" --db "$db" --listen "$address" "$@" >"$work/life.log" 2>&1 &
    daemon=$!
    : >"$work/raw"
    listen &
    listener=$!
    if [ "$which" != none ]; then
        write_pending "${at%%T*}T13:00" "${which#all}" "$moment" &
        writer=$!
    fi
    case $moment in
    told)
        until hears_hello && told_all; do # very many are told in several turns
            alive || break
            pause_ms 5
        done
        ;;
    written | acked) wait "$writer" ;;
    *)
        pause_ms "$moment"
        hears_hello || unready=$((unready + 1))
        ;;
    esac
    kill -KILL "$daemon" 2>/dev/null
    wait "$daemon" 2>/dev/null
    status=$?
    [ "$status" = 137 ] || early="$early$* ended with $status: $(tail -n 3 "$work/life.log")"$'\n'
    kills=$((kills + 1))
    [ -z "$writer" ] || wait "$writer"
    wait "$listener"
    take_heard
}

moment() { # anything up to some time after a start
    echo $((RANDOM % (base * 5 / 2)))
}

# A port that all lives share.
port_keep
address=127.0.0.1:$kept_port
url=http://$address
fast=$((300 * 1000 / (base * 13 / 10) + 1)) # so that five minutes are over soon after a start

for ((d = 0; d < days; d++)); do
    today=$(date_of "$d")
    writes_of "$d" >"$work/pending"
    life "$(moment)" none --at "${today}T07:25" --speed $fast
    life told none --at "${today}T12:00"
    more=$(((kills_wanted - kills) / (days - d) - 3))
    while [ "$more" -gt 0 ]; do
        case $((RANDOM % 4)) in
        0) life "$(moment)" cli --at "${today}T13:00" --speed 500 ;;
        1) life "$(moment)" all --at "${today}T13:00" ;; # stands still: what comes over HTTP is of 13:00 too
        *) life acked all --at "${today}T13:00" ;;
        esac
        more=$((more - 1))
    done
    life written all --at "${today}T13:00"
    life told none --at "${today}T16:00" --speed 500
    if [ $((d % 5)) = 4 ]; then
        life told none --at "${today}T15:00" # the clock was an hour ahead
    fi
    life "$(moment)" none --at "${today}T23:55" --speed $fast
done
life told none --at "$(date_of "$days")T12:00"
waiting() {
    "$rows" "$db" "SELECT count(*) FROM delivery WHERE next_at IS NOT NULL"
}
sent() {
    [ "$(waiting)" = 0 ]
}
# What was under way when it was killed goes out in the end; the clock runs, for the waits between two tries.
serve_start --site "$work/site.lua" --at "$(date_of "$days")T12:00" --speed 60
check "nothing is left waiting to leave the house" wait_for 60 sent
serve_stop
echo "# $unready of them before it was ready"
check "$kills kills, as many as wanted" test "$kills" -ge "$kills_wanted"
nothing "each life ended by the kill, none by itself" "$early"

# --- What is left

facts() { # DATABASE
    "$rows" "$1" "SELECT 'event', plan, name, unit, ref, corrects, on_day, due_day, note, told_by, recorded_at FROM event ORDER BY told_by"
    "$rows" "$1" "SELECT occurrence, action, on_day, why, told_by, recorded_at FROM progress ORDER BY occurrence, id"
    "$rows" "$1" "SELECT alert, action, kind, due_day, until, told_by, recorded_at FROM reply ORDER BY alert, id"
}
told() { # DATABASE: without what carries others, which depends on when it was told
    "$rows" "$1" "SELECT alert, kind, rung, unit, channel, severity, title, body FROM notice WHERE alert NOT GLOB 'summary:*' AND alert NOT GLOB 'digest:*' AND
        alert NOT GLOB 'urgent:*' AND alert NOT GLOB 'webhook:*' ORDER BY 1, 2, 3, 4, 5"
}
ids() { # FROM heard
    grep -P '^\d+\talert\t' "$heard" | cut -f1
}
for which in facts told; do
    $which "$work/calm/test.db" >"$work/calm.$which"
    $which "$db" >"$work/kills.$which"
done
check "$(wc -l <"$work/calm.facts") writes, $(wc -l <"$work/calm.told") notices" test "$(wc -l <"$work/calm.told")" -gt 100
same "every write was acknowledged in the end" "" \
    "$(for ((d = 0; d < days; d++)); do writes_of "$d" | awk -v day="$(date_of "$d")" '{ print day " " NR }'; done |
        sort | comm -3 - <(sort "$work/acked"))"
nothing "no acknowledged write is lost, none is there twice" "$(diff "$work/calm.facts" "$work/kills.facts")"
nothing "every notice was told, once" "$(diff "$work/calm.told" "$work/kills.told" | cut -c1-200 | head -n 40)"
nothing "and none twice" "$("$rows" "$db" "SELECT alert, kind, rung, unit, channel FROM notice" | sort | uniq -d)"
nothing "who listens heard no event twice" "$(ids | sort | uniq -d)"
nothing "and every one" "$(comm -3 <(ids | sort) <("$rows" "$db" "SELECT id FROM notice WHERE channel = 'stream' AND (message IS NULL OR message = 0)" | sort))"

expected_keys() { # IS NULL|IS NOT NULL: of what leaves the house; of what was out of date first; as outbox_key makes them
    local notice
    while IFS= read -r notice; do
        printf '%s' "${notice//|/$'\n'}" | sha256sum | cut -c1-32
    done < <("$rows" "$db" "SELECT alert, kind, rung, unit, channel FROM notice JOIN delivery ON notice = id WHERE dropped_at $1")
}
expected_keys 'IS NULL' | sort >"$work/keys"
expected_keys 'IS NOT NULL' | sort >"$work/dropped"
{ keys mails && keys calls; } | sort >"$work/received"
echo "# $(wc -l <"$work/received") mails and calls came of $(wc -l <"$work/keys")"
check "mails and calls" test "$(wc -l <"$work/keys")" -gt $((days * 2))
nothing "each has one key" "$(uniq -d "$work/keys")"
nothing "each was received" "$(comm -23 "$work/keys" <(uniq "$work/received"))"
nothing "nothing else was, but what was taken before a kill and then out of date" \
    "$(uniq "$work/received" | comm -13 "$work/keys" - | comm -23 - "$work/dropped")"
nothing "each is written down as taken" \
    "$("$rows" "$db" "SELECT id FROM notice JOIN delivery ON notice = id WHERE taken_at IS NULL AND dropped_at IS NULL")"
nothing "what was out of date is told by another that was taken, or by none because nothing was open" \
    "$("$rows" "$db" "SELECT old.notice FROM delivery AS old JOIN delivery AS new ON new.notice = old.newer JOIN notice ON id = new.notice WHERE taken_at IS NULL AND new.dropped_at IS NULL")"
nothing "none was refused" "$("$rows" "$db" "SELECT notice, detail FROM delivery WHERE refused_at IS NOT NULL")"
again=$(($(wc -l <"$work/received") - $(wc -l <"$work/keys")))
check "came again under the same key after a kill: $again, no more than there were kills" test "$again" -le $((kills * 4))

final() { # DATABASE COMMAND…
    local from=$1
    shift
    "$HANCHOT" "$@" --at "$(date_of "$days")T12:00" --db "$from"
}
while read -r command; do
    # shellcheck disable=SC2086 # words of a command
    check "the same $command" cmp <(final "$work/calm/test.db" $command) <(final "$db" $command)
done <<COMMANDS
alerts --format json --all
alerts --next
due --from 2026-01-01 --to 2026-12-31 --format json
feed plan/haiphong-2026
feed unit/${reports[0]##*:}
feed unit/${reports[60]##*:}
feed unit/${reports[90]##*:}
COMMANDS

# Whatever was killed when, the rules last in use stand in the ledger whole: without their files they serve.
serve_start --at "$(date_of "$days")T12:00" --rules "$work/nowhere"
check "the copy of the rules serves" cmp <(curl -sS --fail "$url/calendars/plan/haiphong-2026.ics") <(final "$db" feed plan/haiphong-2026)
serve_stop
finish
