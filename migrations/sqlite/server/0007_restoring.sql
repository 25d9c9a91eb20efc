-- What a restore from a backup needs: the server's word on what it had accepted, and which documents
-- go on under a new epoch.

-- The key of the server's proofs. In every backup, so that proofs from after it still hold.
CREATE TABLE proof_key (
    one  INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    key  BLOB    NOT NULL CHECK (length(key) = 32)
) STRICT;

-- Automerge's heads of each document as of `seq`, 32 bytes each.
CREATE TABLE heads (
    document BLOB    NOT NULL PRIMARY KEY REFERENCES documents (id),
    seq      INTEGER NOT NULL CHECK (seq >= 0),
    hashes   BLOB    NOT NULL CHECK (length(hashes) % 32 = 0)
) STRICT;

-- Documents that were restored: while `epoch` is the document's, it goes on the lineage that it had
-- before. An epoch that began otherwise (something was erased) has no row here that fits.
CREATE TABLE lineages (
    document BLOB    NOT NULL PRIMARY KEY REFERENCES documents (id),
    -- Unsigned 64-bit values, kept bit for bit in SQLite's signed integer.
    epoch    INTEGER NOT NULL,
    lineage  INTEGER NOT NULL
) STRICT;

-- Changes that a device gave back after a restore. Their author stands in `changes`, as it had been
-- found when they were first accepted; here stands who brought them.
CREATE TABLE returned (
    document BLOB    NOT NULL REFERENCES documents (id),
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    device   BLOB    NOT NULL CHECK (length(device) = 16),
    received INTEGER NOT NULL,
    PRIMARY KEY (document, seq)
) STRICT, WITHOUT ROWID;
