-- A ledger of version 1 as the first hanchot made it: no figures, links, answers or notices yet.

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

-- Facts are only ever added.
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE (ABORT, 'event: facts are only added'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE (ABORT, 'event: facts are only added'); END;
CREATE TRIGGER progress_stays BEFORE UPDATE ON progress BEGIN SELECT RAISE (ABORT, 'progress: facts are only added'); END;
CREATE TRIGGER progress_kept BEFORE DELETE ON progress BEGIN SELECT RAISE (ABORT, 'progress: facts are only added'); END;
CREATE TRIGGER closing_stays BEFORE UPDATE ON closing BEGIN SELECT RAISE (ABORT, 'closing: facts are only added'); END;
CREATE TRIGGER closing_kept BEFORE DELETE ON closing BEGIN SELECT RAISE (ABORT, 'closing: facts are only added'); END;

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
