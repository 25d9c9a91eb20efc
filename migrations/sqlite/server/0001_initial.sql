-- The server's schema: documents as ordered change logs, and who may touch them.
--
-- Ids are UUIDs as 16 bytes, times are milliseconds since 1970 (UTC), texts compare byte by byte.
-- Every table but accounts, devices, sessions, families and allocations is keyed by document first,
-- and no transaction writes to two documents: one schema serves one machine or many.
-- A released migration is never edited (its checksum is kept in every database): add the next one.

-- 'FWbs': this file is a Family Workbook server's. Checked before anything is written to a file.
PRAGMA application_id = 1180131955;

CREATE TABLE families (
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- What the board shows, such as 'Brennan'. What is known about people stands in the documents.
    name    TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    family      BLOB    NOT NULL REFERENCES families (id),
    compartment TEXT    NOT NULL,
    -- An unsigned 64-bit random value, kept bit for bit in SQLite's signed integer.
    epoch       INTEGER NOT NULL,
    -- Sequence number of the newest change; 0 when empty. Always max(changes.seq).
    head        INTEGER NOT NULL DEFAULT 0 CHECK (head >= 0),
    -- Whose it is, where it is one author's own; NULL otherwise.
    owner       BLOB    CHECK (length(owner) = 16),
    CHECK ((compartment = 'author-only') = (owner IS NOT NULL))
) STRICT;

-- One of each compartment in a family, and one of each author's own.
CREATE UNIQUE INDEX documents_place ON documents (family, compartment, coalesce(owner, x''));

-- The log. Rows are only ever added. `author` and `device` name who was signed in at upload; they
-- are evidence that outlives accounts, so they are not foreign keys.
CREATE TABLE changes (
    document BLOB    NOT NULL REFERENCES documents (id),
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    hash     BLOB    NOT NULL CHECK (length(hash) = 32),
    bytes    BLOB    NOT NULL,
    author   BLOB    NOT NULL CHECK (length(author) = 16),
    device   BLOB    NOT NULL CHECK (length(device) = 16),
    received INTEGER NOT NULL,
    PRIMARY KEY (document, seq),
    UNIQUE (document, hash)
) STRICT;

-- One saved document each, so that a phone far behind need not pull every change.
CREATE TABLE snapshots (
    document BLOB    NOT NULL PRIMARY KEY REFERENCES documents (id),
    seq      INTEGER NOT NULL CHECK (seq >= 0),
    bytes    BLOB    NOT NULL
) STRICT;

-- Which device an Automerge actor belongs to, bound at its first upload and for ever.
CREATE TABLE actors (
    document BLOB NOT NULL REFERENCES documents (id),
    actor    BLOB NOT NULL,
    device   BLOB NOT NULL CHECK (length(device) = 16),
    PRIMARY KEY (document, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    id            BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    sign_in       TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    discipline    TEXT NOT NULL,
    -- In PHC format, never the password.
    password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE devices (
    id           BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    professional BLOB    NOT NULL REFERENCES accounts (id),
    -- Ed25519.
    public_key   BLOB    NOT NULL CHECK (length(public_key) = 32),
    -- What its owner calls it, such as 'work phone'; empty when they gave it no name.
    label        TEXT    NOT NULL,
    enrolled     INTEGER NOT NULL,
    -- When it last signed a request, to a few minutes; NULL before the first.
    seen         INTEGER,
    revoked      INTEGER
) STRICT;

CREATE INDEX devices_by_professional ON devices (professional);

-- Browsers that are signed in. Only the SHA-256 of the cookie's token is kept: a stolen database
-- signs nobody in.
CREATE TABLE sessions (
    token_sha256 BLOB    NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 32),
    professional BLOB    NOT NULL REFERENCES accounts (id),
    expires      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who works with whom, and did: ended rows stay as evidence of who could read what and when.
CREATE TABLE allocations (
    family       BLOB    NOT NULL REFERENCES families (id),
    professional BLOB    NOT NULL REFERENCES accounts (id),
    began        INTEGER NOT NULL,
    -- NULL while it is open.
    ended        INTEGER,
    PRIMARY KEY (family, professional, began)
) STRICT, WITHOUT ROWID;

-- At most one open allocation of a professional to a family.
CREATE UNIQUE INDEX allocations_open ON allocations (family, professional) WHERE ended IS NULL;
-- The named members of a compartment, and who was: ended rows stay as evidence of who could read what
-- and when. The team's document has none (allocations rule it), nor has an author's own.
CREATE TABLE members (
    document     BLOB    NOT NULL REFERENCES documents (id),
    professional BLOB    NOT NULL REFERENCES accounts (id),
    began        INTEGER NOT NULL,
    -- NULL while it is open.
    ended        INTEGER,
    PRIMARY KEY (document, professional, began)
) STRICT, WITHOUT ROWID;

-- At most one open membership of a professional in a compartment.
CREATE UNIQUE INDEX members_open ON members (document, professional) WHERE ended IS NULL;
-- The board of one professional.
CREATE INDEX allocations_by_professional ON allocations (professional) WHERE ended IS NULL;
