-- The audit log: who read, wrote, was refused, signed in, was let in. What the columns mean and what
-- is hashed: docs/audit.md. No row holds personal data beyond ids, and none refers to another table:
-- rows outlive what they tell of.

-- A chain for each document, each account and the house (id all zeros).
CREATE TABLE audit_chains (
    chain    UUID   NOT NULL PRIMARY KEY,
    -- Of a document's chain; NULL for any other.
    family   UUID,
    -- Always the number of its rows and the hash of the last. Whoever appends holds this row's lock.
    length   BIGINT NOT NULL CHECK (length >= 1),
    head     BYTEA  NOT NULL CHECK (octet_length(head) = 32),
    -- Its length when the house's chain last noted its head.
    anchored BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX audit_chains_by_family ON audit_chains (family) WHERE family IS NOT NULL;

CREATE TABLE audit (
    chain     UUID   NOT NULL,
    seq       BIGINT NOT NULL CHECK (seq >= 1),
    at        BIGINT NOT NULL,
    kind      TEXT   COLLATE "C" NOT NULL,
    who       UUID,
    device    UUID,
    family    UUID,
    document  UUID,
    about     UUID,
    first_seq BIGINT,
    last_seq  BIGINT,
    amount    BIGINT,
    why       TEXT   COLLATE "C",
    head      BYTEA  CHECK (octet_length(head) = 32),
    hash      BYTEA  NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (chain, seq)
);

-- Append-only for this program and for whoever opens the database with another: a deliberate forger
-- can drop a trigger, and is found by the hashes.
CREATE FUNCTION audit_is_only_appended_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only appended to';
END
$$;

CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_appended_to();

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_appended_to();
