-- Signed requests of the last minutes, so that a copy of one is refused whichever process it comes to.

CREATE TABLE request_marks (
    -- SHA-256 of the device's signature.
    mark  BYTEA  NOT NULL PRIMARY KEY CHECK (octet_length(mark) = 32),
    -- Milliseconds since 1970 from which on the request is too old anyway.
    until BIGINT NOT NULL
);
