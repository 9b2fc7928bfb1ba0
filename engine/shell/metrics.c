/* /metrics: what a monitor wants to know of the daemon, as Prometheus text 0.0.4. Names stay as they are:
 * people write alarms on them. */
#include "shell/daemon.h"

#include "base/log.h"
#include "base/version.h"
#include "ledger/outbox.h"
#include "shell/proving.h"
#include "shell/telling.h"
#include "time/clock.h"

#include <inttypes.h>

static void head(struct text *out, const char *name, const char *type, const char *help)
{
    text_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void counter(struct text *out, const char *name, const char *help, uint64_t value)
{
    head(out, name, "counter", help);
    text_addf(out, "%s %" PRIu64 "\n", name, value);
}

static void gauge(struct text *out, const char *name, const char *help, uint64_t value)
{
    head(out, name, "gauge", help);
    text_addf(out, "%s %" PRIu64 "\n", name, value);
}

static void http_metrics(struct text *out, const struct http_counts *counts)
{
    counter(out, "hanchot_http_requests_total", "Requests whose headers were read.", counts->requests);
    counter(out, "hanchot_http_not_modified_total", "Answers with status 304.", counts->not_modified);
    counter(out, "hanchot_http_client_errors_total", "Answers with status 4xx.", counts->client_errors);
    counter(out, "hanchot_http_server_errors_total", "Answers with status 5xx.", counts->server_errors);
    counter(out, "hanchot_http_queue_full_total", "Requests turned away because the engine's queue was full.",
            counts->queue_full);
    counter(out, "hanchot_http_refused_connections_total",
            "Connections turned away because too many were open.", counts->refused_connections);
    gauge(out, "hanchot_http_connections", "Open connections.", counts->connections);
    gauge(out, "hanchot_http_waiting_requests", "Requests that wait for the engine.", counts->waiting);
    gauge(out, "hanchot_http_streams", "Open event streams.", counts->streams);
}

static void occurrence_metrics(struct text *out, const struct outlook *outlook)
{
    size_t counts[STATE_STANDING + 1] = {0};
    for (size_t i = 0; outlook && i < outlook->n; i++)
        counts[outlook->list[i].state]++;
    head(out, "hanchot_occurrences", "gauge", "Deadlines by how they stand, closed plans included.");
    for (int state = 0; state <= STATE_STANDING; state++)
        text_addf(out, "hanchot_occurrences{state=\"%s\"} %zu\n", state_name((enum state)state),
                  counts[state]);
}

static void alert_metrics(struct text *out, const struct daemon *daemon)
{
    const struct telling_counts counts = telling_counts(daemon);
    head(out, "hanchot_alerts_open", "gauge", "Alerts that nobody has answered, by kind and severity.");
    for (int kind = 0; kind <= ALERT_CALENDAR_PROVISIONAL; kind++)
        for (int severity = 0; severity <= ALERT_CRITICAL; severity++)
            text_addf(out, "hanchot_alerts_open{kind=\"%s\",severity=\"%s\"} %zu\n",
                      alert_kind_name((enum alert_kind)kind),
                      alert_severity_name((enum alert_severity)severity), counts.open[kind][severity]);
    gauge(out, "hanchot_alerts_answered", "Alerts that are acknowledged or put off.", counts.answered);
    gauge(out, "hanchot_alerts_waiting",
          "Alerts, then addresses and webhooks, that are still to be looked at, where there are very many.",
          telling_waiting(daemon));
}

static void figure_metrics(struct text *out, const struct figures *figures)
{
    size_t n = figures ? figures->n_intakes : 0;
    int64_t last = 0;
    for (size_t i = 0; i < n; i++)
        if (figures->intakes[i].recorded_at > last)
            last = figures->intakes[i].recorded_at;
    gauge(out, "hanchot_figures", "Figures that stand in the ledger.", figures ? figures->n : 0);
    gauge(out, "hanchot_figure_intakes", "Files and messages of figures that were taken.", n);
    gauge(out, "hanchot_last_figures_timestamp_seconds", "When figures last came in; 0: never.",
          (uint64_t)last);
}

/* ---- how long the engine's turns take ---- */

static const struct {
    int64_t us;
    const char *seconds;
} bounds[TURN_BOUNDS] = {{1000, "0.001"}, {5000, "0.005"}, {10000, "0.01"}, {50000, "0.05"},
                         {100000, "0.1"}, {500000, "0.5"}, {1000000, "1"}};

void metrics_turn(struct daemon *daemon, enum tick tick, int64_t us)
{
    struct turns *turns = &daemon->turns[tick];
    for (int i = TURN_BOUNDS; i-- && us <= bounds[i].us;)
        turns->within[i]++;
    turns->n++;
    turns->us += us;
}

static void turn_metrics(struct text *out, const struct daemon *daemon)
{
    static const char name[] = "hanchot_engine_turn_seconds";
    head(out, name, "histogram", "How long the engine was busy at a stretch with what the clock asked for.");
    for (int tick = TICK_PING; tick <= TICK_PROVE; tick++) {
        const struct turns *turns = &daemon->turns[tick];
        const char *why = tick_name((enum tick)tick);
        for (int i = 0; i < TURN_BOUNDS; i++)
            text_addf(out, "%s_bucket{for=\"%s\",le=\"%s\"} %" PRIu64 "\n", name, why, bounds[i].seconds,
                      turns->within[i]);
        text_addf(out, "%s_bucket{for=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", name, why, turns->n);
        text_addf(out, "%s_sum{for=\"%s\"} %" PRId64 ".%06d\n", name, why, turns->us / 1000000,
                  (int)(turns->us % 1000000));
        text_addf(out, "%s_count{for=\"%s\"} %" PRIu64 "\n", name, why, turns->n);
    }
}

static void engine_metrics(struct text *out, const struct daemon *daemon)
{
    int64_t age_ms = clock_monotonic_ms() - daemon->evaluated_at_ms;
    head(out, "hanchot_build_info", "gauge", "The version that runs; the value is always 1.");
    text_add(out, "hanchot_build_info{version=\"" HANCHOT_VERSION "\"} 1\n");
    counter(out, "hanchot_evaluations_total", "Evaluations of rules and ledger.",
            (uint64_t)daemon->evaluations);
    counter(out, "hanchot_verdicts_total",
            "Verdicts on KPIs taken for alerts; a figure touches what reads it.", (uint64_t)daemon->verdicts);
    counter(out, "hanchot_aside_total", "Times that long work was done aside, while readers were answered.",
            (uint64_t)daemon->asides);
    head(out, "hanchot_aside_seconds_total", "counter", "How long that took.");
    text_addf(out, "hanchot_aside_seconds_total %" PRId64 ".%06d\n", daemon->aside_us / 1000000,
              (int)(daemon->aside_us % 1000000));
    counter(out, "hanchot_aside_requests_total", "Requests answered meanwhile.",
            (uint64_t)daemon->answered_aside);
    counter(out, "hanchot_alert_looks_total", "Times that all alerts were looked at.",
            (uint64_t)telling_updates(daemon));
    counter(out, "hanchot_rule_reloads_total", "Times that changed rules were taken over.",
            (uint64_t)daemon->reloads);
    head(out, "hanchot_last_evaluation_age_seconds", "gauge", "Seconds since the last evaluation.");
    text_addf(out, "hanchot_last_evaluation_age_seconds %" PRId64 ".%03d\n", age_ms / 1000,
              (int)(age_ms % 1000));
    gauge(out, "hanchot_rules_loaded", "1 when rules are served, 0 when none are good.",
          daemon->outlook != NULL);
    gauge(out, "hanchot_rules_from_copy",
          "1 when a copy kept in the ledger is served, as the rules on disk had faults at the start.",
          daemon->copied_at != 0);
    gauge(out, "hanchot_rules_held", "1 when rules on disk wait for: hanchot accept.", daemon->held != NULL);
    gauge(out, "hanchot_rule_faults", "Faults of the rules on disk.",
          daemon->has_faults ? daemon->faults.errors : 0);
    gauge(out, "hanchot_kept_answers_bytes", "Memory of the answers kept for the present snapshot.",
          daemon->answers ? answers_bytes(daemon->answers) : 0);
}

static void delivery_metrics(struct text *out, const struct daemon *daemon)
{
    struct err err = {.lang = daemon->app->site->lang};
    int64_t waiting = 0, refused = 0;
    if (!outbox_counts(daemon->store, &waiting, &refused, &err)) {
        log_error("%s", err.text);
        return;
    }
    gauge(out, "hanchot_deliveries_waiting", "Mails and webhook calls that wait to be taken.",
          (uint64_t)waiting);
    counter(out, "hanchot_deliveries_refused_total", "Mails and webhook calls that were refused for good.",
            (uint64_t)refused);
    gauge(out, "hanchot_delivery_ways_failing", "Mail (1) and webhooks that take nothing, or not everywhere.",
          daemon->app->failing ? daemon->app->failing->n : 0);
}

static void gap_metrics(struct text *out, const struct daemon *daemon)
{
    const struct proof *proof = proving_last(daemon);
    head(out, "hanchot_notice_gaps", "gauge",
         "Reminders of the last days that did not arrive, as the daily self-check found.");
    for (int kind = 0; kind < GAP_KINDS; kind++)
        text_addf(out, "hanchot_notice_gaps{why=\"%s\"} %zu\n", gap_kind_name((enum gap_kind)kind),
                  proof ? proof->counts[kind] : 0);
}

struct answer *metrics_answer(struct daemon *daemon)
{
    struct text body = {0};
    struct http_counts counts = http_counts(daemon->http);
    engine_metrics(&body, daemon);
    turn_metrics(&body, daemon);
    occurrence_metrics(&body, daemon->outlook);
    alert_metrics(&body, daemon);
    figure_metrics(&body, daemon->figures);
    delivery_metrics(&body, daemon);
    gap_metrics(&body, daemon);
    http_metrics(&body, &counts);
    if (daemon->tls_ends)
        gauge(&body, "hanchot_tls_certificate_end_timestamp_seconds", "When the server's certificate ends.",
              (uint64_t)daemon->tls_ends);
    return answer_new(200, ANSWER_METRICS, &body, 0);
}
