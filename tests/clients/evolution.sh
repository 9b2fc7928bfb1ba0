#!/bin/bash
# GNOME's calendar service (evolution-data-server) without a screen: subscribes to a secret link as Evolution does, keeps the
# feed, hears of a change at its next refresh, and asks again without fetching anything.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

hanchot() { "$HANCHOT" "$@" --db "$work/test.db" --at 2026-11-20; }
secret=$(hanchot token create --name evolution --feed unit/haiphong/PC06 --format json | sed 's/.*"secret":"\([^"]*\)".*/\1/')
serve_start --at 2026-11-20
export HOME=$work/home XDG_RUNTIME_DIR=$work/run GIO_USE_VFS=local
mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
unset DISPLAY XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
cat >"$work/subscribe.py" <<'PYTHON'
"""Tells one line for each answer; reads commands from standard input: "refresh", "list"."""
import os, sys
import gi
gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, Gio, GLib
host, port, path = sys.argv[1:]
registry = EDataServer.SourceRegistry.new_sync(None)
source = EDataServer.Source.new_with_uid("hanchot", None)
source.set_display_name("Hạn chót")
source.set_parent("webcal-stub")
source.get_extension("Calendar").set_backend_name("webcal")
web = source.get_extension("WebDAV Backend")
web.set_property("resource-path", path)
login = source.get_extension("Authentication")
login.set_property("host", host)
login.set_property("port", int(port))
login.set_property("method", "none")
source.get_extension("Security").set_property("method", "none")
source.get_extension("Refresh").set_property("enabled", False)
registry.commit_source_sync(source, None)
client = ECal.Client.connect_sync(registry.ref_source("hanchot"), ECal.ClientSourceType.EVENTS, 10, None)
changes = {"added": 0, "modified": 0, "removed": 0}
def count(kind):
    return lambda view, objects: changes.__setitem__(kind, changes[kind] + len(objects))
_, view = client.get_view_sync("#t", None)
for kind in changes:
    view.connect("objects-" + kind, count(kind))
view.start()
loop = GLib.MainLoop()
def obey(line):
    if line == "refresh":
        client.refresh_sync(None)
        print("refreshed", flush=True)
    elif line == "changes":
        print("changes", *changes.values(), flush=True)
    elif line == "list":
        _, objects = client.get_object_list_sync("#t", None)
        for o in sorted(o.get_uid() + "\t" + o.get_summary() for o in objects):
            print(o, flush=True)
        print("end", flush=True)
def command(channel, _):
    lines = os.read(0, 4096).decode()
    if not lines:
        loop.quit()
    for line in lines.split():
        obey(line)
    return lines != ""
GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, command)
print("ready", client.is_readonly(), flush=True)
loop.run()
PYTHON
host=${url#http://}
mkfifo "$work/ask"
dbus-run-session -- /usr/bin/python3 "$work/subscribe.py" "${host%:*}" "${host##*:}" "/s/$secret/haiphong-PC06.ics" \
    <"$work/ask" >>"$work/told" 2>"$work/trouble" &
session=$!
exec 8>"$work/ask"
trap 'exec 8>&-; wait $session 2>/dev/null; serve_stop; tap_clean' EXIT

# shellcheck disable=SC2317 # wait_for calls them
told() { grep -q "$1" "$work/told"; }
# shellcheck disable=SC2317
has_all() { echo list >&8; wait_for 60 told '^end$'; cp "$work/told" "$work/list"; : >"$work/told"; [ "$(grep -c @hanchot "$work/list")" = "$1" ]; }
link() { hanchot token list --format json | grep -o "\"$1\":[0-9]*" | cut -d: -f2; }

check "it subscribes, for reading only" wait_for 300 told '^ready True'
told '^ready True' || { fail "the service" "$(cat "$work/trouble")"; finish; }
curl -sS --fail "$url/calendars/unit/haiphong/PC06.ics" >"$work/feed.ics"
events=$(grep -c '^BEGIN:VEVENT' "$work/feed.ics")
check "it has all $events events of the feed" wait_for 60 has_all "$events"
check "with their Vietnamese titles" grep -q 'haiphong-2026:III.3.c:2026-11:haiphong/PC06@hanchot	.*Báo cáo tháng' "$work/list"
cut -f1 "$work/list" | grep @hanchot >"$work/uids"
same "each under its own id" "$events" "$(sort -u "$work/uids" | wc -l)"

# A second look costs no body: the answer is 304, and nothing is told as changed.
fetches=$(link fetches) unchanged=$(link not_modified)
# shellcheck disable=SC2317
asked_again() { echo refresh >&8; [ "$(link not_modified)" -gt "$unchanged" ]; }
check "its next look is answered with 304" wait_for 60 asked_again
same "nothing was sent once more" "$((fetches - unchanged))" "$(($(link fetches) - $(link not_modified)))"

# shellcheck disable=SC2317
changes() { : >"$work/told"; echo changes >&8; wait_for 60 told '^changes' && [ "$(grep '^changes' "$work/told")" = "changes $1" ]; }
check "all were told as new, none as changed" wait_for 60 changes "$events 0 0"
hanchot "done" haiphong-2026:III.3.c:2026-11:haiphong/PC06 >/dev/null
# shellcheck disable=SC2317
sees_it() { echo refresh >&8; echo list >&8; wait_for 60 told '^end$'; cp "$work/told" "$work/list"; : >"$work/told"; grep -q 'III.3.c:2026-11:haiphong/PC06@hanchot	✓' "$work/list"; }
check "what is done is seen there" wait_for 60 sees_it
check "as one event that changed" wait_for 60 changes "$events 1 0"
exec 8>&-
wait $session
same "the service ends in good order" 0 $?
finish
