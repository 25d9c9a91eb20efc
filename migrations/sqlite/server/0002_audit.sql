-- The audit log: who read, wrote, was refused, signed in, was let in. What the columns mean and what
-- is hashed: docs/audit.md. No row holds personal data beyond ids, and none refers to another table:
-- rows outlive what they tell of.

-- A chain for each document, each account and the house (id all zeros).
CREATE TABLE audit_chains (
    chain    BLOB    NOT NULL PRIMARY KEY CHECK (length(chain) = 16),
    -- Of a document's chain; NULL for any other.
    family   BLOB    CHECK (length(family) = 16),
    -- Always the number of its rows and the hash of the last.
    length   INTEGER NOT NULL CHECK (length >= 1),
    head     BLOB    NOT NULL CHECK (length(head) = 32),
    -- Its length when the house's chain last noted its head.
    anchored INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_chains_by_family ON audit_chains (family) WHERE family IS NOT NULL;

CREATE TABLE audit (
    chain     BLOB    NOT NULL CHECK (length(chain) = 16),
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    at        INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    who       BLOB    CHECK (length(who) = 16),
    device    BLOB    CHECK (length(device) = 16),
    family    BLOB    CHECK (length(family) = 16),
    document  BLOB    CHECK (length(document) = 16),
    about     BLOB    CHECK (length(about) = 16),
    first_seq INTEGER,
    last_seq  INTEGER,
    amount    INTEGER,
    why       TEXT,
    head      BLOB    CHECK (length(head) = 32),
    hash      BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (chain, seq)
) STRICT, WITHOUT ROWID;

-- Append-only for this program and for whoever opens the file with another: a deliberate forger can
-- drop a trigger, and is found by the hashes.
CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only appended to');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only appended to');
END;
