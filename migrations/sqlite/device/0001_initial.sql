-- A device's schema: what a phone or laptop keeps between two syncs.
--
-- Nothing that a user wrote leaves this file before the server has accepted it or the user has
-- discarded it. So outbox, quarantine and drafts have no foreign key to replicas: they stay when
-- access to a document ends.
-- Ids are UUIDs as 16 bytes, times are milliseconds since 1970 (UTC).
-- A released migration is never edited (its checksum is kept in every database): add the next one.

-- 'FWbd': this file is a Family Workbook device's. Checked before anything is written to a file.
PRAGMA application_id = 1180131940;

-- Who the device belongs to. At most one row.
CREATE TABLE profile (
    only         INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    device       BLOB    NOT NULL CHECK (length(device) = 16),
    professional BLOB    NOT NULL CHECK (length(professional) = 16),
    name         TEXT    NOT NULL,
    discipline   TEXT    NOT NULL,
    server       TEXT    NOT NULL,
    -- Ed25519; the reason why this file is readable by its owner alone.
    secret_key   BLOB    NOT NULL CHECK (length(secret_key) = 32)
) STRICT;

-- Each document as the server has accepted it, up to the cursor.
CREATE TABLE replicas (
    document    BLOB    NOT NULL PRIMARY KEY CHECK (length(document) = 16),
    family      BLOB    NOT NULL CHECK (length(family) = 16),
    family_name TEXT    NOT NULL,
    compartment TEXT    NOT NULL,
    -- Unsigned 64-bit values, kept bit for bit in SQLite's signed integer.
    epoch       INTEGER NOT NULL,
    cursor      INTEGER NOT NULL,
    bytes       BLOB    NOT NULL
) STRICT;

-- Changes that wait for the server, in the order in which they were written.
CREATE TABLE outbox (
    document BLOB    NOT NULL CHECK (length(document) = 16),
    -- Order inside the document, given on arrival. Device clocks jump, so `written` is no order.
    place    INTEGER NOT NULL,
    hash     BLOB    NOT NULL CHECK (length(hash) = 32),
    bytes    BLOB    NOT NULL,
    written  INTEGER NOT NULL,
    PRIMARY KEY (document, place),
    UNIQUE (document, hash)
) STRICT;

-- Refused changes with their reasons, until their author has dealt with them.
CREATE TABLE quarantine (
    -- Order of arrival.
    place    INTEGER NOT NULL PRIMARY KEY,
    id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    document BLOB    NOT NULL CHECK (length(document) = 16),
    hash     BLOB    NOT NULL CHECK (length(hash) = 32),
    bytes    BLOB    NOT NULL,
    content  TEXT    NOT NULL,
    refusal  TEXT    NOT NULL,
    refused  INTEGER NOT NULL
) STRICT;

-- Drafts are their author's alone and outside every shared document.
CREATE TABLE drafts (
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    family  BLOB    NOT NULL CHECK (length(family) = 16),
    json    TEXT    NOT NULL,
    begun   INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
