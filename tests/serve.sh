# shellcheck shell=bash
# serve: a daemon for one test script. Source after tap.sh.
#
#   serve_start --at 2026-11-20 --rules rules --calendars calendars     sets $url, without the last slash
#   serve_launch …                                                      the same, but does not wait until it is ready
#   serve_stop                                                          also at the end of the script
#   wait_for 60 COMMAND…                                                asks until it succeeds, at most 60 seconds
#   port_keep                                                           sets $kept_port, which nobody else gets
#
# It listens on a free port, with a database and a site of its own under $work; its log is $work/serve.log.

# shellcheck disable=SC2154 # $work comes from tap.sh
serve_pid=
url=

# The limit is for what never comes, not for what is slow: it is three minutes at least, on whatever machine.
wait_for() { # SECONDS COMMAND…: quiet; false when it never succeeded
    local end=$((EPOCHSECONDS + ($1 > 180 ? $1 : 180)))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$EPOCHSECONDS" -le "$end" ] || return 1
        read -rt 0.05 -u "$pause" || true
    done
}
exec {pause}<> <(:)

serve_says() { # PATTERN: in its log; false when it ended without a word of it
    local end=$((EPOCHSECONDS + 300))
    until grep -m 1 "$1" "$work/serve.log"; do
        kill -0 "$serve_pid" 2>/dev/null && [ "$EPOCHSECONDS" -le "$end" ] || return 1
        read -rt 0.01 -u "$pause" || true
    done
}

serve_launch() {
    : >"$work/serve.log" # it writes there itself: what it has said is there before it does the next thing
    "$HANCHOT" serve --db "$work/test.db" --listen 127.0.0.1:0 "$@" >>"$work/serve.log" 2>&1 &
    serve_pid=$!
    url=$(serve_says 'listening on http')
    url=http${url##*listening on http}
    url=${url%%/ *}
    url=${url%/}
    if [ "$url" = http ]; then
        fail "serve starts" "$(tail -n 20 "$work/serve.log")"
        finish
    fi
}

serve_start() {
    serve_launch "$@"
    # Ready after the first evaluation; until then it answers 503, on which curl tries again.
    if ! curl --silent --fail --retry 60 --retry-delay 1 --max-time 120 "$url/readyz" >/dev/null; then
        fail "serve becomes ready" "$(tail -n 20 "$work/serve.log")"
        finish
    fi
}

serve_stop() { # gives the daemon's exit status
    local status=0
    [ -n "$serve_pid" ] || return 0
    kill -TERM "$serve_pid" 2>/dev/null
    wait "$serve_pid" || status=$?
    serve_pid=
    url=
    return "$status"
}

# A free port that is given back may be somebody else's at once; this one can be listened on again and again.
keeper=
port_keep() {
    build/release/tests/receivers/keeper >"$work/kept_port" &
    keeper=$!
    wait_for 60 test -s "$work/kept_port"
    # shellcheck disable=SC2034 # for the one who sources this
    kept_port=$(<"$work/kept_port")
}

port_give() {
    [ -z "$keeper" ] || kill "$keeper"
    keeper=
}

trap 'serve_stop; port_give; tap_clean' EXIT
