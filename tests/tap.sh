# shellcheck shell=bash
# tap: test cases in shell scripts. A script sources this, calls check, same and the like once for each case, and ends with
# `finish`. A script that ends early prints no plan, which counts as a failure. $work is a directory that vanishes.

HANCHOT=${HANCHOT:-$PWD/build/hanchot}
tap_cases=0
tap_failed=0
tap_finished=
work=$(mktemp -d)
trap 'tap_clean' EXIT
tap_clean() {
    [ -n "$tap_finished" ] && [ "$tap_failed" = 0 ] || tap_logs
    rm -rf "$work"
}

tap_logs() { # what the programs under test said, where something failed
    local file
    for file in "$work"/*.log; do
        [ ! -s "$file" ] || { echo "== ${file##*/}, its end" && tail -n 60 "$file" | cut -c 1-400; }
    done >&2
}

pass() { # NAME
    tap_cases=$((tap_cases + 1))
    echo "ok $tap_cases - $1"
}

fail() { # NAME [DETAIL]
    tap_cases=$((tap_cases + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_cases - $1"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

check() { # NAME COMMAND…: the command succeeds; shows what it printed when it does not
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        pass "$name"
    else
        fail "$name" "$said"
    fi
}

same() { # NAME EXPECTED ACTUAL
    if [ "$2" = "$3" ]; then
        pass "$1"
    else
        fail "$1" "expected: $2"$'\n'"     got: $3"
    fi
}

nothing() { # NAME FINDINGS: passes when there are none
    if [ -z "$2" ]; then
        pass "$1"
    else
        fail "$1" "$2"
    fi
}

not_run() { # WHAT: cannot be tried in this place; no case, but the runner says it loudly
    echo "# not run: $1"
}

finish() {
    tap_finished=yes
    echo "1..$tap_cases"
    [ "$tap_failed" = 0 ]
    exit
}
