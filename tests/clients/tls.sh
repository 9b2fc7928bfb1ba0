#!/bin/bash
# A new TLS certificate while the daemon serves: taken over without a refused connection, and said before it ends.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

certificate() { # NAME DAYS: into $work/tls, both files at once as a link to a folder, as certbot does
    local folder
    folder=$(mktemp -d "$work/pair.XXXX")
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -addext 'subjectAltName=IP:127.0.0.1' \
        -days "$2" -keyout "$folder/key.pem" -out "$folder/chain.pem" 2>/dev/null
    ln -sfn "$folder" "$work/next" && mv -T "$work/next" "$work/tls"
}
shown() { openssl s_client -connect "${url#https://}" </dev/null 2>/dev/null | openssl x509 -noout -subject | sed 's/.*CN *= *//'; }
shows() { [ "$(shown)" = "$1" ]; }
metric() { curl -sS -k -H "Authorization: Bearer $key" "$url/metrics" | awk '$1 == "hanchot_tls_certificate_end_timestamp_seconds" { print $2 }'; }
ends() { date -d "$(openssl x509 -in "$work/tls/chain.pem" -noout -enddate | cut -d= -f2)" +%s; }
dashboard() { curl -sS -k -u "x:$key" "$url/?lang=en"; }
said() { grep -c 'TLS' "$work/serve.log"; }

echo 'api(1) site { tls = { certificate = "tls/chain.pem", key = "tls/key.pem" } }' >"$work/site.lua"
certificate first 10
key=$("$HANCHOT" token create --key --name k --format json --db "$work/test.db" | sed 's/.*"secret":"\([^"]*\)".*/\1/')
serve_launch --site "$work/site.lua" --listen 0.0.0.0:0
url=https://127.0.0.1:${url##*:}
check "the first certificate is shown" wait_for 60 shows first
# shellcheck disable=SC2317 # wait_for calls it
is_ready() { dashboard | grep -q '<main'; }
check "ready" wait_for 60 is_ready
same "its end is measured" "$(ends)" "$(metric)"
check "it ends soon: the log says so" grep -q 'chứng thư TLS hết hạn lúc' "$work/serve.log"
check "and the dashboard" grep -q 'The TLS certificate ends at' <(dashboard)

# A connection that stays open, with the former certificate, over the change.
mkfifo "$work/ask"
openssl s_client -quiet -connect "${url#https://}" <"$work/ask" >"$work/open" 2>/dev/null &
client=$!
exec 8>"$work/ask"
printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >&8
answered() { [ "$(grep -c "^HTTP/1.1 200" "$work/open")" = "$1" ]; }
check "a client stays connected" wait_for 60 answered 1

# Others ask all the while, each with a connection of its own.
asking=$work/asking
touch "$asking"
while [ -e "$asking" ]; do
    curl -sS -k -o /dev/null -w '%{http_code}\n' "$url/healthz" 2>&1
done >"$work/asked" &
asker=$!
times=1
for name in second third fourth; do
    certificate $name 300
    kill -HUP "$serve_pid"
    check "the $name is taken over" wait_for 60 shows $name
    times=$((times + 1))
    printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >&8
    check "who stayed connected is served" wait_for 60 answered $times
done
asked_by() { [ "$(wc -l <"$work/asked")" -ge "$1" ]; }
check "many ask" wait_for 60 asked_by 10
rm "$asking"
wait $asker
same "nobody was refused" 200 "$(sort -u "$work/asked")"
printf 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >&8
exec 8>&-
check "who stayed connected is still served" wait_for 60 answered $((times + 1))
wait $client
same "the new end is measured" "$(ends)" "$(metric)"
nothing "the dashboard warns no more" "$(dashboard | grep -o 'The TLS certificate ends at')"

# A pair that cannot be used changes nothing.
times=$(said)
# shellcheck disable=SC2317 # wait_for calls it
said_more() { [ "$(said)" -gt "$times" ]; }
good=$(readlink "$work/tls")
certificate fifth 300
cp "$good/key.pem" "$work/tls/key.pem"
kill -HUP "$serve_pid"
check "a key of another certificate: the log says so" wait_for 60 said_more
same "the former stays in use" fourth "$(shown)"
rm "$work/tls"
kill -HUP "$serve_pid"
check "no files: the log says so" wait_for 60 grep -q 'tls.certificate' "$work/serve.log"
same "the former still stays in use" fourth "$(shown)"
ln -s "$good" "$work/tls"
times=$(said)
kill -HUP "$serve_pid"
serve_stop
same "the daemon ends in good order" 0 $?
same "the same pair again is no news" "$times" "$(said)"
finish
