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

# nginx takes no port 0.
port_keep
port=$kept_port
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
trap 'kill $nginx_pid 2>/dev/null; serve_stop; port_give; tap_clean' EXIT

status() { # CURL-ARGUMENTS… PATH
    local path=${*: -1}
    curl -sS --cacert tests/http/tls/certificate.pem -D "$work/headers" -o "$work/body" -w '%{http_code}' "${@:1:$#-1}" \
        "https://127.0.0.1:$port$path"
}
# shellcheck disable=SC2317 # wait_for calls it
is_ready() { [ "$(status -H "Authorization: Bearer $key" /readyz)" = 200 ]; }
check "ready through nginx" wait_for 60 is_ready

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
curl -sS --cacert tests/http/tls/certificate.pem -N -H "Authorization: Bearer $key" -D "$work/stream" -o "$work/events" \
    "https://127.0.0.1:$port/api/v1/alerts/stream" 2>/dev/null &
listener=$!
check "the stream of alerts comes through while it goes on" wait_for 60 grep -q '^event: hello' "$work/events"
check "as a stream" grep -qi '^content-type: text/event-stream' "$work/stream"
kill $listener
wait $listener
nothing "no secret in nginx's log" "$(grep -F "$link" "$work/access.log")"
check "which has the rest" wait_for 60 grep -q /healthz "$work/access.log"


# --- Under a path of the proxy, which cuts it off or hands it on

kill $nginx_pid
wait $nginx_pid
serve_stop
rm "$work/access.log"
echo "api(1) site { url = \"https://127.0.0.1:$port/lich\" }" >"$work/site.lua"
serve_launch --at $at --site "$work/site.lua" --behind-proxy
sed -e "s|http://127.0.0.1:8466|$url|" -e 's|location /|location /lich/|; s|/lich//|/lich/|' packaging/nginx.conf >"$work/hanchot.conf"
handed_on() { sed -n 's/^ *location \([^ ]*\).*/\1/p' "$work/hanchot.conf" | tr '\n' ' '; }
same "the example under a path" "/lich/ /lich/s/ /lich/api/v1/alerts/stream " "$(handed_on)"
start_nginx() {
    nginx -c "$work/nginx.conf" 2>"$work/nginx.said" &
    nginx_pid=$!
    check "$1: ready" wait_for 60 is_below
}
# shellcheck disable=SC2317 # wait_for calls it
is_below() { [ "$(status -H "Authorization: Bearer $key" /lich/readyz)" = 200 ]; }
below() { # NAME: all that a page, the directory and the feed lead to is under the path, and is there
    local name=$1 path
    same "$name: the dashboard" 200 "$(status -u "x:$key" /lich/)"
    grep -o '\(href\|src\|action\)="[^"#]*' "$work/body" | cut -d'"' -f2 | grep -v '^data:' | sort -u >"$work/links"
    nothing "$name: no link of it leads out" "$(grep -v '^/lich/\|^$' "$work/links")"
    for path in $(grep -e css -e svg -e '/subscribe/all$' -e '/units/haiphong/PC06$' -e '/plans/haiphong-2026$' -e '/items/haiphong-2026/' \
        "$work/links" | awk -F/ '!seen[$3]++'); do
        same "$name: $path" 200 "$(status -u "x:$key" "$path")"
    done
    same "$name: page of a link" 200 "$(status "/lich/s/$link/")"
    check "$name: its address" grep -qF "https://127.0.0.1:$port/lich/s/$link/haiphong-PC06.ics" "$work/body"
    check "$name: for calendar programs" grep -qF "\"webcal://127.0.0.1:$port/lich/s/$link/haiphong-PC06.ics\"" "$work/body"
    check "$name: its style" grep -qF "href=\"/lich/s/$link/style.css\"" "$work/body"
    same "$name: which is there" 200 "$(status "/lich/s/$link/style.css")"
    same "$name: without its slash" 308 "$(status "/lich/s/$link")"
    same "$name: the way to it" "/lich/s/$link/" "$(tr -d '\r' <"$work/headers" | sed -n 's/^Location: *//Ip' | sed 's|^https://[^/]*||')"
    same "$name: PROPFIND" 207 "$(status -X PROPFIND -H 'Depth: 1' "/lich/s/$link/")"
    same "$name: its addresses" "/lich/s/$link/ /lich/s/$link/haiphong-PC06.ics" \
        "$(grep -o '<D:href>[^<]*' "$work/body" | cut -d'>' -f2 | xargs)"
    same "$name: the feed" 200 "$(status "/lich/s/$link/haiphong-PC06.ics")"
    check "$name: whose events lead under the path" grep -q "^URL:https://127.0.0.1:$port/lich/" "$work/body"
    same "$name: the page to sign in" 200 "$(status /lich/signin/)"
    nothing "$name: its form stays under the path" "$(grep -o 'action="/[^"]*' "$work/body" | grep -v '="/lich/')"
    csrf=$(grep -o 'name="csrf" value="[^"]*' "$work/body" | head -n 1 | cut -d'"' -f4)
    same "$name: signing in" 303 "$(status -c "$work/cookies" -H "Origin: https://127.0.0.1:$port" --data-urlencode "csrf=$csrf" \
        --data-urlencode "key=$key" --data-urlencode next=/units/haiphong/PC06 /lich/signin/)"
    same "$name: leads to where one came from" ../units/haiphong/PC06 "$(tr -d '\r' <"$work/headers" | sed -n 's/^Location: *//Ip')"
    same "$name: signed in" 200 "$(status -b "$work/cookies" /lich/units/haiphong/PC06)"
    nothing "$name: its forms stay under the path" "$(grep -o 'action="/[^"]*' "$work/body" | grep -v '="/lich/')"
    same "$name: the API" 200 "$(status -H "Authorization: Bearer $key" '/lich/api/v1/due?unit=haiphong/PC06')"
}
start_nginx "handed on"
below "handed on"
kill $nginx_pid
wait $nginx_pid
sed -i "s|proxy_pass \($url\);|proxy_pass \1/;|; /location .lich.s/,/}/ s|\($url\)/;|\1/s/;|; /location .lich.api/,/}/ s|\($url\)/;|\1/api/v1/alerts/stream;|" \
    "$work/hanchot.conf"
start_nginx "cut off"
below "cut off"
nothing "under a path: no secret in nginx's log" "$(grep -F "$link" "$work/access.log")"
same "without a proxy the path is understood too" 200 "$(curl -sS -o /dev/null -w '%{http_code}' "$url/lich/s/$link/")"
same "and is no part of a longer name" 401 "$(curl -sS -o /dev/null -w '%{http_code}' "$url/lichs/$link/")"

kill $nginx_pid
wait $nginx_pid
finish
