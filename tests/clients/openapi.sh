#!/bin/bash
# /api/v1/openapi.json against what the daemon really answers: nothing undescribed, nothing described that is not so.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

serve_start --at 2026-11-20
curl -sS --fail "$url/api/v1/openapi.json" >"$work/openapi.json"
/usr/bin/python3 - "$url" "$work/openapi.json" >"$work/cases" 2>"$work/trouble" <<'PYTHON'
import copy, json, re, sys, urllib.error, urllib.request
import jsonschema
url, path = sys.argv[1:]
doc = json.load(open(path))
seen = set()

def case(name, trouble=""):
    print(("not ok\t" if trouble else "ok\t") + name + "\t" + str(trouble).replace("\n", " ")[:500])

def closed(node):
    """Fields that are not described count as faults here, though clients must expect them."""
    if isinstance(node, dict):
        if "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            closed(value)
    elif isinstance(node, list):
        for value in node:
            closed(value)

strict = copy.deepcopy(doc)
closed(strict["components"]["schemas"])

def check_schema(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    for name in re.findall(r'"\$ref": "([^"]*)"', json.dumps(schema)):
        node = doc
        for step in name.removeprefix("#/").split("/"):
            node = node[step]

def ask(method, path, body=None, kind="application/json"):
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data=data, method=method)
    if data is not None:
        request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers["Content-Type"], answer.read()

def hold(name, status, method, template, query="", body=None, kind="application/json", path=None):
    seen.add((template, method.lower()))
    got, content_type, data = ask(method, (path or template) + query, body, kind)
    try:
        assert got == status, f"status {got}: {data[:200]}"
        operation = doc["paths"][template][method.lower()]
        for parameter in re.findall(r"[?&]([^=&]*)", query):
            assert parameter in [p["name"] for p in operation["parameters"]], f"parameter {parameter} is not described"
        described = operation["responses"][str(got)]
        content = described.get("content")
        if content is None:
            return case(name)
        media = content_type.split(";")[0]
        assert media in content, f"{media} is not described"
        if media == "application/json":
            schema = strict["paths"][template][method.lower()]["responses"][str(got)]["content"][media]["schema"]
            answer = json.loads(data)
            assert answer != [], "nothing to hold against"
            jsonschema.Draft202012Validator({**schema, "components": strict["components"]}).validate(answer)
        if body is not None and kind == "application/json" and got < 300:
            schema = operation["requestBody"]["content"][kind]["schema"]
            jsonschema.Draft202012Validator({**schema, "components": strict["components"]}).validate(body)
        case(name)
    except (AssertionError, KeyError, jsonschema.ValidationError) as trouble:
        case(name, f"{type(trouble).__name__}: {trouble}")

case("it is OpenAPI 3.1", "" if doc["openapi"].startswith("3.1.") and {"title", "version"} <= doc["info"].keys() else doc["openapi"])
try:
    check_schema({"components": doc["components"], "allOf": list(doc["components"]["schemas"].values())})
    check_schema(doc["paths"])
    case("its schemas are schemas, its references lead somewhere")
except Exception as trouble:
    case("its schemas are schemas, its references lead somewhere", repr(trouble))

hold("all items", 200, "GET", "/api/v1/items")
hold("items of a plan", 200, "GET", "/api/v1/items", "?plan=haiphong-2026&unit=haiphong/PC06&lang=en")
hold("an unknown plan", 422, "GET", "/api/v1/items", "?plan=haiphong-2027")
hold("everything due", 200, "GET", "/api/v1/due")
hold("due of an office, every state", 200, "GET", "/api/v1/due", "?unit=haiphong/PV01&from=2025-01-01&to=2027-12-31")
hold("due with what has no day", 200, "GET", "/api/v1/due", "?undated=1")
hold("a day that does not exist", 422, "GET", "/api/v1/due", "?from=2026-02-31")
hold("verdicts", 200, "GET", "/api/v1/kpi")
hold("verdicts of another day", 200, "GET", "/api/v1/kpi", "?plan=haiphong-2026&as-of=2026-06-30&known-on=2026-11-20&unit=haiphong/PC06")
hold("verdicts of a plan that is not there", 422, "GET", "/api/v1/kpi", "?plan=x")
score = b"unit;metric;period;value\ntinh/BACNINH;index766.progress.points;2026-W46;19,20\ntinh/BACNINH;index766.total;2026-W46;92,28\n"
uid = "haiphong-2026:III.3.c:2026-%02d:haiphong/PC06"
hold("done", 200, "POST", "/api/v1/progress", body={"uid": uid % 10, "action": "done", "on": "2026-10-20", "by": "A", "note": "B"})
hold("done, two", 200, "POST", "/api/v1/progress", body={"uid": [uid % 9, uid % 8], "action": "done"})
hold("reopened", 200, "POST", "/api/v1/progress", body={"uid": uid % 10, "action": "reopen"})
hold("extended", 200, "POST", "/api/v1/progress", body={"uid": uid % 11, "action": "extend", "to": "2026-12-01", "why": "C"})
hold("cancelled", 200, "POST", "/api/v1/progress", body={"uid": uid % 12, "action": "cancel", "why": "C"})
hold("done though cancelled", 409, "POST", "/api/v1/progress", body={"uid": uid % 12, "action": "done"})
hold("by row", 200, "POST", "/api/v1/progress", body={"action": "done", "plan": "haiphong-2026", "ref": "III.3.c", "period": "2026-07", "unit": "PC06"})
hold("an unknown one", 422, "POST", "/api/v1/progress", body={"uid": "x", "action": "done"})
hold("not JSON by name", 403, "POST", "/api/v1/progress", body=b"{}", kind="text/plain")
event = {"event": "plan-received", "plan": "haiphong-2026", "unit": "haiphong/PC06", "on": "2026-02-02"}
hold("an event", 200, "POST", "/api/v1/events", body=event)
hold("its correction", 200, "POST", "/api/v1/events", body={**event, "on": "2026-02-03", "note": "D", "by": "E"})
hold("taken back", 200, "POST", "/api/v1/events", body={**event, "on": "2026-02-03", "withdraw": True, "note": "D"})
hold("an unknown event", 422, "POST", "/api/v1/events", body={**event, "event": "x"})
row = {"unit": "haiphong/PC06", "metric": "dossiers.received", "period": "2026-10", "value": 5}
hold("figures as JSON", 200, "POST", "/api/v1/figures", body=[row])
hold("corrected as CSV", 200, "POST", "/api/v1/figures", body=b"unit,metric,period,value\nPC06,dossiers.received,2026-10,6\n",
     kind="text/csv", query="?org=haiphong&by=F")
hold("the good rows", 200, "POST", "/api/v1/figures", query="?partial=1", body=[row, {**row, "metric": "x"}])
hold("tried only", 200, "POST", "/api/v1/figures", query="?dry_run=1&restore=1", body=[{**row, "value": 9}])
hold("figures with faults", 422, "POST", "/api/v1/figures", body=[{**row, "metric": "x"}])
hold("verdicts with figures", 200, "GET", "/api/v1/kpi", "?unit=haiphong/PC06")
hold("points come in", 200, "POST", "/api/v1/figures", body=score, kind="text/csv")
hold("scorecards", 200, "GET", "/api/v1/scorecard")
hold("one scorecard", 200, "GET", "/api/v1/scorecard", "?id=index-766&unit=tinh/BACNINH&period=2026-W46&as-of=2026-11-20&known-on=2026-11-20&lang=en")
hold("an unknown scorecard", 422, "GET", "/api/v1/scorecard", "?id=x")
hold("a scorecard explained", 200, "GET", "/api/v1/explain", "?id=index-766&unit=tinh/BACNINH")
hold("a day explained", 200, "GET", "/api/v1/explain", "?id=" + uid % 11 + "&full=1&lang=en")
hold("a limit explained", 200, "GET", "/api/v1/explain", "?id=haiphong-2026:III.3.b:2026&unit=haiphong/PC06&full=1")
hold("what many units lead explained", 200, "GET", "/api/v1/explain", "?id=haiphong-2026:III.3.c:2026-11")
hold("the next turn of a row explained", 200, "GET", "/api/v1/explain", "?id=haiphong-2026:III.3.c")
hold("the next turn of an office explained", 200, "GET", "/api/v1/explain", "?id=haiphong-2026:III.3.c&unit=haiphong/PC06")
hold("a verdict explained", 200, "GET", "/api/v1/explain", "?id=haiphong-2026:7.2.3%23online&unit=haiphong/PC06&period=2026-10&as-of=2026-11-20&known-on=2026-11-20")
hold("verdicts explained", 200, "GET", "/api/v1/explain", "?id=haiphong-2026:2.2.1%23published&full=1")
hold("nothing to explain", 422, "GET", "/api/v1/explain", "?id=x")
hold("alerts", 200, "GET", "/api/v1/alerts")
hold("alerts, answered ones too", 200, "GET", "/api/v1/alerts", "?unit=haiphong/PC06&all=1")
hold("what will be told", 200, "GET", "/api/v1/alerts", "?next=1")
hold("what was told", 200, "GET", "/api/v1/alerts", "?ledger=1")
key = ["/api/v1/alerts/%s/" % alert["key"] for alert in json.loads(ask("GET", "/api/v1/alerts")[2])]
hold("acknowledged", 200, "POST", "/api/v1/alerts/{key}/ack", body={"by": "G"}, path=key[0] + "ack")
hold("snoozed", 200, "POST", "/api/v1/alerts/{key}/snooze", body={"until": "2026-11-25", "by": "G"}, path=key[1] + "snooze")
hold("snoozed without an end", 422, "POST", "/api/v1/alerts/{key}/snooze", body={}, path=key[2] + "snooze")
hold("an unknown alert", 422, "POST", "/api/v1/alerts/{key}/ack", body={}, path="/api/v1/alerts/x/ack")
seen.add(("/api/v1/alerts/stream", "get"))
with urllib.request.urlopen(url + "/api/v1/alerts/stream", timeout=120) as stream:
    media = stream.headers["Content-Type"].split(";")[0]
    case("the stream", "" if media in doc["paths"]["/api/v1/alerts/stream"]["get"]["responses"]["200"]["content"] else media)
hold("itself", 200, "GET", "/api/v1/openapi.json")
hold("a feed", 200, "GET", "/calendars/{feed}.ics", "?alarms=1&as=todo", path="/calendars/unit/haiphong/PC06.ics")
hold("an unknown feed", 404, "GET", "/calendars/{feed}.ics", path="/calendars/x.ics")
hold("an unknown link", 404, "GET", "/s/{token}/{file}", path="/s/x/y.ics")
for path in "/metrics", "/healthz", "/readyz":
    hold(path, 200, "GET", path)
missed = {(path, method) for path, node in doc["paths"].items() for method in node} - seen
case("every operation was tried", missed or "")
PYTHON
while IFS=$'\t' read -r result name trouble; do
    nothing "$name" "$([ "$result" = ok ] || echo "$trouble")"
done <"$work/cases"
nothing "the test ran to its end" "$(cat "$work/trouble")"
nothing "every path of the API that is answered is described" \
    "$(grep -oh '"/api/v1/[a-z./]*[a-z]"' engine/shell/*.c | sort -u | tr -d '"' | while read -r path; do
        grep -q "\"${path}[\"/]" "$work/openapi.json" || echo "$path"
    done)"
finish
