#!/bin/bash
# The feeds against programs that read calendars: python3-icalendar, khal, vdirsyncer and libical each have to find exactly
# the events, on exactly the days, that stand in the bytes; our own lint must find nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

clients=$PWD/tests/clients
parse=$PWD/build/release/tests/clients/feed_parse
python=/usr/bin/python3
export HOME=$work/home XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache
export PYTHONDONTWRITEBYTECODE=1
unset TZ # khal asks for a zone by name
mkdir -p "$HOME" "$XDG_CONFIG_HOME"

serve_start --at 2026-11-20

with_icalendar() { # FILE: "UID START END" for each event
    $python - "$1" <<'PYTHON'
import icalendar, sys
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
for component in calendar.walk():
    if component.errors:
        sys.exit(f"{component.get('UID')}: {component.errors}")
for event in calendar.walk("VEVENT"):
    print(event["UID"], event["DTSTART"].to_ical().decode(), event["DTEND"].to_ical().decode())
PYTHON
}

khal_config() { # DIRECTORY of one calendar
    cat >"$work/khal.conf" <<CONFIG
[calendars]
[[feed]]
path = $1
[locale]
local_timezone = Asia/Ho_Chi_Minh
default_timezone = Asia/Ho_Chi_Minh
timeformat = %H%M
dateformat = %Y%m%d
longdateformat = %Y%m%d
datetimeformat = %Y%m%d %H%M
longdatetimeformat = %Y%m%d %H%M
[sqlite]
path = $work/khal.db
[default]
default_calendar = feed
CONFIG
    rm -f "$work/khal.db"
}

with_khal() { # FILE: "UID START" for each event
    khal -c "$work/khal.conf" printics --format '{uid} {start-date}' "$1" | sed -n '/@hanchot /p'
}

vdirsyncer_config() { # URL DIRECTORY
    cat >"$work/vdirsyncer.conf" <<CONFIG
[general]
status_path = "$work/vdirsyncer.status"
[pair feed]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "$1"
[storage local]
type = "filesystem"
path = "$2"
fileext = ".ics"
CONFIG
    rm -rf "$work/vdirsyncer.status"
}

values_in() { # DIRECTORY PROPERTY: sorted, from .ics files with one event each
    cat "$1"/*.ics 2>/dev/null | tr -d '\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n[ \t]//g' |
        sed -n "s/^$2\(;[^:]*\)\{0,1\}://p" | sort
}

hold_feed() { # PATH
    local path=$1 file=$work/feed.ics headers=$work/headers vdir=$work/vdir copied
    rm -rf "$vdir" && mkdir -p "$vdir/khal" "$vdir/sync"

    check "$path: is there" curl -sS --fail -D "$headers" -o "$file" "$url$path"
    same "$path: content type" "text/calendar; charset=utf-8" \
        "$(tr -d '\r' <"$headers" | sed -n 's/^[Cc]ontent-[Tt]ype: *//p')"
    check "$path: feed-lint finds nothing" $python "$clients/feed-lint.py" "$file"
    $python "$clients/feed-lint.py" --list "$file" >"$work/events"
    cut -d' ' -f1 "$work/events" >"$work/uids"
    check "$path: has events" test -s "$work/uids"

    check "$path: libical and its restriction check find nothing" "$parse" "$file"
    same "$path: libical reads every event and day" "$(cat "$work/events")" "$("$parse" "$file" 2>/dev/null | sort)"
    same "$path: icalendar reads every event and day" "$(cat "$work/events")" "$(with_icalendar "$file" 2>&1 | sort)"

    khal_config "$vdir/khal"
    same "$path: khal shows every event on its day" \
        "$(awk '{ print $1, substr($2, 1, 8) }' "$work/events")" "$(with_khal "$file" 2>&1 | sort)"
    check "$path: khal imports" khal -c "$work/khal.conf" import --batch -a feed "$file"
    same "$path: khal keeps every event" "$(cat "$work/uids")" "$(values_in "$vdir/khal" UID)"

    vdirsyncer_config "$url$path" "$vdir/sync"
    check "$path: vdirsyncer finds the feed" vdirsyncer -c "$work/vdirsyncer.conf" discover
    check "$path: vdirsyncer copies" vdirsyncer -c "$work/vdirsyncer.conf" sync
    # It gives events of a web address UIDs of its own.
    same "$path: vdirsyncer has every event" "$(cut -d' ' -f2 "$work/events" | sort)" "$(values_in "$vdir/sync" DTSTART)"
    copied=$(vdirsyncer -c "$work/vdirsyncer.conf" sync 2>&1) || copied="failed: $copied"
    nothing "$path: vdirsyncer has nothing to do the second time" "$(grep -iE 'copying|deleting|failed|error|warning' <<<"$copied")"
}

hold_feed /calendars/unit/haiphong/PC06.ics
hold_feed /calendars/plan/haiphong-2026.ics
hold_feed /calendars/all.ics
hold_feed /calendars/holidays.ics

serve_stop
same "the daemon stops in good order" 0 $?
finish
