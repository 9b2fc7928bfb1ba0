#!/bin/bash
# What hanchot and a service manager say to each other: a socket handed over, READY and STOPPING told. See also service.sh and session.sh.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh

python=/usr/bin/python3
# manager ARGUMENTS…: starts hanchot like systemd does, asks it once, and ends it; prints what happened.
manager() { # ADDRESS SOCKETS ARGUMENTS…
    $python - "$HANCHOT" "$work" "$@" <<'PYTHON'
import os, signal, socket, sys, urllib.request
program, work, address, count, *arguments = sys.argv[1:]
state = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
state.bind(work + "/notify")
door = socket.socket()
door.bind((address, 0))
door.listen()
port = door.getsockname()[1]
def child():
    os.dup2(door.fileno(), 3)
    os.set_inheritable(3, True)
    os.environ["LISTEN_PID"] = str(os.getpid())
    os.environ["LISTEN_FDS"] = count
    os.environ["NOTIFY_SOCKET"] = work + "/notify"
def start():
    pid = os.fork()
    if pid == 0:
        child()
        sys.stderr = open(work + "/log", "w")
        os.dup2(sys.stderr.fileno(), 2)
        os.execv(program, [program, "serve", "--lang", "en", "--at", "2026-11-20", "--db", work + "/test.db"] + arguments)
    return pid
pid = start()
# A connection made before the daemon listens waits in the socket.
early = socket.create_connection(("127.0.0.1", port))
early.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
state.settimeout(0.1)
def told():
    """What it tells the manager; fails when it has ended without a word."""
    global status
    while True:
        try:
            return state.recv(100).decode()
        except TimeoutError:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                raise
status = None
try:
    print(told())
    print(early.recv(100).split(b"\r\n")[0].decode())
    print(urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz").status)
    os.kill(pid, signal.SIGTERM)
    print(told())
except TimeoutError:
    print("no word")
if status is None:
    status = os.waitpid(pid, 0)[1]
print("ended", os.waitstatus_to_exitcode(status))
PYTHON
    rm -f "$work/notify"
}

same "a socket from systemd serves, and the manager is told" \
    "READY=1 HTTP/1.1 200 OK 200 STOPPING=1 ended 0" "$(manager 127.0.0.1 1 | xargs)"
same "a socket that strangers reach is refused" "no word ended 3" "$(manager 0.0.0.0 1 | xargs)"
check "it needs TLS" grep -q "TLS is needed" "$work/log"
same "two sockets are one too many" "no word ended 3" "$(manager 127.0.0.1 2 | xargs)"
check "it says so" grep -q "hands over 2 sockets" "$work/log"
finish
