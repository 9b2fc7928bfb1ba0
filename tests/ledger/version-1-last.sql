-- A ledger of version 1 as the last hanchot before version 2 made it.

PRAGMA application_id = 0x68616e63; -- "hanc"
PRAGMA user_version = 1;

-- first_day: the civil day of the earliest recorded_at.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An event happened (`record`). A correction is a row of its own that names the first record of its chain.
CREATE TABLE event (
    id          INTEGER PRIMARY KEY,
    plan        TEXT NOT NULL CHECK (plan <> ''),
    name        TEXT NOT NULL CHECK (name <> ''),
    unit        TEXT CHECK (unit <> ''), -- NULL: for every lead
    ref         TEXT CHECK (ref <> ''),  -- NULL: for every row
    corrects    INTEGER REFERENCES event (id) CHECK (corrects < id),
    on_day      TEXT NOT NULL CHECK (on_day IS date(on_day, '+0 days') AND on_day BETWEEN '1990' AND '2201'),
    due_day     TEXT CHECK (due_day IS date(due_day, '+0 days') AND due_day BETWEEN '1990' AND '2201'),
    note        TEXT,
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL
) STRICT;

CREATE TRIGGER event_chain BEFORE INSERT ON event
WHEN (SELECT corrects FROM event WHERE id = NEW.corrects) IS NOT NULL
BEGIN
    SELECT RAISE (ABORT, 'event: a correction names the first record of its chain');
END;

-- Progress on an occurrence (`done`, `reopen`, `extend`, `cancel`). on_day: the day it was done, or the new due day.
-- Kept in the order in which all of it is read, which takes a third of the time; id is the order of telling.
CREATE TABLE progress (
    id          INTEGER NOT NULL UNIQUE,
    occurrence  TEXT NOT NULL CHECK (occurrence <> ''), -- the UID without @hanchot
    action      TEXT NOT NULL CHECK (action IN ('done', 'reopen', 'extend', 'cancel')),
    on_day      TEXT CHECK (on_day IS date(on_day, '+0 days') AND on_day BETWEEN '1990' AND '2201'),
    why         TEXT,
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL,
    PRIMARY KEY (occurrence, id),
    CHECK ((on_day IS NOT NULL) = (action IN ('done', 'extend')))
) STRICT, WITHOUT ROWID;

-- A plan was closed (`close plan`).
CREATE TABLE closing (
    id          INTEGER PRIMARY KEY,
    plan        TEXT NOT NULL CHECK (plan <> ''),
    on_day      TEXT NOT NULL CHECK (on_day IS date(on_day, '+0 days') AND on_day BETWEEN '1990' AND '2201'),
    why         TEXT,
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL
) STRICT;

-- Figures came in (`ingest`): one file or message. The same bytes may come again to restore what was corrected since.
CREATE TABLE intake (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL CHECK (name <> ''),
    checksum    TEXT NOT NULL CHECK (length(checksum) = 64 AND checksum NOT GLOB '*[^0-9a-f]*'), -- SHA-256 of its bytes
    sample      INTEGER NOT NULL CHECK (sample IN (0, 1)),
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX intake_by_checksum ON intake (checksum);

-- A figure, as one intake gave it: value is scaled by 10^4, place is its row in the file. The latest intake is right; when it
-- was recorded stands there. Kept in the order in which all of it is read.
CREATE TABLE figure (
    unit   TEXT NOT NULL CHECK (unit <> ''),
    metric TEXT NOT NULL CHECK (metric <> ''),
    period TEXT NOT NULL CHECK (period <> ''),
    intake INTEGER NOT NULL REFERENCES intake (id),
    value  INTEGER NOT NULL CHECK (value >= 0),
    place  INTEGER NOT NULL CHECK (place >= 1),
    note   TEXT,
    PRIMARY KEY (unit, metric, period, intake)
) STRICT, WITHOUT ROWID;

-- What was answered to an alert (`ack`, `snooze`): its key, its kind and day at that time. until: of a snooze.
CREATE TABLE reply (
    id          INTEGER PRIMARY KEY,
    alert       TEXT NOT NULL CHECK (alert <> ''),
    action      TEXT NOT NULL CHECK (action IN ('ack', 'snooze')),
    kind        TEXT NOT NULL CHECK (kind <> ''),
    due_day     TEXT CHECK (due_day IS date(due_day, '+0 days') AND due_day BETWEEN '1990' AND '2201'),
    until       INTEGER,
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL,
    CHECK ((until IS NOT NULL) = (action = 'snooze'))
) STRICT;

CREATE INDEX reply_by_alert ON reply (alert, id);

-- What was told of an alert: written once for its kind, rung, receiver ('': those who run hanchot) and channel. taken_at: when
-- the channel took it. message: the summary that carries it, NULL: it goes out by itself.
CREATE TABLE notice (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    alert      TEXT NOT NULL CHECK (alert <> ''),
    kind       TEXT NOT NULL CHECK (kind <> ''),
    rung       TEXT NOT NULL CHECK (rung <> ''),
    unit       TEXT NOT NULL,
    channel    TEXT NOT NULL CHECK (channel <> ''),
    severity   TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    message    INTEGER REFERENCES notice (id),
    told_at    INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    taken_at   INTEGER,
    UNIQUE (alert, kind, rung, unit, channel)
) STRICT;

-- Facts are only ever added.
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE (ABORT, 'event: facts are only added'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE (ABORT, 'event: facts are only added'); END;
CREATE TRIGGER progress_stays BEFORE UPDATE ON progress BEGIN SELECT RAISE (ABORT, 'progress: facts are only added'); END;
CREATE TRIGGER progress_kept BEFORE DELETE ON progress BEGIN SELECT RAISE (ABORT, 'progress: facts are only added'); END;
CREATE TRIGGER closing_stays BEFORE UPDATE ON closing BEGIN SELECT RAISE (ABORT, 'closing: facts are only added'); END;
CREATE TRIGGER closing_kept BEFORE DELETE ON closing BEGIN SELECT RAISE (ABORT, 'closing: facts are only added'); END;
CREATE TRIGGER intake_stays BEFORE UPDATE ON intake BEGIN SELECT RAISE (ABORT, 'intake: facts are only added'); END;
CREATE TRIGGER intake_kept BEFORE DELETE ON intake BEGIN SELECT RAISE (ABORT, 'intake: facts are only added'); END;
CREATE TRIGGER figure_stays BEFORE UPDATE ON figure BEGIN SELECT RAISE (ABORT, 'figure: facts are only added'); END;
CREATE TRIGGER figure_kept BEFORE DELETE ON figure BEGIN SELECT RAISE (ABORT, 'figure: facts are only added'); END;
CREATE TRIGGER reply_stays BEFORE UPDATE ON reply BEGIN SELECT RAISE (ABORT, 'reply: facts are only added'); END;
CREATE TRIGGER reply_kept BEFORE DELETE ON reply BEGIN SELECT RAISE (ABORT, 'reply: facts are only added'); END;
CREATE TRIGGER notice_kept BEFORE DELETE ON notice BEGIN SELECT RAISE (ABORT, 'notice: facts are only added'); END;

-- What the rules made of a published event when last looked at: see stamps.h. The hashes are unsigned 64-bit numbers.
CREATE TABLE stamp (
    uid   TEXT PRIMARY KEY,
    hash  INTEGER NOT NULL,
    facts INTEGER NOT NULL,
    at    INTEGER NOT NULL,
    edits INTEGER NOT NULL CHECK (edits >= 0)
) STRICT, WITHOUT ROWID;

-- The ETag and Last-Modified of each feed.
CREATE TABLE feed_stamp (
    feed     TEXT PRIMARY KEY,
    etag     TEXT NOT NULL CHECK (length(etag) < 80),
    modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Secret links to feeds and keys of programs. hash: SHA-256 of the secret, which stands nowhere. scope: of a link its feeds, of a
-- key its units (none: all), blanks between. Instants that are 0 have not come; interval: seconds between fetches, 0: not known.
CREATE TABLE token (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('feed', 'key')),
    name       TEXT NOT NULL CHECK (name <> ''),
    hash       TEXT NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    scope      TEXT NOT NULL CHECK (kind = 'key' OR scope <> ''),
    alarms     INTEGER NOT NULL CHECK (alarms IN (0, 1)),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL DEFAULT 0,
    fetched_at INTEGER NOT NULL DEFAULT 0,
    client     TEXT,
    fetches    INTEGER NOT NULL DEFAULT 0 CHECK (fetches >= 0),
    unchanged  INTEGER NOT NULL DEFAULT 0 CHECK (unchanged BETWEEN 0 AND fetches),
    interval   INTEGER NOT NULL DEFAULT 0 CHECK (interval >= 0)
) STRICT;

CREATE TRIGGER token_kept BEFORE DELETE ON token BEGIN SELECT RAISE (ABORT, 'token: revoked, never deleted'); END;
CREATE TRIGGER token_same BEFORE UPDATE OF id, kind, name, hash, scope, created_at ON token
BEGIN SELECT RAISE (ABORT, 'token: what it opens never changes'); END;

-- What people told it.
INSERT INTO meta VALUES ('first_day', '2026-03-05');
INSERT INTO event (plan, name, unit, on_day, told_by, recorded_at, written_at) VALUES
    ('haiphong-2026', 'plan_received', NULL, '2026-03-05', 'An', 1772700000, 1772700000),
    ('haiphong-2026', 'plan_received', 'haiphong/PC06', '2026-03-06', NULL, 1772800000, 1772800000);
INSERT INTO event (plan, name, unit, corrects, on_day, recorded_at, written_at) VALUES
    ('haiphong-2026', 'plan_received', 'haiphong/PC06', 2, '2026-03-09', 1773000000, 1773000001);
INSERT INTO progress VALUES
    (1, 'haiphong-2026:III.3.c:2026-03:haiphong/PC06', 'done', '2026-03-20', NULL, 'Bình', 1774000000, 1774000000),
    (2, 'haiphong-2026:III.3.c:2026-03:haiphong/PC06', 'reopen', NULL, 'gửi nhầm', 'Bình', 1774000100, 1774000100),
    (3, 'haiphong-2026:1.4.2:2026:haiphong/PV01', 'extend', '2026-12-31', 'chờ hướng dẫn', 'Chi', 1774000200, 1774000200);
INSERT INTO closing (plan, on_day, why, recorded_at, written_at) VALUES
    ('culaodung-2021', '2026-01-31', 'hết kỳ', 1774000300, 1774000300);
INSERT INTO stamp VALUES ('haiphong-2026:1.4.2:2026:haiphong/PV01@hanchot', -77, 5, 1774000200, 2);
INSERT INTO feed_stamp VALUES ('all', '"abc"', 1774000200);
INSERT INTO intake (name, checksum, sample, recorded_at, written_at) VALUES
    ('thang-3.csv', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 1774000400, 1774000400);
INSERT INTO figure VALUES ('haiphong/PC06', 'dossiers.received', '2026-03', 1, 1500000, 2, NULL);
INSERT INTO reply (alert, action, kind, due_day, told_by, recorded_at, written_at) VALUES
    ('haiphong-2026:III.3.c:2026-03:haiphong/PC06@hanchot', 'ack', 'due_soon', '2026-03-24', 'An', 1774000500, 1774000500);
INSERT INTO notice (alert, kind, rung, unit, channel, severity, title, body, told_at, written_at, taken_at) VALUES
    ('summary:haiphong/PC06', 'summary', '2026-03-20T07:30:00+07:00', 'haiphong/PC06', 'stream', 'info', '3 cảnh báo', '- a',
     1774000000, 1774000000, 1774000600);
INSERT INTO notice (alert, kind, rung, unit, channel, severity, title, body, message, told_at, written_at) VALUES
    ('haiphong-2026:III.3.c:2026-03:haiphong/PC06@hanchot', 'due_soon', '-3 2026-03-24', 'haiphong/PC06', 'stream', 'info', 'a', 'b',
     1, 1774000000, 1774000000);
INSERT INTO token (kind, name, hash, scope, alarms, created_at) VALUES
    ('feed', 'PC06', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'unit/haiphong/PC06', 1, 1774000700);
