#!/bin/bash
# Each plan as `hanchot review` writes it out, held against tests/golden/<plan>.txt: a change of rules, calendar or wording shows
# as a difference that a person can read. When it is right: tests/golden.sh --accept
set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh

for rules in rules/*.lua; do
    plan=$(sed -n 's/^plan "\([^"]*\)".*/\1/p' "$rules")
    [ -n "$plan" ] || continue
    "$HANCHOT" review "$plan" --lang vi --db "$work/none.db" >"$work/$plan.txt" 2>/dev/null
    if [ "${1:-}" = --accept ]; then
        cp "$work/$plan.txt" "tests/golden/$plan.txt"
    fi
    check "review of $plan is as accepted" diff -u "tests/golden/$plan.txt" "$work/$plan.txt"
done
same 'all five plans were written out' 5 "$tap_cases"
finish
