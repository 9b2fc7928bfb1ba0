#!/bin/bash
# Thunderbird itself, on a screen of its own: adds all calendars of a secret link through its dialog, shows every event of the
# feed on its day, asks again without fetching anything, sees what is done, and the tombstone of a revoked link.
# shellcheck disable=SC2317 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

python=/usr/bin/python3
drive=tests/clients/thunderbird
export PYTHONDONTWRITEBYTECODE=1
hanchot() { "$HANCHOT" "$@" --db "$work/test.db" --at 2026-11-20; }
secret=$(hanchot token create --name thunderbird --feed unit/haiphong/PC06 --feed holidays --format json |
    sed 's/.*"secret":"\([^"]*\)".*/\1/')
serve_start --at 2026-11-20
office=haiphong-PC06.ics
report=haiphong-2026:III.3.c:2026-11:haiphong/PC06

# --- A profile without accounts, first-run pages and looks at the network; a screen

profile=$work/profile
export HOME=$work/home XDG_RUNTIME_DIR=$work/run NO_AT_BRIDGE=1 DBUS_SESSION_BUS_ADDRESS=disabled:
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME WAYLAND_DISPLAY
mkdir -p "$profile" "$HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
cat >"$profile/user.js" <<'PREFERENCES'
user_pref("marionette.port", 0);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("mail.spotlight.firstRunDone", true);
user_pref("mail.shell.checkDefaultClient", false);
user_pref("mailnews.start_page.enabled", false);
user_pref("alerts.useSystemBackend", false);
user_pref("app.donation.eoy.url", "");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("calendar.timezone.local", "Asia/Ho_Chi_Minh");
user_pref("calendar.timezone.useSystemTimezone", false);
PREFERENCES
mkfifo "$work/display"
Xvfb -displayfd 5 -screen 0 1600x1000x24 5>"$work/display" >/dev/null 2>&1 &
xvfb=$!
read -rt 60 display <"$work/display"
DISPLAY=:$display /usr/lib/thunderbird/thunderbird --profile "$profile" --no-remote --marionette --remote-allow-system-access \
    >"$work/thunderbird.log" 2>&1 &
thunderbird=$!
stop() {
    kill "$thunderbird" "$xvfb" 2>/dev/null
    wait "$thunderbird" "$xvfb" 2>/dev/null
    serve_stop
}
trap 'stop; tap_clean' EXIT
if ! wait_for 60 test -s "$profile/MarionetteActivePort"; then
    fail "Thunderbird starts" "$(tail -n 20 "$work/thunderbird.log")"
    finish
fi
mkfifo "$work/ask" "$work/tell"
$python $drive/ask.py "$profile" $drive/calendar.js <"$work/ask" >"$work/tell" 2>>"$work/thunderbird.log" &
driver=$!
exec {asks}>"$work/ask" {tells}<"$work/tell"

ask() { # COMMAND [ARGUMENT…]: what it answers; see calendar.js
    local line IFS=$'\t'
    printf '%s\n' "$*" >&$asks
    while IFS= read -r line <&$tells && [ "$line" != end ]; do
        printf '%s\n' "$line"
    done
}

# --- It finds the calendars

one=$(ask find "$url/s/$secret/$office" cancel)
same "a feed by itself is found, named after its file, not for reading only" "haiphong-PC06 $office writable" \
    "$(cut -f1,2,4 <<<"$one" | tr '\t' ' ')"
nothing "an address that leads nowhere has none" "$(ask find "$url/s/no-such-link/" cancel)"
curl -sS --fail "$url/s/$secret/$office" >"$work/feed.ics"
value() { tr -d '\r' <"$work/feed.ics" | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n[ \t]//g' | sed -n "s/^$1://p"; }
ask find "$url/s/$secret/" subscribe >"$work/found"
same "the link's page leads to all its calendars, with name, colour and for reading only" \
    "$(printf '%s\t%s\t%s\tread-only\n' "$(value X-WR-CALNAME)" $office "$(value X-APPLE-CALENDAR-COLOR)" \
        'Ngày nghỉ và ngày làm bù' holidays.ics '#2E8B57')" "$(cat "$work/found")"
[ "$tap_failed" = 0 ] || finish # there is nothing to look at

# --- It has what the feed has

cat >"$work/expect.py" <<'PYTHON'
"""The events of a feed as calendar.js lists them, read by another program."""
import icalendar, sys
for event in icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read()).walk("VEVENT"):
    kinds = event["CATEGORIES"]
    kinds = [str(kind) for each in (kinds if isinstance(kinds, list) else [kinds]) for kind in each.cats]
    text = str(event["DESCRIPTION"]).replace("\n", "\\n") if "DESCRIPTION" in event else ""
    days = [event[day].to_ical().decode() for day in ("DTSTART", "DTEND")]
    print(event["UID"], *days, event["SUMMARY"], ",".join(kinds), event["STATUS"], text, sep="\t")
PYTHON
expect() { # FILE: what the feed has now, sorted
    curl -sS --fail "$url/s/$secret/$1" >"$work/$1" && $python "$work/expect.py" "$work/$1" | sort >"$work/expected"
}
holds() { ask events "$1" | sort >"$work/held" && [ -s "$work/held" ] && cmp -s "$work/expected" "$work/held"; }
hold_feed() { # NAME FILE: every event, with its days, title, categories, state and description
    expect "$2"
    wait_for 30 holds "$2"
    same "$1" "$(cat "$work/expected")" "$(cat "$work/held")"
}
hold_feed "all events of the office: days, titles, categories, descriptions" $office
check "among them the report, due before the 25th" \
    grep -qP "^$report@hanchot\t20261124\t20261125\tBáo cáo tháng về kết quả thực hiện – tháng 11/2026 .*\tBáo cáo,74/KH" "$work/held"
hold_feed "all days off and worked" holidays.ics
shows() { ask month 20261124 >"$work/shown"; grep -q "$1" "$work/shown"; }
check "the month shows the report on the 24th" wait_for 30 shows '^Báo cáo tháng về kết quả thực hiện – tháng 11/2026'
mkdir -p build/thunderbird
ask picture build/thunderbird/month.png
colours=$(pngtopnm build/thunderbird/month.png | ppmhist -noheader -hexcolor 2>/dev/null | grep -c .)
check "the picture of it is no empty window ($colours colours)" test "$colours" -gt 50

# --- It asks again, and fetches nothing that it has

answered_304() { curl -sS "$url/metrics" | sed -n 's/^hanchot_http_not_modified_total //p'; }
bodies() { # how often a body was sent to the link; a change of links has what was fetched so far written down first
    local all unsent
    hanchot token create --name other --feed holidays >/dev/null
    read -r all unsent < <(hanchot token list --format json |
        sed -n '/"id":1,/s/.*"fetches":\([0-9]*\),"not_modified":\([0-9]*\),.*/\1 \2/p')
    echo $((all - unsent))
}
sent=$(bodies) unchanged=$(answered_304)
ask refresh
check "its first look at both was counted ($sent)" test "$sent" -ge 2
looked_again() { [ "$(answered_304)" -ge "$((unchanged + 2))" ]; }
check "its next look at both is answered with 304" wait_for 60 looked_again
same "no body was sent once more" "$sent" "$(bodies)"
check "the list of links names it" grep -q 'Thunderbird/[0-9]' <(hanchot token list --format json)

# --- A duty is done

hanchot "done" $report >/dev/null
wait_for 30 eval "curl -sS '$url/s/$secret/$office' | grep -q '^SUMMARY:✓ Báo cáo tháng'"
expect $office
same "what is done stands in the feed once" 1 "$(grep -c "^$report@hanchot.*✓" "$work/expected")"
refreshed() { ask refresh; wait_for 2 holds $office; }
wait_for 30 refreshed
same "after a refresh Thunderbird has exactly what the feed has now" "$(cat "$work/expected")" "$(cat "$work/held")"
check "the month shows it as done" wait_for 30 shows '^✓ Báo cáo tháng về kết quả thực hiện – tháng 11/2026'
same "and only as done" 1 "$(grep -c 'Báo cáo tháng về kết quả' "$work/shown")"

# --- The link is revoked

hanchot token revoke 1 >/dev/null
tombstone() { ask refresh; ask events $office >"$work/held"; grep -q $'\tLịch hạn chót này đã ngừng' "$work/held"; }
check "a revoked link becomes one event that says so" wait_for 30 tombstone
same "alone" 1 "$(grep -c . "$work/held")"
same "the calendar is still on, to be read" "read-only on" "$(ask state $office | cut -f3,4 | tr '\t' ' ')"

exec {asks}>&- {tells}<&-
wait "$driver"
same "Thunderbird is told to end" 0 $?
wait "$thunderbird"
same "and ends in good order" 0 $?
finish
