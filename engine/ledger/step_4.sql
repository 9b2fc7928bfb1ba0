-- From version 3 to 4: letters that are out of date are not sent any more, refused ones may be sent again, and how channels stand.

ALTER TABLE delivery ADD COLUMN dropped_at INTEGER;
ALTER TABLE delivery ADD COLUMN newer INTEGER REFERENCES notice (id);
ALTER TABLE delivery ADD COLUMN resent INTEGER NOT NULL DEFAULT 0;

CREATE INDEX delivery_by_newer ON delivery (newer) WHERE newer IS NOT NULL;
CREATE INDEX delivery_resent ON delivery (resent) WHERE resent > 0;
CREATE INDEX notice_by_message ON notice (message) WHERE message IS NOT NULL;

CREATE TABLE channel (
    name        TEXT PRIMARY KEY,
    fails_since INTEGER,
    detail      TEXT
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
