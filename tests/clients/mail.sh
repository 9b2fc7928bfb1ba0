#!/bin/bash
# Mail by a real server (exim, STARTTLS and log-in), read back by Python's mail parser; webhooks over TLS by a receiver that verifies
# who sent them. The daemon is killed again and again meanwhile: each arrives, once to the eye.
# shellcheck disable=SC2317 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

python=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1
stop() {
    serve_stop
    port_give
    [ -z "${exim:-}" ] || kill "$exim"
    [ -z "${hook:-}" ] || kill "$hook"
}
trap 'stop; tap_clean' EXIT

# --- A mail server of our own: it lets nobody in without TLS and a password, and keeps what comes in a Maildir

cp tests/http/tls/*.pem "$work/"
chmod 755 "$work"
mkdir "$work/spool" "$work/mails"
port_keep
port=$kept_port
cat >"$work/exim.conf" <<EXIM
primary_hostname = mail.example.gov.vn
domainlist local_domains = example.gov.vn
spool_directory = $work/spool
log_file_path = $work/exim-%s
pid_file_path = $work/exim.pid
daemon_smtp_ports = $port
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = $work/certificate.pem
tls_privatekey = $work/key.pem
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
acl_smtp_rcpt = rcpt
smtp_accept_max = 100
begin acl
rcpt:
  deny message = log in first
       !authenticated = *
  deny message = no such mailbox here
       local_parts = nobody
  accept domains = +local_domains
  deny
begin routers
all:
  driver = accept
  transport = keep
begin transports
keep:
  driver = appendfile
  directory = $work/mails
  maildir_format
  user = Debian-exim
  group = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{hanchot}}{eq{\$auth3}{mật khẩu}}}}
  server_set_id = \$auth2
EXIM
chown -R Debian-exim:Debian-exim "$work/spool" "$work/mails" "$work/key.pem"
touch "$work/exim-main" "$work/exim-reject" "$work/exim-panic"
chown Debian-exim "$work"/exim-*
exim4 -C "$work/exim.conf" -bdf >"$work/exim.log" 2>&1 &
exim=$!
listens() {
    (exec 4<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
}
check "the mail server listens" wait_for 60 listens
printf 'mật khẩu\n' >"$work/password"
printf 'khóa để ký\n' >"$work/secret"
$python tests/clients/webhook.py "$work/certificate.pem" "$work/key.pem" "$work/secret" "$work/calls" >"$work/hook_port" &
hook=$!
check "the receiver of webhooks listens" wait_for 60 test -s "$work/hook_port"
hook_port=$(<"$work/hook_port")
: >"$work/calls"

site() { # PASSWORD-FILE ADDRESS
    cat >"$work/site.lua" <<SITE
api(1)
site {
    url = "https://hanchot.example.gov.vn",
    mail = {
        server = "127.0.0.1:$port", tls = "starttls", ca = "certificate.pem",
        user = "hanchot", password_file = "$1",
        from = "Hạn chót – Công an thành phố <hanchot@example.gov.vn>", digest = "08:00",
    },
    recipients = { ["haiphong/PC06"] = "$2", ["haiphong/PV01"] = "pv01@example.gov.vn" },
    webhooks = {
        { name = "chat", url = "https://127.0.0.1:$hook_port/in", secret_file = "secret", ca = "certificate.pem",
          units = { "haiphong/PC06", "haiphong/PV01" } },
    },
}
SITE
}
waiting() {
    curl -sS "$url/metrics" | sed -n 's/^hanchot_deliveries_waiting //p'
}
sent() {
    curl -sS "$url/metrics" | grep -Eq '^hanchot_alert_looks_total [1-9]' && [ "$(waiting)" = 0 ]
}
mails() {
    $python tests/clients/mails.py "$work/mails"
}
ids() {
    mails | sed -n 's/^<\([0-9a-f]*\)@.*/\1/p'
}
came() { # NUMBER: mails that are all in the Maildir
    [ "$(ids | wc -l)" -ge "$1" ]
}
delivered() { # by the server, into the Maildir
    [ "$(exim4 -C "$work/exim.conf" -bpc)" = 0 ]
}
clear() {
    wait_for 60 delivered || fail "the mail server has delivered what it took"
    rm -rf "$work"/test.db* "$work"/mails/new/*
    : >"$work/calls"
}

# --- Words and looks

site password pc06@example.gov.vn
serve_start --at 2026-11-20T08:00 --site "$work/site.lua"
check "taken by the server" wait_for 60 sent
check "and kept by it" wait_for 60 came 2
mails >"$work/read"
mail=$(grep -A30 'pc06@' "$work/read" | head -n 30)
check "whole by the rules of mail" grep -q '| sound$' <<<"$mail"
nothing "all of them" "$(grep '^<' "$work/read" | grep -v '| sound$')"
check "its subject" grep -qF '| Hạn chót 20/11/2026: 1 quá hạn, 1 sắp tới, 1 khác |' <<<"$mail"
check "its sender" grep -qF '| Hạn chót – Công an thành phố <hanchot@example.gov.vn> |' <<<"$mail"
check "its date" grep -qF '| Fri, 20 Nov 2026 08:00:00 +0700 |' <<<"$mail"
check "plain text and HTML" grep -qF '| multipart/alternative |' <<<"$mail"
check "which say the same" grep -qF '| the HTML says the same |' <<<"$mail"
check "no machine answers it" grep -qF '| auto-generated |' <<<"$mail"
check "its words" grep -qxF '    - Còn 1 ngày làm việc: Báo cáo tháng về kết quả thực hiện' <<<"$mail"
check "past, coming, other, in this order" grep -q 'Quá hạn (1).*Sắp tới (1).*Việc khác (1)' <<<"${mail//$'\n'/ }"
check "its link" grep -qF 'https://hanchot.example.gov.vn/items/haiphong-2026/III.3.c' <<<"$mail"
check "it came by TLS and a log-in" grep -q 'X=TLS.*A=plain:hanchot' "$work/exim-main"
nothing "nothing came otherwise" "$(grep '<=' "$work/exim-main" | grep -v 'A=plain:hanchot')"
same "a call, signed by whom it should be" "genuine" "$(cut -d' ' -f2 "$work/calls")"
check "its words" grep -q ' 2 quá hạn, 1 sắp tới, [0-9]* khác$' "$work/calls"
serve_stop

# --- Who is refused

clear
site secret pc06@example.gov.vn
serve_start --at 2026-11-20T08:00 --site "$work/site.lua"
check "a wrong password" wait_for 60 grep -q 'mail:pc06@.*chưa gửi được (lần thứ 1), sẽ thử lại: .*Login denied' "$work/serve.log"
waits() { [ "$(waiting)" = "$1" ]; }
check "is no refusal for good" wait_for 60 waits 2
serve_stop
site password pc06@example.gov.vn
serve_start --at 2026-11-20T08:01 --site "$work/site.lua"
check "once it is mended" wait_for 60 sent
check "the mails go" wait_for 60 came 2
serve_stop
clear
site password nobody@example.gov.vn
serve_start --at 2026-11-20T08:00 --site "$work/site.lua"
check "a mailbox that is none" wait_for 60 grep -q 'mail:nobody@.*bị từ chối, không gửi lại: .*550 no such mailbox here' "$work/serve.log"
check "is refused for good" wait_for 60 sent
check "and shown" grep -q 'nobody@example.gov.vn.*bị từ chối' \
    <("$HANCHOT" alerts --ledger --site "$work/site.lua" --at 2026-11-20T09:00 --db "$work/test.db" --lang vi)
serve_stop
clear
sed -i 's/ca = "certificate.pem",//' "$work/site.lua"
serve_start --at 2026-11-20T08:00 --site "$work/site.lua"
check "a server that cannot show who it is gets no password" wait_for 60 grep -qi 'pv01@.*sẽ thử lại: .*certificate' "$work/serve.log"
serve_stop

# --- Killed at any moment

days='2026-11-20 2026-11-23 2026-11-25 2026-11-27 2026-11-30 2026-12-02'
site password pc06@example.gov.vn
clear
for day in $days; do
    serve_start --at "${day}T08:00" --site "$work/site.lua"
    wait_for 60 sent || fail "all of $day is sent"
    serve_stop
done
wait_for 60 delivered
sort <(ids) <(cut -d' ' -f1 "$work/calls") >"$work/undisturbed"
nothing "undisturbed: each once" "$(uniq -d "$work/undisturbed")"
clear
for day in $days; do
    for _ in 1 2 3 4 5 6 7; do
        "$HANCHOT" serve --at "${day}T08:00" --site "$work/site.lua" --db "$work/test.db" --listen 127.0.0.1:0 >/dev/null 2>&1 &
        daemon=$!
        read -rt "0.$((RANDOM % 40 + 5))" -u "$pause" || true
        kill -KILL $daemon
        wait $daemon 2>/dev/null
    done
    serve_start --at "${day}T08:00" --site "$work/site.lua"
    wait_for 60 sent || fail "all of $day is sent after kills"
    serve_stop
done
wait_for 60 delivered
sort -u <(ids) <(cut -d' ' -f1 "$work/calls") >"$work/killed"
nothing "42 kills: the same keys arrive" "$(diff "$work/undisturbed" "$work/killed")"
check "which are not few" test "$(wc -l <"$work/killed")" -ge 15
nothing "no call is forged" "$(grep -v ' genuine ' "$work/calls")"
nothing "what came twice is the same mail" "$(mails | grep '^<' | sort -u | cut -d' ' -f1 | uniq -d)"
finish
