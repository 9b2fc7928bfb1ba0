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
# Alerts and figures, and that the checker takes them where they are not nothing.
alerts=$(curl -sS "$url/api/v1/alerts")
for kind in due_soon overdue; do
    same "alerts open: $kind" "$(grep -o '"kind":"'$kind'"' <<<"$alerts" | grep -c .)" \
        "$(curl -sS "$url/metrics" | awk -v kind="kind=\"$kind\"" 'index($1, "hanchot_alerts_open") && index($1, kind) { n += $2 } END { print n }')"
done
key=$(grep -o '"key":"backlog:[^"]*"' <<<"$alerts" | head -n 1 | cut -d'"' -f4)
"$HANCHOT" ack "$key" --db "$work/test.db" >/dev/null
same "an acknowledged one is counted apart" 1 "$(value hanchot_alerts_answered)"
same "no figures yet" "0 0" "$(value hanchot_figures) $(value hanchot_last_figures_timestamp_seconds)"
"$HANCHOT" ingest --sample --db "$work/test.db" samples/haiphong-2026.csv >/dev/null
check "figures are counted" test "$(value hanchot_figures)" -ge 100
same "as one file" 1 "$(value hanchot_figure_intakes)"
same "of that moment" "$(date -d 2026-11-20T08:00+07:00 +%s)" "$(value hanchot_last_figures_timestamp_seconds)"
nothing "promtool still has nothing to say" "$(lint 2>&1)"
finish
