#!/bin/bash
# The rule files' own tests, each one case: what `hanchot test` counts, held against the tests that stand in the files.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

said=$("$HANCHOT" test --lang en --rules rules --calendars calendars --db "$work/none.db" 2>"$work/faults")
status=$?
read -r passed failed < <(sed -n '$s/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' <<<"$said")
if [ -z "${failed:-}" ]; then
    fail "hanchot test runs to its end" "$said"$'\n'"$(cat "$work/faults")"
    finish
fi

for ((i = 1; i <= passed; i++)); do
    pass "rule test"
done
for ((i = 1; i <= failed; i++)); do
    fail "rule test" "$([ "$i" -gt 1 ] || cat "$work/faults")"
done
same "every test that stands in a rule file ran" "$(cat rules/*.lua calendars/*.lua | grep -cE '^test[ (]')" $((passed + failed))
same "the exit status tells" "$((failed > 0))" "$status"
finish
