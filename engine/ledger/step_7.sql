-- From version 6 to 7: what has not arrived is found by its receiver, and how a delivery stands is read without its content.

CREATE TABLE delivery_7 (
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

INSERT INTO delivery_7
    SELECT notice, channel, tries, next_at, refused_at, detail, dropped_at, newer, resent, content
    FROM delivery JOIN notice ON id = notice;

DROP TABLE delivery;
ALTER TABLE delivery_7 RENAME TO delivery;

CREATE INDEX delivery_waiting ON delivery (next_at, receiver) WHERE next_at IS NOT NULL;
CREATE INDEX delivery_refused ON delivery (refused_at) WHERE refused_at IS NOT NULL;
CREATE INDEX delivery_missing ON delivery (receiver) WHERE dropped_at IS NULL AND (next_at IS NOT NULL OR refused_at IS NOT NULL);
CREATE INDEX delivery_by_newer ON delivery (newer) WHERE newer IS NOT NULL;
CREATE INDEX delivery_resent ON delivery (resent) WHERE resent > 0;

CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery BEGIN SELECT RAISE (ABORT, 'delivery: facts are only added'); END;

PRAGMA user_version = 7;
