#!/bin/bash
# site.lua that changes while the daemon runs: taken up where that is safe, a faulty one told and not used, and what needs a restart
# is said.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/receivers/receivers.sh

site=$work/site/site.lua
mkdir "$work/site"
write() { # TEXT: as editors do it: a new file under the old name
    printf '%s\n' 'api(1)' "$1" >"$work/new.lua"
    mv "$work/new.lua" "$site"
}
feed() { curl -sS --fail "$url/calendars/unit/haiphong/PC06.ics" | tr -d '\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g'; }
feed_has() { feed | grep -qF -- "$1"; }
page() { curl -sS "$url/"; }
page_has() { page | grep -qF -- "$1"; }
page_lacks() { ! page_has "$1"; }
logged() { grep -qF -- "$1" "$work/serve.log"; }
told() { "$HANCHOT" alerts --ledger --unit haiphong/PC06 --format csv --db "$work/test.db" --site "$site" --at "$at" | tail -n +2 | grep -c .; }
told_some() { [ "$(told)" -gt 0 ]; }

# Before the hours in which alerts are told.
at=2026-11-20T08:00
write 'site { url = "https://a.example.org", lang = "vi", hours = "09:00-17:00" }'
receivers_start
# The worker is told by its environment, as programs with libcurl are: the receiver stands in for the proxy.
export http_proxy=http://127.0.0.1:$call_port no_proxy=127.0.0.1
serve_start --at $at --site "$site"
check "the address of the start" feed_has 'https://a.example.org/turns/'
check "and its language" page_has '<html lang="vi"'
check "the alerts were looked at" wait_for 60 sh -c "curl -sS '$url/metrics' | grep -q '^hanchot_alerts_open{'"
same "outside of the hours nothing is told" 0 "$(told)"

write 'site { url = "https://b.example.org", lang = "vi", hours = "09:00-17:00" }'
check "another address" wait_for 60 feed_has 'https://b.example.org/turns/'
check "is in the feed alone" test "$(feed | grep -c 'https://a.example.org')" = 0
check "the log says so" wait_for 60 logged "$site: đã dùng các thiết lập mới"

write 'site { url = "https://b.example.org", lang = "en", hours = "09:00-17:00" }'
check "another language" wait_for 60 page_has '<html lang="en"'
check "of feeds too" feed_has 'Lead: '
write 'site { url = "https://b.example.org", lang = "vi", hours = "07:30-17:00" }'
check "other hours: what was due is told" wait_for 60 told_some

# With a fault in it.
write 'site { url = "https://c.example.org", lang = "vi",
  hours = "07:30-25:00" }'
check "a faulty one is told with its line" wait_for 60 logged "$site:2: hours phải như"
check "the last good one stays" wait_for 60 logged "$site có lỗi: vẫn dùng các thiết lập tốt gần nhất"
check "is on the pages" wait_for 60 page_has "<code>$site:2</code>"
check "and nothing of it is in use" feed_has 'https://b.example.org/turns/'
check "those who run hanchot get an alert" wait_for 60 sh -c "curl -sS '$url/api/v1/alerts' | grep -qF 'rule_fault:$site'"
write 'site { url = "https://c.example.org", lang = "vi", hours = "07:30-17:00",'
check "one that cannot be read at all" wait_for 60 logged "$site:3:"
check "neither" feed_has 'https://b.example.org/turns/'
write 'site { url = "https://c.example.org", lang = "vi", hours = "07:30-17:00" }'
check "mended" wait_for 60 feed_has 'https://c.example.org/turns/'
check "the fault is gone" wait_for 60 page_lacks "<code>$site:"

# Channels.
write 'site { url = "https://c.example.org", lang = "vi", hours = "07:30-17:00",
  mail = { server = "127.0.0.1:1", tls = "none", from = "hanchot@example.org" },
  recipients = { ["haiphong/NOBODY"] = "a@example.org" } }'
check "who gets nothing is said" wait_for 60 logged "$site:4: không có đơn vị haiphong/NOBODY"

printf 'chìa khóa\n' >"$work/site/secret"
called() { grep -q '^POST http://localhost:9/hook ' "$calls"/[0-9]*; }
write 'site { url = "https://c.example.org", lang = "vi", hours = "07:30-17:00",
  webhooks = { { name = "chat", url = "http://localhost:9/hook", secret_file = "secret" } } }'
check "a new webhook is called, by the proxy of the environment" wait_for 60 called

# What only a restart changes.
write 'site { url = "https://d.example.org/lich", lang = "vi", hours = "07:30-17:00" }'
check "a path needs a restart" wait_for 60 logged "$site: đường dẫn trong url đổi khi dịch vụ khởi động lại"
check "until then the former address" feed_has 'https://c.example.org/turns/'
write 'site { url = "https://e.example.org", lang = "vi", tls = { certificate = "c.pem", key = "k.pem" } }'
check "a certificate needs a restart" wait_for 60 logged "$site: tls đổi khi dịch vụ khởi động lại"
write 'site { url = "https://e.example.org", lang = "vi", proxy = { behind = true } }'
check "to be behind a proxy needs a restart" wait_for 60 logged "$site: proxy đổi khi dịch vụ khởi động lại"
check "what does not is in use" wait_for 60 feed_has 'https://e.example.org/turns/'
rm "$site"
check "a file that is gone is told" wait_for 60 logged "$site không còn"
check "and its settings stay" feed_has 'https://e.example.org/turns/'
serve_stop
finish
