-- What boards and lists read of each document, so that no list opens a document. Not the record: all of
-- it is made anew from the documents by `workbook rebuild`.
CREATE TABLE boards (
    document UUID   NOT NULL PRIMARY KEY REFERENCES documents (id),
    -- The document's head when this was made.
    seq      BIGINT NOT NULL CHECK (seq >= 0),
    entries  BIGINT NOT NULL CHECK (entries >= 0),
    -- Children that the work goes on with.
    children BIGINT NOT NULL CHECK (children >= 0),
    -- `record::Board` as it writes itself: names, due days, actions. No day on which it was made.
    body     BYTEA  NOT NULL
);
