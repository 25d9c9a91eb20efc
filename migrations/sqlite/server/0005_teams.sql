-- Teams with a manager, the families allocated to them, restricted families, closed accounts, and
-- broken glass. Ended rows stay as evidence of who could read what and when.

CREATE TABLE teams (
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name    TEXT    NOT NULL UNIQUE,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE team_places (
    team         BLOB    NOT NULL REFERENCES teams (id),
    professional BLOB    NOT NULL REFERENCES accounts (id),
    role         TEXT    NOT NULL CHECK (role IN ('member', 'supervisor', 'manager')),
    began        INTEGER NOT NULL,
    -- NULL while it is open.
    ended        INTEGER,
    PRIMARY KEY (team, professional, role, began)
) STRICT, WITHOUT ROWID;

-- At most one open place of a professional in a team.
CREATE UNIQUE INDEX team_places_open ON team_places (team, professional) WHERE ended IS NULL;
CREATE INDEX team_places_by_professional ON team_places (professional) WHERE ended IS NULL;

CREATE TABLE team_families (
    family BLOB    NOT NULL REFERENCES families (id),
    team   BLOB    NOT NULL REFERENCES teams (id),
    began  INTEGER NOT NULL,
    -- NULL while it is open.
    ended  INTEGER,
    PRIMARY KEY (family, team, began)
) STRICT, WITHOUT ROWID;

-- A family has at most one team at a time.
CREATE UNIQUE INDEX team_families_open ON team_families (family) WHERE ended IS NULL;
CREATE INDEX team_families_by_team ON team_families (team) WHERE ended IS NULL;

-- Families whose very existence is hidden from other teams.
CREATE TABLE restrictions (
    family BLOB    NOT NULL REFERENCES families (id),
    began  INTEGER NOT NULL,
    -- NULL while it is open.
    ended  INTEGER,
    PRIMARY KEY (family, began)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX restrictions_open ON restrictions (family) WHERE ended IS NULL;

-- Accounts that close or have closed.
CREATE TABLE closings (
    professional BLOB    NOT NULL PRIMARY KEY REFERENCES accounts (id),
    at           INTEGER NOT NULL,
    -- 1 once all that they reached anything by has been ended.
    done         INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE broken_glass (
    id           BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    family       BLOB    NOT NULL REFERENCES families (id),
    professional BLOB    NOT NULL REFERENCES accounts (id),
    reason       TEXT    NOT NULL,
    began        INTEGER NOT NULL,
    until        INTEGER NOT NULL,
    -- Which manager confirmed to have seen it, and when; NULL before.
    seen_by      BLOB    REFERENCES accounts (id),
    seen_at      INTEGER,
    CHECK ((seen_by IS NULL) = (seen_at IS NULL))
) STRICT;

CREATE INDEX broken_glass_by_professional ON broken_glass (professional, until);
CREATE INDEX broken_glass_unseen ON broken_glass (began) WHERE seen_by IS NULL;
