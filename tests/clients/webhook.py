"""A webhook's receiver over TLS: webhook.py CERTIFICATE KEY SECRET FILE

Prints its port. Of each call it writes a line to FILE: its key, whether the signature is genuine, its text. The recipe is the one of
docs/administration.md, word by word.
"""
import hmac
import http.server
import json
import ssl
import sys
import time


def genuine(secret: bytes, header: str, body: bytes) -> bool:
    part = dict(item.split("=", 1) for item in header.split(","))
    wanted = hmac.new(secret, part["t"].encode() + b"." + body, "sha256").hexdigest()
    return hmac.compare_digest(wanted, part["v1"]) and abs(time.time() - int(part["t"])) < 300


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        call = json.loads(body)
        good = genuine(SECRET, self.headers["Hanchot-Signature"], body)
        forged = genuine(SECRET, self.headers["Hanchot-Signature"], body + b" ") or genuine(
            SECRET + b"x", self.headers["Hanchot-Signature"], body
        )
        same = call["id"] == self.headers["Idempotency-Key"]
        sound = good and not forged and same and self.headers["Content-Type"] == "application/json"
        line = f"{call['id']} {'genuine' if sound else 'forged'} {len(call['alerts'])} {call['text']}\n"
        with open(sys.argv[4], "a", encoding="utf-8") as file:
            file.write(line)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


with open(sys.argv[3], "rb") as secret_file:
    SECRET = secret_file.read().rstrip(b"\n")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
