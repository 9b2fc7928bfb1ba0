-- From version 2 to 3: what leaves the house by mail or webhook.

CREATE TABLE delivery (
    notice     INTEGER PRIMARY KEY REFERENCES notice (id),
    content    TEXT NOT NULL CHECK (content <> ''),
    tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_at    INTEGER,
    refused_at INTEGER,
    detail     TEXT,
    CHECK (next_at IS NULL OR refused_at IS NULL)
) STRICT;

CREATE INDEX delivery_waiting ON delivery (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX delivery_refused ON delivery (refused_at) WHERE refused_at IS NOT NULL;

CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery BEGIN SELECT RAISE (ABORT, 'delivery: facts are only added'); END;

PRAGMA user_version = 3;
