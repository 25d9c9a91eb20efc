-- Accounts' names at identity providers, and when sessions were last used.

CREATE TABLE identities (
    issuer       TEXT   COLLATE "C" NOT NULL,
    -- The value of the claim that the provider never gives to another person.
    subject      TEXT   COLLATE "C" NOT NULL,
    professional UUID   NOT NULL REFERENCES accounts (id),
    linked       BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX identities_by_professional ON identities (professional);

CREATE TABLE session_use (
    token_sha256 BYTEA  NOT NULL PRIMARY KEY REFERENCES sessions (token_sha256) ON DELETE CASCADE,
    used         BIGINT NOT NULL
);
