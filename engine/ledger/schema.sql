-- The ledger of hanchot: what people told it, and what it must remember of what it published.
-- Whole, as of user_version; step_N.sql brings an older ledger to version N. Run inside one transaction.
--
-- Days are civil days (UTC+7) as ISO text, instants are seconds since 1970 UTC: to read one,
--   SELECT datetime(recorded_at, 'unixepoch', '+7 hours') FROM progress;
-- recorded_at is the instant that a fact counts from (--at), written_at what the clock said then.

PRAGMA application_id = 0x68616e63; -- "hanc"
PRAGMA user_version = 7;

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

-- A record of an event was a mistake and is taken back (`record --withdraw`): the last of its chain. Recorded anew, the chain
-- goes on with another record, and stands again.
CREATE TABLE withdrawal (
    id          INTEGER PRIMARY KEY,
    event       INTEGER NOT NULL UNIQUE REFERENCES event (id),
    why         TEXT NOT NULL CHECK (why <> ''),
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL
) STRICT;

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

CREATE INDEX notice_by_message ON notice (message) WHERE message IS NOT NULL;

-- What leaves the house by mail or webhook for a notice that goes out by itself: written with it, in one transaction, and tried
-- until the channel took or refused it. next_at: not before that; NULL: it has ended. detail: what was answered last.
-- dropped_at: it was out of date before it was taken; newer: the one that tells it instead, NULL: nothing in it was open any
-- more. resent: how often it was sent again by hand after a refusal. receiver is the notice's channel, to be found by; content
-- stands last, for it is long and the others are read without it.
CREATE TABLE delivery (
    notice     INTEGER PRIMARY KEY REFERENCES notice (id),
    receiver   TEXT NOT NULL CHECK (receiver <> ''),
    tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_at    INTEGER,
    refused_at INTEGER,
    detail     TEXT,
    dropped_at INTEGER,
    newer      INTEGER REFERENCES notice (id),
    resent     INTEGER NOT NULL DEFAULT 0,
    content    TEXT NOT NULL CHECK (content <> ''),
    CHECK (next_at IS NULL OR refused_at IS NULL)
) STRICT;

CREATE INDEX delivery_waiting ON delivery (next_at, receiver) WHERE next_at IS NOT NULL;
CREATE INDEX delivery_refused ON delivery (refused_at) WHERE refused_at IS NOT NULL;
CREATE INDEX delivery_missing ON delivery (receiver) WHERE dropped_at IS NULL AND (next_at IS NOT NULL OR refused_at IS NOT NULL);
CREATE INDEX delivery_by_newer ON delivery (newer) WHERE newer IS NOT NULL;
CREATE INDEX delivery_resent ON delivery (resent) WHERE resent > 0;

-- How mail addresses and webhooks stand: since when each takes nothing, NULL: what came last was taken.
CREATE TABLE channel (
    name        TEXT PRIMARY KEY,
    fails_since INTEGER,
    detail      TEXT
) STRICT, WITHOUT ROWID;

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
CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery BEGIN SELECT RAISE (ABORT, 'delivery: facts are only added'); END;

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

-- The last rules in use, as their files were, for a start at which those on the disk have faults: see copy.h. hash: SHA-256 over
-- all of them; kept_at: since when they are these. name: within the folder ("units/haiphong.lua").
CREATE TABLE rule_copy (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    hash    TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    kept_at INTEGER NOT NULL
) STRICT;

CREATE TABLE rule_file (
    folder  TEXT NOT NULL CHECK (folder IN ('rules', 'calendars')),
    name    TEXT NOT NULL CHECK (name <> ''),
    content TEXT NOT NULL,
    PRIMARY KEY (folder, name)
) STRICT;
