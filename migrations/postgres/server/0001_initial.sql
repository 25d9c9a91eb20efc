-- The server's schema: documents as ordered change logs, and who may touch them.
--
-- Times are milliseconds since 1970 (UTC), texts compare byte by byte (COLLATE "C").
-- Every table but accounts, devices, sessions, families and allocations is keyed by document first,
-- and no transaction writes to two documents: one schema serves one machine or many.
-- The same tables and columns as in migrations/sqlite/server, by the same numbers.
-- A released migration is never edited (its checksum is kept in every database): add the next one.

CREATE TABLE families (
    id      UUID   NOT NULL PRIMARY KEY,
    -- What the board shows, such as 'Brennan'. What is known about people stands in the documents.
    name    TEXT   COLLATE "C" NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE documents (
    id          UUID   NOT NULL PRIMARY KEY,
    family      UUID   NOT NULL REFERENCES families (id),
    compartment TEXT   COLLATE "C" NOT NULL,
    -- An unsigned 64-bit random value, kept bit for bit in PostgreSQL's signed integer.
    epoch       BIGINT NOT NULL,
    -- Sequence number of the newest change; 0 when empty. Always max(changes.seq).
    head        BIGINT NOT NULL DEFAULT 0 CHECK (head >= 0),
    -- Whose it is, where it is one author's own; NULL otherwise.
    owner       UUID,
    CHECK ((compartment = 'author-only') = (owner IS NOT NULL))
);

-- This database is a Family Workbook server's. Checked before anything is written to it.
COMMENT ON TABLE documents IS 'Family Workbook server';

-- One of each compartment in a family, and one of each author's own.
CREATE UNIQUE INDEX documents_place ON documents (family, compartment, owner) NULLS NOT DISTINCT;

-- The log. Rows are only ever added. `author` and `device` name who was signed in at upload; they
-- are evidence that outlives accounts, so they are not foreign keys.
CREATE TABLE changes (
    document UUID   NOT NULL REFERENCES documents (id),
    seq      BIGINT NOT NULL CHECK (seq >= 1),
    hash     BYTEA  NOT NULL CHECK (octet_length(hash) = 32),
    bytes    BYTEA  NOT NULL,
    author   UUID   NOT NULL,
    device   UUID   NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (document, seq),
    UNIQUE (document, hash)
);

-- One saved document each, so that a phone far behind need not pull every change.
CREATE TABLE snapshots (
    document UUID   NOT NULL PRIMARY KEY REFERENCES documents (id),
    seq      BIGINT NOT NULL CHECK (seq >= 0),
    bytes    BYTEA  NOT NULL
);

-- Which device an Automerge actor belongs to, bound at its first upload and for ever.
CREATE TABLE actors (
    document UUID  NOT NULL REFERENCES documents (id),
    actor    BYTEA NOT NULL,
    device   UUID  NOT NULL,
    PRIMARY KEY (document, actor)
);

CREATE TABLE accounts (
    id            UUID NOT NULL PRIMARY KEY,
    sign_in       TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT COLLATE "C" NOT NULL,
    discipline    TEXT COLLATE "C" NOT NULL,
    -- In PHC format, never the password.
    password_hash TEXT COLLATE "C" NOT NULL
);

CREATE TABLE devices (
    id           UUID   NOT NULL PRIMARY KEY,
    professional UUID   NOT NULL REFERENCES accounts (id),
    -- Ed25519.
    public_key   BYTEA  NOT NULL CHECK (octet_length(public_key) = 32),
    -- What its owner calls it, such as 'work phone'; empty when they gave it no name.
    label        TEXT   COLLATE "C" NOT NULL,
    enrolled     BIGINT NOT NULL,
    -- When it last signed a request, to a few minutes; NULL before the first.
    seen         BIGINT,
    revoked      BIGINT
);

CREATE INDEX devices_by_professional ON devices (professional);

-- Browsers that are signed in. Only the SHA-256 of the cookie's token is kept: a stolen database
-- signs nobody in.
CREATE TABLE sessions (
    token_sha256 BYTEA  NOT NULL PRIMARY KEY CHECK (octet_length(token_sha256) = 32),
    professional UUID   NOT NULL REFERENCES accounts (id),
    expires      BIGINT NOT NULL
);

-- Who works with whom, and did: ended rows stay as evidence of who could read what and when.
CREATE TABLE allocations (
    family       UUID   NOT NULL REFERENCES families (id),
    professional UUID   NOT NULL REFERENCES accounts (id),
    began        BIGINT NOT NULL,
    -- NULL while it is open.
    ended        BIGINT,
    PRIMARY KEY (family, professional, began)
);

-- At most one open allocation of a professional to a family.
CREATE UNIQUE INDEX allocations_open ON allocations (family, professional) WHERE ended IS NULL;
-- The board of one professional.
CREATE INDEX allocations_by_professional ON allocations (professional) WHERE ended IS NULL;

-- The named members of a compartment, and who was: ended rows stay as evidence of who could read what
-- and when. The team's document has none (allocations rule it), nor has an author's own.
CREATE TABLE members (
    document     UUID   NOT NULL REFERENCES documents (id),
    professional UUID   NOT NULL REFERENCES accounts (id),
    began        BIGINT NOT NULL,
    -- NULL while it is open.
    ended        BIGINT,
    PRIMARY KEY (document, professional, began)
);

-- At most one open membership of a professional in a compartment.
CREATE UNIQUE INDEX members_open ON members (document, professional) WHERE ended IS NULL;
