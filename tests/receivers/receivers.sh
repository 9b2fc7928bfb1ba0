# shellcheck shell=bash
# receivers: a mail server and a webhook of the tests' own. Source after serve.sh.
#
#   receivers_start                  $mails and $calls are folders of what came, $mail_port and $call_port where it comes to
#   receivers_answer mails 550       what is answered from now on; without a number: yes
#   keys FOLDER                      the Message-ID or Idempotency-Key of each, one a line
#   receivers_stop                   also at the end of the script

# shellcheck disable=SC2154,SC2034 # the ports are for the one who sources this; $work and wait_for come from the other two
RECEIVER=build/release/tests/receivers/receiver
receivers=
mails=
calls=

receivers_start() {
    mails=$work/mails calls=$work/calls
    mkdir -p "$mails" "$calls"
    "$RECEIVER" smtp "$mails" >"$work/mail_port" &
    receivers=$!
    "$RECEIVER" http "$calls" >"$work/call_port" &
    receivers="$receivers $!"
    wait_for 60 test -s "$work/mail_port"
    wait_for 60 test -s "$work/call_port"
    mail_port=$(<"$work/mail_port")
    call_port=$(<"$work/call_port")
}

receivers_stop() {
    local pid
    for pid in $receivers; do
        kill "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    receivers=
}

receivers_answer() { # FOLDER [STATUS]
    if [ -n "${2:-}" ]; then
        echo "$2" >"$work/$1/answer"
    else
        rm -f "$work/$1/answer"
    fi
}

keys() { # FOLDER
    local file
    for file in "$work/$1"/[0-9]*; do
        [ ! -e "$file" ] || sed -n 's/^\(Message-ID\|Idempotency-Key\): <\{0,1\}\([0-9a-f]*\).*/\2/p' "$file" | head -n 1
    done
}

trap 'serve_stop; receivers_stop; port_give; tap_clean' EXIT
