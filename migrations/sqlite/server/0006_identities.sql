-- Accounts' names at identity providers, and when sessions were last used.

CREATE TABLE identities (
    issuer       TEXT    NOT NULL,
    -- The value of the claim that the provider never gives to another person.
    subject      TEXT    NOT NULL,
    professional BLOB    NOT NULL REFERENCES accounts (id),
    linked       INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_by_professional ON identities (professional);

CREATE TABLE session_use (
    token_sha256 BLOB    NOT NULL PRIMARY KEY REFERENCES sessions (token_sha256) ON DELETE CASCADE,
    used         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
