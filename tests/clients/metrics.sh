#!/bin/bash
# /metrics against Prometheus' own checker, and numbers that must move with what happens.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

serve_start --at 2026-11-20
lint() { curl -sS --fail "$url/metrics" | promtool check metrics; }
value() { curl -sS "$url/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }

check "promtool takes the metrics" lint
nothing "promtool has nothing to say about them" "$(lint 2>&1)"
before=$(value hanchot_http_requests_total)
curl -sS -o /dev/null "$url/nowhere"
same "requests are counted" $((before + 2)) "$(value hanchot_http_requests_total)"
same "and errors of clients" 1 "$(value hanchot_http_client_errors_total)"
done_before=$(value 'hanchot_occurrences{state="done"}')
"$HANCHOT" "done" haiphong-2026:III.3.c:2026-11:haiphong/PC06 --at 2026-11-20 --db "$work/test.db" >/dev/null
same "a deadline done is counted at once" $((done_before + 1)) "$(value 'hanchot_occurrences{state="done"}')"
same "no faults of the rules" 0 "$(value hanchot_rule_faults)"
finish
