"""Talks to a Thunderbird started with --marionette: ask.py PROFILE SCRIPT

Reads commands from standard input, a line each, words parted by tabs: a function of SCRIPT with its arguments, or "picture FILE".
Answers with the lines that the function returned, then "end"; a fault begins with "fault:"."""
import base64
import json
import pathlib
import socket
import sys

LONGEST = 100  # seconds for one answer; the test as a whole has hardly more


class Marionette:
    """Its protocol: the length of a message, a colon, the message [0 asks or 1 answers, number, …] in JSON."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LONGEST + 10)
        self.stream = self.socket.makefile("rb")
        self.number = 0
        self.receive()  # it says what it is

    def receive(self):
        length = b""
        while (byte := self.stream.read(1)) != b":":
            if not byte:
                raise EOFError("Thunderbird is gone")
            length += byte
        return json.loads(self.stream.read(int(length)))

    def ask(self, name, **parameters):
        self.number += 1
        message = json.dumps([0, self.number, name, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, number, error, result = self.receive()
        if error or number != self.number:
            raise RuntimeError(error["message"] if error else f"answer {number}")
        return result


def obey(thunderbird, script, command, *arguments):
    if command == "picture":
        picture = thunderbird.ask("WebDriver:TakeScreenshot", full=False)["value"]
        pathlib.Path(arguments[0]).write_bytes(base64.b64decode(picture))
        return ""
    call = f"{script}\nreturn commands[arguments[0]](...arguments[1]);"
    return thunderbird.ask("WebDriver:ExecuteScript", script=call, args=[command, arguments])["value"]


profile, script = map(pathlib.Path, sys.argv[1:])
thunderbird = Marionette(int((profile / "MarionetteActivePort").read_text()))
thunderbird.ask("WebDriver:NewSession", capabilities={})
thunderbird.ask("WebDriver:SetTimeouts", script=LONGEST * 1000)
thunderbird.ask("Marionette:SetContext", value="chrome")
for line in sys.stdin:
    try:
        said = obey(thunderbird, script.read_text(), *line.rstrip("\n").split("\t"))
    except RuntimeError as fault:
        said = f"fault: {fault}"
    if said:
        print(said)
    print("end", flush=True)
thunderbird.ask("Marionette:Quit", flags=["eAttemptQuit"])
