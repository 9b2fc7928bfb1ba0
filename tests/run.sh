#!/bin/bash
# Runs test programs that print TAP and counts their cases: run.sh [--broken WHAT] PROGRAM…
#
# Every kind of test goes through here: cmocka programs, shell scripts, golden runs, real clients. A case that was skipped
# failed, since it did not run. A program that is missing, prints no plan, runs other than the planned number of cases or
# ends with an error while all cases passed adds a failure of its own; so does WHAT, whose build failed. Ends with
# "N passed, N failed".
set -u

cd "$(dirname "$0")/.." || exit 1
limit=${TEST_SECONDS:-120} # for one program

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

run_program() { # PROGRAM: leaves $work/out and $work/err, sets status
    local wrap=
    case $1 in build/tsan/*) wrap=$plain_addresses ;; esac
    # shellcheck disable=SC2086 # the wrapper is meant to be split
    timeout -k 5 "$limit" $wrap "$1" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    if [ "$status" = 124 ]; then
        echo "stopped after $limit seconds" >>"$work/err"
    fi
}

show_output() { # what a person needs to find the fault
    awk '!/^ok / || /# *[Ss][Kk][Ii][Pp]/ { print "    " $0 }' "$work/out"
    # A case that failed half-way also leaks; that is not the fault to look for.
    if [ "$failed" = 0 ]; then cat "$work/err"; else sed '/ERROR: LeakSanitizer/,$d' "$work/err"; fi |
        head -n 80 | sed 's/^/    /'
}

total_passed=0
total_failed=0
if [ "${1:-}" = --broken ]; then
    echo "FAIL the build of${2:+ ${2# }}"
    total_failed=1
    shift 2
fi
for program in "$@"; do
    if [ ! -x "$program" ]; then
        printf 'FAIL %s: is not there (did not build?)\n' "$program"
        total_failed=$((total_failed + 1))
        continue
    fi
    began=${EPOCHREALTIME/./}
    run_program "$program"
    read -r passed failed why < <(awk "$count_cases" "$work/out")
    if [ "$status" != 0 ] && { [ "$failed" = 0 ] || [ -n "$why" ]; }; then
        why="${why:+$why, }ended with status $status"
    fi
    total_passed=$((total_passed + passed))
    total_failed=$((total_failed + failed + (${#why} > 0)))
    took=$(((${EPOCHREALTIME/./} - began) / 1000))
    if [ "$failed" = 0 ] && [ -z "$why" ]; then
        printf 'ok   %-44s %4d passed  %6d ms\n' "$program" "$passed" "$took"
    else
        printf 'FAIL %-44s %4d passed, %d failed%s\n' "$program" "$passed" "$failed" "${why:+ ($why)}"
        show_output
    fi
done

echo "$total_passed passed, $total_failed failed"
[ "$total_failed" = 0 ] && [ "$total_passed" -gt 0 ]
