-- What is kept against erasure, and what has been erased and must not come back.

-- That a family's record must not be erased, or was not to be.
CREATE TABLE holds (
    family    UUID   NOT NULL REFERENCES families (id),
    began     BIGINT NOT NULL,
    -- NULL while it is open.
    ended     BIGINT,
    -- Where to read why, such as a case number.
    reference TEXT   COLLATE "C" NOT NULL
);

-- At most one open hold of a family.
CREATE UNIQUE INDEX holds_open ON holds (family) WHERE ended IS NULL;
CREATE INDEX holds_by_family ON holds (family);

-- Hashes of changes that were accepted and have since been written anew or erased: never accepted
-- again. No change of the document has one of them.
CREATE TABLE retired (
    document UUID  NOT NULL REFERENCES documents (id),
    hash     BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (document, hash)
);

-- Ids of records that were erased from a document or lost a part, in that order: `place` runs from 1
-- without gaps. Devices look for them in what they keep beside their copy.
CREATE TABLE forgotten (
    document UUID   NOT NULL REFERENCES documents (id),
    place    BIGINT NOT NULL CHECK (place >= 1),
    id       UUID   NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (document, place)
);

-- Documents that were erased with their family: no device may keep them. The row is all that is left.
CREATE TABLE erased_documents (
    document UUID   NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL
);

-- PostgreSQL's statistics (pg_statistic) hold samples of columns, in plain text, and keep them when a
-- table is emptied. Of these columns there are none from now on: no query searches by them. Setting a
-- type, be it the one that it was, drops the samples of before.
ALTER TABLE families
    ALTER COLUMN name TYPE TEXT COLLATE "C",
    ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE changes
    ALTER COLUMN bytes TYPE BYTEA,
    ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE snapshots
    ALTER COLUMN bytes TYPE BYTEA,
    ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE boards
    ALTER COLUMN body TYPE BYTEA,
    ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE broken_glass
    ALTER COLUMN reason TYPE TEXT COLLATE "C",
    ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE holds ALTER COLUMN reference SET STATISTICS 0;
