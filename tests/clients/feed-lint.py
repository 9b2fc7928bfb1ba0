#!/usr/bin/python3
"""Strict lint of an iCalendar feed, with nothing but the standard library.

    feed-lint.py FILE          findings as FILE:LINE: message; exit status 1 when there are any
    feed-lint.py --list FILE   one line "UID START END" for each event or to-do, sorted
    feed-lint.py --self-test   a sound feed is clean, and each of many seeded defects is found (TAP)

The libraries that calendar programs use let most of these defects through and then show wrong days, split events or
nothing at all. Rules are RFC 5545 and 7986, and what real clients need on top of them; the latter say which client.
"""
import datetime
import re
import sys
import unicodedata

# What a component must have exactly once, and what it may have at most once.
REQUIRED = {
    "VCALENDAR": ("VERSION", "PRODID", "METHOD", "X-WR-CALNAME"),
    "VEVENT": ("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "TRANSP"),
    "VTODO": ("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY"),
    "VALARM": ("ACTION", "TRIGGER", "DESCRIPTION"),
    "VTIMEZONE": ("TZID",),
}
SINGLE = ("CALSCALE", "NAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "DUE", "COMPLETED", "PERCENT-COMPLETE", "STATUS",
          "CLASS", "CREATED", "DESCRIPTION", "PRIORITY", "URL", "DURATION", "RECURRENCE-ID", "X-WR-CALDESC", "COLOR")
# Which component may stand in which.
INSIDE = {
    None: ("VCALENDAR",),
    "VCALENDAR": ("VEVENT", "VTODO", "VTIMEZONE"),
    "VEVENT": ("VALARM",),
    "VTODO": ("VALARM",),
    "VTIMEZONE": ("STANDARD",),  # a DAYLIGHT block alone puts this zone 7 hours off on Android
}
TEXT = ("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "NAME", "CONTACT", "X-WR-CALNAME", "X-WR-CALDESC")
MOMENTS = ("DTSTART", "DTEND", "DUE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED", "RECURRENCE-ID")
UTC_ONLY = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED")
WORDS = {
    "VERSION": ("2.0",), "CALSCALE": ("GREGORIAN",), "METHOD": ("PUBLISH",), "ACTION": ("DISPLAY",),
    "TRANSP": ("TRANSPARENT",), "X-MICROSOFT-CDO-BUSYSTATUS": ("FREE",),  # or an officer with deadlines looks busy
}
STATUS = {
    "VEVENT": ("CONFIRMED", "CANCELLED", "TENTATIVE"),
    "VTODO": ("NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"),
}
UNWANTED = {
    "ORGANIZER": "turns a deadline into a meeting",
    "ATTENDEE": "turns a deadline into a meeting",
    "CLASS": "some viewers then show only 'busy'",
    "X-LIC-ERROR": "is libical's note about a broken line",
    "RRULE": "each occurrence is an event of its own",
}
MOST_ALARMS = 2
LONGEST_NAME = 60
DURATION = re.compile(r"[+-]?P(?:\d+W|(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
PARAMETER = r'[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*'
CONTENT_LINE = re.compile(rf"([A-Za-z0-9-]+)((?:;{PARAMETER})*):(.*)", re.S)


class Property:
    def __init__(self, line, name, parameters, value):
        self.line, self.name, self.parameters, self.value = line, name, parameters, value

    def kind(self):
        """What has to agree between a start and an end."""
        is_date = "T" not in self.value
        return is_date, self.value.endswith("Z"), self.parameters.get("TZID")


class Component:
    def __init__(self, name, line):
        self.name, self.line, self.properties, self.children = name, line, [], []

    def all(self, name):
        return [p for p in self.properties if p.name == name]

    def first(self, name):
        found = self.all(name)
        return found[0] if found else None

    def value(self, name):
        found = self.first(name)
        return found.value if found else None


class Lint:
    def __init__(self):
        self.findings = []
        self.uids = {}
        self.zones = set()
        self.root = None

    def report(self, line, message):
        self.findings.append((line, message))

    # --- octets and lines

    def read(self, data):
        self.check_octets(data)
        for line, octets in self.unfold(data):
            text = octets.decode("utf-8", "replace")
            if unicodedata.normalize("NFC", text) != text:
                self.report(line, "text is not NFC")
            self.take_line(line, text)
        if self.open_components:
            self.report(self.open_components[-1].line, f"{self.open_components[-1].name} has no END")
        if not self.root:
            self.report(0, "no VCALENDAR")
        self.check_references()
        return self.findings

    def check_octets(self, data):
        if data.startswith(b"\xef\xbb\xbf"):
            self.report(1, "begins with a byte order mark")
        if not data.endswith(b"\r\n"):
            self.report(data.count(b"\r\n") + 1, "the last line does not end in CRLF")
        for number, octets in enumerate(data.split(b"\r\n"), 1):
            if len(octets) > 75:
                self.report(number, f"{len(octets)} octets, more than 75")
            if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", octets):
                self.report(number, "control character, or CR or LF alone")
            try:
                octets.decode("utf-8")
            except UnicodeDecodeError:
                self.report(number, "invalid UTF-8, or a character split by the fold")

    def unfold(self, data):
        self.open_components = []
        lines = data.split(b"\r\n")
        logical = []
        for number, octets in enumerate(lines, 1):
            if octets[:1] in (b" ", b"\t"):
                if logical:
                    logical[-1][1] += octets[1:]
                else:
                    self.report(number, "continuation of nothing")
            elif octets:
                logical.append([number, octets])
            elif number < len(lines):
                self.report(number, "empty line")
        return logical

    def take_line(self, line, text):
        match = CONTENT_LINE.fullmatch(text)
        if not match:
            self.report(line, f"no content line: {text[:40]!r}")
            return
        name, value = match[1].upper(), match[3]
        parameters = {}
        for item in re.findall(rf";({PARAMETER})", match[2]):
            key, _, content = item.partition("=")
            parameters[key.upper()] = content.strip('"')
        if name == "BEGIN":
            self.begin(line, value)
        elif name == "END":
            self.end(line, value)
        elif not self.open_components:
            self.report(line, f"{name} outside a component")
        else:
            self.take_property(Property(line, name, parameters, value))

    def begin(self, line, name):
        parent = self.open_components[-1] if self.open_components else None
        if name not in INSIDE.get(parent.name if parent else None, ()):
            self.report(line, f"{name} may not stand {'in ' + parent.name if parent else 'alone'}")
        component = Component(name, line)
        if parent:
            parent.children.append(component)
        elif self.root:
            self.report(line, "a second VCALENDAR")
        else:
            self.root = component
        self.open_components.append(component)

    def end(self, line, name):
        if not self.open_components or self.open_components[-1].name != name:
            self.report(line, f"END:{name} closes nothing")
            return
        self.check_component(self.open_components.pop())

    # --- one property

    def take_property(self, item):
        owner = self.open_components[-1]
        if owner.children and owner.name in ("VEVENT", "VTODO"):
            self.report(item.line, f"{item.name} after an alarm (classic Outlook refuses the feed)")
        elif owner.name == "VCALENDAR" and owner.children:
            self.report(item.line, f"{item.name} of the calendar after its first component")
        owner.properties.append(item)
        if item.name in MOMENTS:
            self.check_moment(item, owner)
        if item.name in TEXT:
            self.check_text(item)
        if item.name in WORDS and item.value not in WORDS[item.name]:
            self.report(item.line, f"{item.name} is {item.value}, not {' or '.join(WORDS[item.name])}")
        if item.name == "STATUS" and item.value not in STATUS.get(owner.name, ()):
            self.report(item.line, f"{owner.name} knows no STATUS {item.value}")
        if item.name in UNWANTED:
            self.report(item.line, f"{item.name} {UNWANTED[item.name]}")
        if item.name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "DURATION") and not DURATION.fullmatch(item.value):
            self.report(item.line, f"{item.name} is no duration: {item.value}")
        if item.name == "REFRESH-INTERVAL" and item.parameters.get("VALUE") != "DURATION":
            self.report(item.line, "REFRESH-INTERVAL needs VALUE=DURATION")
        if item.name == "SEQUENCE" and not re.fullmatch(r"\d+", item.value):
            self.report(item.line, f"SEQUENCE is no number: {item.value}")
        if item.name == "TRIGGER":
            self.check_trigger(item, owner)
        if item.name == "UID":
            self.check_uid(item)
        if item.name == "CATEGORIES" and re.search(r"\\|;", item.value):
            self.report(item.line, "a category holds , ; or \\ (libical and others split it)")
        if item.name == "URL" and (not re.match(r"https?://", item.value) or re.search(r'[\s\\"<>]', item.value)):
            self.report(item.line, f"no plain address: {item.value}")
        if "TZID" in item.parameters and item.parameters["TZID"] not in self.zones:
            self.report(item.line, f"TZID {item.parameters['TZID']} has no VTIMEZONE above it")

    def check_moment(self, item, owner):
        value = item.value
        try:
            if re.fullmatch(r"\d{8}", value):
                datetime.date(int(value[:4]), int(value[4:6]), int(value[6:]))
            elif re.fullmatch(r"\d{8}T\d{6}Z?", value):
                datetime.datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")
            else:
                raise ValueError
        except ValueError:
            self.report(item.line, f"{item.name} is no date: {value}")
            return
        is_date = "T" not in value
        if is_date != (item.parameters.get("VALUE") == "DATE"):
            self.report(item.line, f"{item.name}: VALUE=DATE and {value} disagree")
        if item.name in UTC_ONLY and not value.endswith("Z"):
            self.report(item.line, f"{item.name} must be UTC")
        elif not is_date and not value.endswith("Z") and "TZID" not in item.parameters and owner.name in STATUS:
            self.report(item.line, f"{item.name} is floating time")
        if value.endswith("Z") and "TZID" in item.parameters:
            self.report(item.line, f"{item.name} has both Z and TZID")

    def check_text(self, item):
        rest = re.sub(r"\\[\\,;nN]", "", item.value)
        if re.search(r"[,;]", rest):
            self.report(item.line, f"{item.name}: , or ; is not escaped")
        if "\\" in rest:
            self.report(item.line, f"{item.name}: \\ is not escaped")
        if not item.value.strip():
            self.report(item.line, f"{item.name} is empty")
        if item.name in ("NAME", "X-WR-CALNAME"):
            if re.search(r"[,;\\]", item.value):
                self.report(item.line, f"{item.name} holds , ; or \\, which clients read in different ways")
            if len(item.value) > LONGEST_NAME:
                self.report(item.line, f"{item.name} is longer than {LONGEST_NAME} characters")

    def check_trigger(self, item, owner):
        if item.parameters.get("VALUE") == "DATE-TIME":
            self.report(item.line, "TRIGGER is a moment, not a span (Outlook ignores it)")
        elif not DURATION.fullmatch(item.value):
            self.report(item.line, f"TRIGGER is no duration: {item.value}")
        elif not item.value.startswith("-"):
            self.report(item.line, "alarm after the start (Outlook drops the sign and rings before it)")

    def check_uid(self, item):
        if not re.fullmatch(r"[!-~]+", item.value):
            self.report(item.line, f"UID is not plain ASCII without blanks: {item.value}")
        if not item.value.endswith("@hanchot"):
            self.report(item.line, f"UID does not end in @hanchot: {item.value}")

    # --- a whole component

    def check_component(self, component):
        name = component.name
        for required in REQUIRED.get(name, ()):
            found = len(component.all(required))
            if found != 1:
                self.report(component.line, f"{name} has {found} {required}, needs one")
        for single in SINGLE:
            if len(component.all(single)) > 1:
                self.report(component.line, f"{name} repeats {single}")
        if name == "VTIMEZONE":
            self.zones.add(component.value("TZID"))
        if name == "VCALENDAR":
            self.check_calendar(component)
        if name in STATUS:
            self.check_item(component)

    def check_calendar(self, calendar):
        kinds = {child.name for child in calendar.children} & set(STATUS)
        if len(kinds) > 1:
            self.report(calendar.line, "events and to-dos in one feed (most clients take only one kind)")
        if calendar.value("NAME") not in (None, calendar.value("X-WR-CALNAME")):
            self.report(calendar.line, "NAME and X-WR-CALNAME differ")

    def check_item(self, item):
        key = item.value("UID"), item.value("RECURRENCE-ID")
        if key in self.uids:
            self.report(item.line, f"UID {key[0]} is there twice, first in line {self.uids[key]}")
        self.uids.setdefault(key, item.line)
        start, end = item.first("DTSTART"), item.first("DTEND") or item.first("DUE")
        if start and end:
            if start.kind() != end.kind():
                self.report(end.line, "start and end are not of the same type and zone")
            elif end.value <= start.value:
                self.report(end.line, "the end is not after the start (Outlook shows an event of no length)")
        if item.value("DTSTAMP") != item.value("LAST-MODIFIED"):
            self.report(item.line, "DTSTAMP and LAST-MODIFIED differ (Evolution needs both to follow each change)")
        if item.name == "VEVENT" and (item.first("DUE") or item.first("COMPLETED")):
            self.report(item.line, "a to-do's property in an event")
        if item.name == "VTODO":
            self.check_todo(item)
        alarms = [child for child in item.children if child.name == "VALARM"]
        if len(alarms) > MOST_ALARMS:
            self.report(item.line, f"{len(alarms)} alarms, more than {MOST_ALARMS}")
        if alarms and item.value("STATUS") in ("CANCELLED", "COMPLETED"):
            self.report(item.line, "an alarm for what is done or cancelled")

    def check_todo(self, item):
        if item.first("DTEND"):
            self.report(item.line, "DTEND in a to-do")
        if (item.value("STATUS") == "COMPLETED") != bool(item.first("COMPLETED")):
            self.report(item.line, "STATUS:COMPLETED and the moment COMPLETED go together")
        for alarm in item.children:
            trigger = alarm.first("TRIGGER")
            if trigger and not item.first("DTSTART") and trigger.parameters.get("RELATED") != "END":
                self.report(trigger.line, "an alarm that counts from a start that is not there")

    def check_references(self):
        if self.root and not self.root.children and self.root.all("X-WR-CALNAME"):
            self.report(self.root.line, "an empty calendar (RFC 5545 wants a component; clients delete what they had)")


def lint(data):
    return sorted(Lint().read(data))


def listing(data):
    checker = Lint()
    checker.read(data)
    for item in checker.root.children if checker.root else ():
        if item.name in STATUS:
            end = item.value("DTEND") or item.value("DUE")
            yield f"{item.value('UID')} {item.value('DTSTART') or '-'} {end or '-'}"


# --- self-test

EVENTS = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//hanchot//hanchot//VI
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Hạn công việc – PC06
X-WR-CALNAME:Hạn công việc – PC06
X-WR-TIMEZONE:Asia/Ho_Chi_Minh
COLOR:firebrick
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VEVENT
UID:haiphong-2026:III.3.c:2026-11:haiphong/PC06@hanchot
DTSTAMP:20261120T010000Z
LAST-MODIFIED:20261120T010000Z
SEQUENCE:2
DTSTART;VALUE=DATE:20261124
DTEND;VALUE=DATE:20261125
SUMMARY:Báo cáo tháng 11\\, kết quả thực hiện (xong trước hết 23/11)
DESCRIPTION:Đơn vị: PC06\\nNơi nhận: PV01
URL:http://127.0.0.1:8466/due?uid=a,b;c
CATEGORIES:Báo cáo
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Ngày mai đến hạn
TRIGGER:-PT16H
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:haiphong-2026:1.4.2:2026:haiphong/PC06@hanchot
DTSTAMP:20261001T000000Z
LAST-MODIFIED:20261001T000000Z
SEQUENCE:0
DTSTART:20261130T093000Z
DTEND:20261130T100000Z
SUMMARY:Họp giao ban
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""
TODOS = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//hanchot//hanchot//VI
METHOD:PUBLISH
X-WR-CALNAME:Việc của PC06
BEGIN:VTIMEZONE
TZID:Asia/Ho_Chi_Minh
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0700
TZOFFSETTO:+0700
TZNAME:+07
END:STANDARD
END:VTIMEZONE
BEGIN:VTODO
UID:haiphong-2026:III.3.c:2026-11:haiphong/PC06@hanchot
DTSTAMP:20261120T010000Z
LAST-MODIFIED:20261120T010000Z
SEQUENCE:1
DUE;VALUE=DATE:20261124
SUMMARY:Báo cáo tháng 11
PRIORITY:5
STATUS:NEEDS-ACTION
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Ngày mai đến hạn
TRIGGER;RELATED=END:-PT16H
END:VALARM
END:VTODO
BEGIN:VTODO
UID:haiphong-2026:III.3.c:2026-10:haiphong/PC06@hanchot
DTSTAMP:20261023T030000Z
LAST-MODIFIED:20261023T030000Z
SEQUENCE:1
DUE;TZID=Asia/Ho_Chi_Minh:20261024T170000
COMPLETED:20261023T030000Z
SUMMARY:Báo cáo tháng 10
PRIORITY:5
STATUS:COMPLETED
END:VTODO
END:VCALENDAR
"""


def on_the_wire(text):
    """Folds at 75 octets between characters and ends each line with CRLF."""
    folded = []
    for line in text.splitlines():
        while len(line.encode()) > 75:
            cut = len(line.encode()[:75].decode("utf-8", "ignore"))
            folded.append(line[:cut])
            line = " " + line[cut:]
        folded.append(line)
    return "".join(line + "\r\n" for line in folded).encode()


def swap(old, new, base=EVENTS):
    assert old in base, old
    return on_the_wire(base.replace(old, new, 1))


def swap_octets(old, new):
    data = on_the_wire(EVENTS)
    assert old in data, old
    return data.replace(old, new, 1)


def without(start, base=EVENTS):
    assert "\n" + start in base, start
    return on_the_wire(re.sub(rf"\n{re.escape(start)}.*", "", base, count=1))


DEFECTS = [
    # octets and lines
    ("byte order mark", lambda: b"\xef\xbb\xbf" + on_the_wire(EVENTS), "byte order mark"),
    ("LF endings", lambda: on_the_wire(EVENTS).replace(b"\r\n", b"\n"), "CR or LF alone"),
    ("one LF alone", lambda: swap_octets(b"SEQUENCE:2\r\n", b"SEQUENCE:2\n"), "CR or LF alone"),
    ("last line not ended", lambda: on_the_wire(EVENTS)[:-2], "does not end in CRLF"),
    ("a line of 76 octets", lambda: swap_octets(b"SUMMARY:H", b"SUMMARY:" + b"x" * 67 + b"H"), "more than 75"),
    ("control character", lambda: swap_octets(b"giao ban", b"giao\x07ban"), "control character"),
    ("NUL", lambda: swap_octets(b"giao ban", b"giao\x00ban"), "control character"),
    ("character split by the fold", lambda: swap_octets("Đơn".encode(), b"\xc4\r\n \x90" + "ơn".encode()), "split by the fold"),
    ("invalid UTF-8", lambda: swap_octets(b"giao ban", b"giao \xff"), "invalid UTF-8"),
    ("decomposed text", lambda: on_the_wire(unicodedata.normalize("NFD", EVENTS)), "not NFC"),
    ("empty line", lambda: swap_octets(b"SEQUENCE:2\r\n", b"SEQUENCE:2\r\n\r\n"), "empty line"),
    ("no content line", lambda: swap("SEQUENCE:2", "SEQUENCE 2"), "no content line"),
    ("quote in a parameter", lambda: swap("DTSTART;VALUE=DATE:2", 'DTSTART;VALUE="DATE:2'), "no content line"),
    # structure
    ("HTML instead of a calendar", lambda: b"<html>\r\n", "no VCALENDAR"),
    ("empty calendar", lambda: on_the_wire(EVENTS[:EVENTS.index("BEGIN:VEVENT")] + "END:VCALENDAR\n"), "an empty calendar"),
    ("missing END:VEVENT", lambda: without("END:VEVENT"), "may not stand in VEVENT"),
    ("missing END:VCALENDAR", lambda: without("END:VCALENDAR"), "has no END"),
    ("END without BEGIN", lambda: without("BEGIN:VALARM"), "closes nothing"),
    ("two calendars", lambda: on_the_wire(EVENTS + EVENTS), "second VCALENDAR"),
    ("property after an alarm", lambda: swap("END:VALARM\n", "END:VALARM\nPRIORITY:1\n"), "after an alarm"),
    ("events and to-dos mixed", lambda: on_the_wire(EVENTS.replace("END:VCALENDAR\n", "") + TODOS[TODOS.index("BEGIN:VTIMEZONE"):].replace("/PC06@", "/PC07@")), "in one feed"),
    ("unknown component", lambda: swap("BEGIN:VALARM", "BEGIN:VJOURNAL"), "may not stand in VEVENT"),
    ("daylight block", lambda: on_the_wire(TODOS.replace("STANDARD", "DAYLIGHT")), "may not stand in VTIMEZONE"),
    # required and single
    *[(f"no {name}", lambda name=name: without(name + ("" if name[-1] in ":;" else ":")), f"has 0 {name.rstrip(':;')}")
      for name in ("VERSION", "PRODID", "METHOD", "X-WR-CALNAME", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE",
                   "DTSTART;", "DTEND;", "SUMMARY", "TRANSP", "ACTION", "TRIGGER")],
    ("two SUMMARY", lambda: swap("SUMMARY:Họp", "SUMMARY:a\nSUMMARY:Họp"), "has 2 SUMMARY"),
    ("two STATUS", lambda: swap("STATUS:", "STATUS:CANCELLED\nSTATUS:"), "repeats STATUS"),
    ("duplicate UID", lambda: swap("1.4.2:2026:", "III.3.c:2026-11:"), "is there twice"),
    ("UID with a blank", lambda: swap("1.4.2", "1 4 2"), "plain ASCII"),
    ("UID that is not ours", lambda: swap("@hanchot", "@example"), "@hanchot"),
    # dates
    ("month 13", lambda: swap("VALUE=DATE:20261124", "VALUE=DATE:20261324"), "no date"),
    ("31 November", lambda: swap("VALUE=DATE:20261124", "VALUE=DATE:20261131"), "no date"),
    ("hour 24", lambda: swap("T093000Z", "T243000Z"), "no date"),
    ("dashes in a date", lambda: swap("VALUE=DATE:20261124", "VALUE=DATE:2026-11-24"), "no date"),
    ("date without VALUE=DATE", lambda: swap("DTSTART;VALUE=DATE", "DTSTART"), "disagree"),
    ("VALUE=DATE with a time", lambda: swap("VALUE=DATE:20261124", "VALUE=DATE:20261124T000000Z"), "disagree"),
    ("floating time", lambda: swap("20261130T093000Z", "20261130T093000"), "floating"),
    ("DTSTAMP not UTC", lambda: swap("DTSTAMP:20261120T010000Z", "DTSTAMP:20261120T010000"), "must be UTC"),
    ("end before start", lambda: swap("DATE:20261125", "DATE:20261123"), "not after the start"),
    ("end on the same day", lambda: swap("DATE:20261125", "DATE:20261124"), "not after the start"),
    ("start and end differ in type", lambda: swap("DTEND;VALUE=DATE:20261125", "DTEND:20261125T000000Z"), "same type"),
    ("unknown zone", lambda: swap("TZID:Asia/Ho_Chi_Minh", "TZID:Asia/Saigon", TODOS), "no VTIMEZONE above it"),
    ("zone and Z", lambda: swap("20261024T170000", "20261024T170000Z", TODOS), "both Z and TZID"),
    ("stamps that differ", lambda: swap("LAST-MODIFIED:20261120", "LAST-MODIFIED:20261119"), "differ"),
    ("negative SEQUENCE", lambda: swap("SEQUENCE:2", "SEQUENCE:-1"), "no number"),
    # texts
    ("raw comma", lambda: swap("11\\,", "11,"), "not escaped"),
    ("raw semicolon", lambda: swap("Họp giao", "Họp; giao"), "not escaped"),
    ("backslash before another letter", lambda: swap("Họp giao", "Họp\\tgiao"), "\\ is not escaped"),
    ("backslash at the end", lambda: swap("giao ban", "giao ban\\"), "\\ is not escaped"),
    ("comma after an escaped backslash", lambda: swap("Họp giao", "Họp\\\\, giao"), "not escaped"),
    ("comma in the calendar's name", lambda: swap("X-WR-CALNAME:Hạn", "X-WR-CALNAME:Hạn\\,"), "different ways"),
    ("long name", lambda: swap("X-WR-CALNAME:Hạn", "X-WR-CALNAME:" + "Hạn " * 20), "longer than 60"),
    ("two names", lambda: swap("\nNAME:Hạn", "\nNAME:Việc"), "differ"),
    ("empty summary", lambda: swap("SUMMARY:Họp giao ban", "SUMMARY:"), "is empty"),
    ("comma in a category", lambda: swap("CATEGORIES:Báo cáo", "CATEGORIES:Báo cáo\\, khẩn"), "a category holds"),
    ("escaped URL", lambda: swap("a,b", "a\\,b"), "no plain address"),
    ("URL without a scheme", lambda: swap("URL:http://", "URL:"), "no plain address"),
    # words
    ("METHOD:REQUEST", lambda: swap("METHOD:PUBLISH", "METHOD:REQUEST"), "METHOD is REQUEST"),
    ("VERSION 1.0", lambda: swap("VERSION:2.0", "VERSION:1.0"), "VERSION is 1.0"),
    ("busy", lambda: swap("TRANSP:TRANSPARENT", "TRANSP:OPAQUE"), "TRANSP is OPAQUE"),
    ("busy in Outlook", lambda: swap("BUSYSTATUS:FREE", "BUSYSTATUS:BUSY"), "is BUSY"),
    ("a to-do's status", lambda: swap("STATUS:CONFIRMED", "STATUS:COMPLETED"), "knows no STATUS"),
    ("organizer", lambda: swap("STATUS:C", "ORGANIZER:mailto:a@b.vn\nSTATUS:C"), "ORGANIZER"),
    ("CLASS", lambda: swap("STATUS:C", "CLASS:PRIVATE\nSTATUS:C"), "CLASS"),
    ("a broken line as libical keeps it", lambda: swap("STATUS:C", "X-LIC-ERROR:x\nSTATUS:C"), "X-LIC-ERROR"),
    ("bad duration", lambda: swap("VALUE=DURATION:PT1H", "VALUE=DURATION:1H"), "no duration"),
    ("empty duration", lambda: swap("TRIGGER:-PT16H", "TRIGGER:-P"), "no duration"),
    ("duration without its type", lambda: swap(";VALUE=DURATION", ""), "VALUE=DURATION"),
    # alarms and to-dos
    ("alarm after the start", lambda: swap("-PT16H", "PT8H"), "drops the sign"),
    ("alarm at a moment", lambda: swap("TRIGGER:-PT16H", "TRIGGER;VALUE=DATE-TIME:20261123T010000Z"), "a moment"),
    ("alarm that sounds", lambda: swap("ACTION:DISPLAY", "ACTION:AUDIO"), "ACTION is AUDIO"),
    ("three alarms", lambda: on_the_wire(re.sub(r"(BEGIN:VALARM.*?END:VALARM\n)", r"\1\1\1", EVENTS, flags=re.S)), "3 alarms"),
    ("alarm on a cancelled event", lambda: swap("STATUS:CONFIRMED", "STATUS:CANCELLED"), "done or cancelled"),
    ("alarm without an anchor", lambda: swap("TRIGGER;RELATED=END", "TRIGGER", TODOS), "not there"),
    ("DUE in an event", lambda: swap("DTEND;", "DUE;VALUE=DATE:20261125\nDTEND;"), "to-do's property"),
    ("DTEND in a to-do", lambda: swap("DUE;V", "DTEND;VALUE=DATE:20261124\nDUE;V", TODOS), "DTEND in a to-do"),
    ("completed without a moment", lambda: without("COMPLETED:", TODOS), "go together"),
    ("a moment without completed", lambda: swap("STATUS:COMPLETED", "STATUS:IN-PROCESS", TODOS), "go together"),
    ("recurrence", lambda: swap("STATUS:C", "RRULE:FREQ=DAILY\nSTATUS:C"), "RRULE"),
]


def self_test():
    cases = [(f"clean: {name}", lint(on_the_wire(text)) == [], lint(on_the_wire(text)))
             for name, text in (("events", EVENTS), ("to-dos with a zone", TODOS))]
    for name, make, message in DEFECTS:
        found = lint(make())
        cases.append((f"found: {name}", any(message in text for _, text in found), found))
    listed = list(listing(on_the_wire(EVENTS)))
    cases.append(("the list has every event", len(listed) == 2 and listed[0].endswith(" 20261124 20261125"), listed))
    print(f"1..{len(cases)}")
    for number, (name, passed, found) in enumerate(cases, 1):
        print(f"{'ok' if passed else 'not ok'} {number} - {name}")
        if not passed:
            print(f"# findings: {found}")
    return not all(passed for _, passed, _ in cases)


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    show_list = arguments[:1] == ["--list"]
    if len(arguments) != 1 + show_list:
        print(__doc__, file=sys.stderr)
        return 2
    path = arguments[-1]
    with open(path, "rb") as file:
        data = file.read()
    if show_list:
        print("\n".join(sorted(listing(data))))
        return 0
    found = lint(data)
    for line, message in found:
        print(f"{path}:{line}: {message}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
