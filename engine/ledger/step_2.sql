-- From version 1 to 2. Ledgers of version 1 were made over some time: the first ones know no figures, the next no secret links
-- and keys, the next no answers and notices. What is there stays as it is.

CREATE TABLE IF NOT EXISTS intake (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL CHECK (name <> ''),
    checksum    TEXT NOT NULL CHECK (length(checksum) = 64 AND checksum NOT GLOB '*[^0-9a-f]*'), -- SHA-256 of its bytes
    sample      INTEGER NOT NULL CHECK (sample IN (0, 1)),
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS intake_by_checksum ON intake (checksum);

CREATE TABLE IF NOT EXISTS figure (
    unit   TEXT NOT NULL CHECK (unit <> ''),
    metric TEXT NOT NULL CHECK (metric <> ''),
    period TEXT NOT NULL CHECK (period <> ''),
    intake INTEGER NOT NULL REFERENCES intake (id),
    value  INTEGER NOT NULL CHECK (value >= 0),
    place  INTEGER NOT NULL CHECK (place >= 1),
    note   TEXT,
    PRIMARY KEY (unit, metric, period, intake)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS reply (
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

CREATE INDEX IF NOT EXISTS reply_by_alert ON reply (alert, id);

CREATE TABLE IF NOT EXISTS notice (
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

CREATE TRIGGER IF NOT EXISTS intake_stays BEFORE UPDATE ON intake BEGIN SELECT RAISE (ABORT, 'intake: facts are only added'); END;
CREATE TRIGGER IF NOT EXISTS intake_kept BEFORE DELETE ON intake BEGIN SELECT RAISE (ABORT, 'intake: facts are only added'); END;
CREATE TRIGGER IF NOT EXISTS figure_stays BEFORE UPDATE ON figure BEGIN SELECT RAISE (ABORT, 'figure: facts are only added'); END;
CREATE TRIGGER IF NOT EXISTS figure_kept BEFORE DELETE ON figure BEGIN SELECT RAISE (ABORT, 'figure: facts are only added'); END;
CREATE TRIGGER IF NOT EXISTS reply_stays BEFORE UPDATE ON reply BEGIN SELECT RAISE (ABORT, 'reply: facts are only added'); END;
CREATE TRIGGER IF NOT EXISTS reply_kept BEFORE DELETE ON reply BEGIN SELECT RAISE (ABORT, 'reply: facts are only added'); END;
CREATE TRIGGER IF NOT EXISTS notice_kept BEFORE DELETE ON notice BEGIN SELECT RAISE (ABORT, 'notice: facts are only added'); END;

CREATE TABLE IF NOT EXISTS token (
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

CREATE TRIGGER IF NOT EXISTS token_kept BEFORE DELETE ON token BEGIN SELECT RAISE (ABORT, 'token: revoked, never deleted'); END;
CREATE TRIGGER IF NOT EXISTS token_same BEFORE UPDATE OF id, kind, name, hash, scope, created_at ON token
BEGIN SELECT RAISE (ABORT, 'token: what it opens never changes'); END;

PRAGMA user_version = 2;
