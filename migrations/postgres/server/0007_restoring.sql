-- What a restore from a backup needs: the server's word on what it had accepted, and which documents
-- go on under a new epoch.

-- The key of the server's proofs. In every backup, so that proofs from after it still hold.
CREATE TABLE proof_key (
    one  BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    key  BYTEA  NOT NULL CHECK (octet_length(key) = 32)
);

-- Automerge's heads of each document as of `seq`, 32 bytes each.
CREATE TABLE heads (
    document UUID   NOT NULL PRIMARY KEY REFERENCES documents (id),
    seq      BIGINT NOT NULL CHECK (seq >= 0),
    hashes   BYTEA  NOT NULL CHECK (octet_length(hashes) % 32 = 0)
);

-- Documents that were restored: while `epoch` is the document's, it goes on the lineage that it had
-- before. An epoch that began otherwise (something was erased) has no row here that fits.
CREATE TABLE lineages (
    document UUID   NOT NULL PRIMARY KEY REFERENCES documents (id),
    -- Unsigned 64-bit values, kept bit for bit in PostgreSQL's signed integer.
    epoch    BIGINT NOT NULL,
    lineage  BIGINT NOT NULL
);

-- Changes that a device gave back after a restore. Their author stands in `changes`, as it had been
-- found when they were first accepted; here stands who brought them.
CREATE TABLE returned (
    document UUID   NOT NULL REFERENCES documents (id),
    seq      BIGINT NOT NULL CHECK (seq >= 1),
    device   UUID   NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (document, seq)
);
