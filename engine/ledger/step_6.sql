-- From version 5 to 6: records of events may be taken back.

CREATE TABLE withdrawal (
    id          INTEGER PRIMARY KEY,
    event       INTEGER NOT NULL UNIQUE REFERENCES event (id),
    why         TEXT NOT NULL CHECK (why <> ''),
    told_by     TEXT,
    recorded_at INTEGER NOT NULL,
    written_at  INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 6;
