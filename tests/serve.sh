# shellcheck shell=bash
# serve: a daemon for one test script. Source after tap.sh.
#
#   serve_start --at 2026-11-20 --rules rules --calendars calendars     sets $url, without the last slash
#   serve_launch …                                                      the same, but does not wait until it is ready
#   serve_stop                                                          also at the end of the script
#   wait_for 10 COMMAND…                                                asks until it succeeds, at most 10 seconds
#
# It listens on a free port, with a database and a site of its own under $work; its log is $work/serve.log.

# shellcheck disable=SC2154 # $work comes from tap.sh
serve_pid=
url=

wait_for() { # SECONDS COMMAND…: quiet; false when it never succeeded
    local end=$((EPOCHSECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$EPOCHSECONDS" -le "$end" ] || return 1
        read -rt 0.05 -u "$pause" || true
    done
}
exec {pause}<> <(:)

serve_launch() {
    local line
    mkfifo "$work/serve.pipe"
    "$HANCHOT" serve --db "$work/test.db" --listen 127.0.0.1:0 "$@" >"$work/serve.pipe" 2>&1 &
    serve_pid=$!
    exec 9<"$work/serve.pipe"
    rm "$work/serve.pipe"
    : >"$work/serve.log"
    while IFS= read -r -t 30 line <&9; do
        printf '%s\n' "$line" >>"$work/serve.log"
        case $line in
        *'listening on http'*)
            url=http${line##*listening on http}
            url=${url%%/ *}
            url=${url%/}
            break
            ;;
        esac
    done
    cat <&9 >>"$work/serve.log" &
    exec 9<&-
    if [ -z "$url" ]; then
        fail "serve starts" "$(tail -n 20 "$work/serve.log")"
        finish
    fi
}

serve_start() {
    serve_launch "$@"
    # Ready after the first evaluation; until then it answers 503, on which curl tries again.
    if ! curl --silent --fail --retry 20 --retry-delay 1 --max-time 60 "$url/readyz" >/dev/null; then
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

trap 'serve_stop; tap_clean' EXIT
