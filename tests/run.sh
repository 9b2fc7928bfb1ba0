#!/bin/bash
# Runs test programs that print TAP and counts their cases: run.sh [--broken WHAT] PROGRAM…
#
# Every kind of test goes through here: cmocka programs, shell scripts, golden runs, real clients. A case that was skipped
# failed, since it did not run. A program that is missing, prints no plan, runs other than the planned number of cases or
# ends with an error while all cases passed adds a failure of its own; so does WHAT, whose build failed. What a program says
# cannot be tried in this place ("# not run: …") is shown, and counts as nothing. Ends with "N passed, N failed".
set -u

cd "$(dirname "$0")/.." || exit 1
# For one program. None takes more than a minute; what hangs is stopped, and a slow machine is none that hangs.
limit=${TEST_SECONDS:-600}
jobs=${TEST_JOBS:-$(nproc)} # programs at a time; their results come in the order they were given

# No locale, no zone and no setting of the caller's may matter. The zone is one in which a local time read by mistake
# gives another day.
for name in $(compgen -e | grep '^HANCHOT_'); do
    unset "$name"
done
export LC_ALL=C.UTF-8 TZ=AAA+11 HANCHOT=$PWD/build/hanchot CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1

# Reads TAP and prints "passed failed reason"; cmocka gives one plan for each group.
count_cases='
    /^1\.\.[0-9]+/ { planned += substr($1, 4); plans++; next }
    /^ok / && !/# *[Ss][Kk][Ii][Pp]/ { passed++; next }
    /^(not )?ok / { failed++; next }
    END {
        if (!plans) why = "printed no plan"
        else if (planned != passed + failed) why = "planned " planned " cases, ran " passed + failed
        else if (!planned) why = "has no case"
        print passed + 0, failed + 0, why
    }'

# Thread sanitizer of gcc 12 needs addresses that a kernel with wide randomisation does not give.
plain_addresses=
setarch -R true 2>/dev/null && plain_addresses='setarch -R'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_program() { # PROGRAM RESULT: leaves RESULT.out, .err and, last, .end with the exit status and milliseconds
    local wrap='' began=${EPOCHREALTIME/./} status
    case $1 in build/tsan/*) wrap=$plain_addresses ;; esac
    # shellcheck disable=SC2086 # the wrapper is meant to be split
    timeout -k 20 "$limit" $wrap "$1" >"$2.out" 2>"$2.err" </dev/null
    status=$?
    echo "$status $(((${EPOCHREALTIME/./} - began) / 1000))" >"$2.part"
    mv "$2.part" "$2.end"
}

show_output() { # RESULT FAILED WHY: what a person needs to find the fault, far from the machine on which it came up
    if [ -n "$3" ]; then # it did not run as it should: how far it came
        sed 's/^/    /' "$1.out"
    else
        awk '!/^ok / || /# *[Ss][Kk][Ii][Pp]/ { print "    " $0 }' "$1.out"
    fi
    # A case that failed half-way also leaks; that is not the fault to look for.
    if [ "$2" = 0 ]; then cat "$1.err"; else sed '/ERROR: LeakSanitizer/,$d' "$1.err"; fi |
        head -n 1000 | sed 's/^/    /'
}

total_passed=0
total_failed=0

report() { # PROGRAM RESULT
    local status took passed failed why
    if [ ! -x "$1" ]; then
        printf 'FAIL %s: is not there (did not build?)\n' "$1"
        total_failed=$((total_failed + 1))
        return
    fi
    read -r status took <"$2.end"
    read -r passed failed why < <(awk "$count_cases" "$2.out")
    if [ "$status" = 124 ] || { [ "$status" = 137 ] && [ "$took" -ge $((limit * 1000)) ]; }; then
        why="timed out after $limit seconds"
    elif [ "$status" != 0 ] && { [ "$failed" = 0 ] || [ -n "$why" ]; }; then
        why="${why:+$why, }ended with status $status"
    fi
    total_passed=$((total_passed + passed))
    total_failed=$((total_failed + failed + (${#why} > 0)))
    if [ "$failed" = 0 ] && [ -z "$why" ]; then
        printf 'ok   %-44s %4d passed  %6d ms\n' "$1" "$passed" "$took"
    else
        printf 'FAIL %-44s %4d passed, %d failed%s\n' "$1" "$passed" "$failed" "${why:+ ($why)}"
        show_output "$2" "$failed" "$why"
    fi
    sed -n 's/^# not run: /NOT RUN /p' "$2.out"
}

if [ "${1:-}" = --broken ]; then
    echo "FAIL the build of${2:+ ${2# }}"
    total_failed=1
    shift 2
fi

programs=("$@")
reported=0
report_ended() { # those whose turn it is
    while [ "$reported" -lt "${#programs[@]}" ] &&
        { [ -e "$work/$reported.end" ] || [ ! -x "${programs[reported]}" ]; }; do
        report "${programs[reported]}" "$work/$reported"
        reported=$((reported + 1))
    done
}

running=0
for i in "${!programs[@]}"; do
    [ -x "${programs[i]}" ] || continue
    if [ "$running" -ge "$jobs" ]; then
        wait -n
        running=$((running - 1))
        report_ended
    fi
    run_program "${programs[i]}" "$work/$i" &
    running=$((running + 1))
done
wait
report_ended

echo "$total_passed passed, $total_failed failed"
[ "$total_failed" = 0 ] && [ "$total_passed" -gt 0 ]
