#!/bin/bash
# Behind nginx with TLS, set up as packaging/nginx.conf says.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
hanchot() { "$HANCHOT" "$@" --db "$work/test.db" --at $at; }
secret() { hanchot token create --format json "$@" | sed 's/.*"secret":"\([^"]*\)".*/\1/'; }
key=$(secret --key --name proxy)
link=$(secret --name máy-bàn --feed unit/haiphong/PC06)
serve_launch --at $at --behind-proxy

# nginx takes no port 0: the next one that is free.
port=18443
while (: </dev/tcp/127.0.0.1/$port) 2>/dev/null; do port=$((port + 1)); done
sed "s|http://127.0.0.1:8466|$url|" packaging/nginx.conf >"$work/hanchot.conf"
mkdir "$work/tmp"
cat >"$work/nginx.conf" <<CONFIG
daemon off;
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http {
    access_log $work/access.log;
    client_body_temp_path $work/tmp;
    proxy_temp_path $work/tmp;
    fastcgi_temp_path $work/tmp;
    uwsgi_temp_path $work/tmp;
    scgi_temp_path $work/tmp;
    server {
        listen 127.0.0.1:$port ssl;
        ssl_certificate $PWD/tests/http/tls/certificate.pem;
        ssl_certificate_key $PWD/tests/http/tls/key.pem;
        include $work/hanchot.conf;
    }
}
CONFIG
chmod 755 "$work"
check "nginx takes the configuration" nginx -t -c "$work/nginx.conf"
nginx -c "$work/nginx.conf" 2>"$work/nginx.said" &
nginx_pid=$!
trap 'kill $nginx_pid 2>/dev/null; serve_stop; tap_clean' EXIT

status() { # CURL-ARGUMENTS… PATH
    local path=${*: -1}
    curl -sS --cacert tests/http/tls/certificate.pem -D "$work/headers" -o "$work/body" -w '%{http_code}' "${@:1:$#-1}" \
        "https://127.0.0.1:$port$path"
}
# shellcheck disable=SC2317 # wait_for calls it
is_ready() { [ "$(status -H "Authorization: Bearer $key" /readyz)" = 200 ]; }
check "ready through nginx" wait_for 20 is_ready

same "strangers see nothing" 401 "$(status /)"
same "but that it lives" 200 "$(status /healthz)"
same "a browser with a key" 200 "$(status -u "x:$key" /)"
same "a link" 200 "$(status "/s/$link/haiphong-PC06.ics")"
curl -sS "$url/s/$link/haiphong-PC06.ics" >"$work/direct"
check "gives the same bytes" cmp "$work/direct" "$work/body"
etag=$(tr -d '\r' <"$work/headers" | sed -n 's/^ETag: *//Ip')
same "asking again" 304 "$(status -H "If-None-Match: $etag" "/s/$link/haiphong-PC06.ics")"
same "PROPFIND" 207 "$(status -X PROPFIND -H 'Depth: 1' "/s/$link/")"
same "writing with a key" 200 "$(status -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
    -d '{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC06","action":"done"}' /api/v1/progress)"
same "writing without one" 401 "$(status -H 'Content-Type: application/json' \
    -d '{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC06","action":"reopen"}' /api/v1/progress)"
curl -sS --cacert tests/http/tls/certificate.pem -N -H "Authorization: Bearer $key" -D "$work/stream" -o /dev/null --max-time 1 \
    "https://127.0.0.1:$port/api/v1/alerts/stream" 2>/dev/null
check "the stream of alerts comes through at once" grep -qi '^content-type: text/event-stream' "$work/stream"
nothing "no secret in nginx's log" "$(grep -F "$link" "$work/access.log")"
check "which has the rest" grep -q /healthz "$work/access.log"

kill $nginx_pid
wait $nginx_pid
finish
