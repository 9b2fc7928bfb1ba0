-- From version 4 to 5: the files that the rules in use were made of.

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

PRAGMA user_version = 5;
