"""What came into a Maildir, read by Python's own mail parser: mails.py FOLDER

A line for each: Message-ID, receiver, sender, subject; then its plain text and whether the HTML says the same.
"""
import email
import email.policy
import html.parser
import pathlib
import re
import sys


class Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data):
        self.text += data


for path in sorted(pathlib.Path(sys.argv[1]).glob("new/*")):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    defects = [str(defect) for part in mail.walk() for defect in part.defects]
    plain = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    page = Words()
    page.feed(mail.get_body(("html",)).get_content())
    titles = re.findall(r"^- (.*)$", plain, re.M)
    links = re.findall(r"^  (https?://.*)$", plain, re.M)
    same = bool(titles) and all(title in page.text for title in titles) and links == page.links
    print(
        mail["Message-ID"],
        mail["To"],
        mail["From"],
        mail["Subject"],
        mail.get_content_type(),
        mail["Date"],
        mail["Auto-Submitted"],
        "the HTML says the same" if same else "the HTML differs",
        f"defects: {defects}" if defects else "sound",
        sep=" | ",
    )
    for line in plain.splitlines():
        print("    " + line)
