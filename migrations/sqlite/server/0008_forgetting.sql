-- What is kept against erasure, and what has been erased and must not come back.

-- That a family's record must not be erased, or was not to be.
CREATE TABLE holds (
    family    BLOB    NOT NULL REFERENCES families (id),
    began     INTEGER NOT NULL,
    -- NULL while it is open.
    ended     INTEGER,
    -- Where to read why, such as a case number.
    reference TEXT    NOT NULL
) STRICT;

-- At most one open hold of a family.
CREATE UNIQUE INDEX holds_open ON holds (family) WHERE ended IS NULL;
CREATE INDEX holds_by_family ON holds (family);

-- Hashes of changes that were accepted and have since been written anew or erased: never accepted
-- again. No change of the document has one of them.
CREATE TABLE retired (
    document BLOB NOT NULL REFERENCES documents (id),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;

-- Ids of records that were erased from a document or lost a part, in that order: `place` runs from 1
-- without gaps. Devices look for them in what they keep beside their copy.
CREATE TABLE forgotten (
    document BLOB    NOT NULL REFERENCES documents (id),
    place    INTEGER NOT NULL CHECK (place >= 1),
    id       BLOB    NOT NULL CHECK (length(id) = 16),
    at       INTEGER NOT NULL,
    PRIMARY KEY (document, place)
) STRICT, WITHOUT ROWID;

-- Documents that were erased with their family: no device may keep them. The row is all that is left.
CREATE TABLE erased_documents (
    document BLOB    NOT NULL PRIMARY KEY CHECK (length(document) = 16),
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
