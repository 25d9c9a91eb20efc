-- Teams with a manager, the families allocated to them, restricted families, closed accounts, and
-- broken glass. Ended rows stay as evidence of who could read what and when.

CREATE TABLE teams (
    id      UUID   NOT NULL PRIMARY KEY,
    name    TEXT   COLLATE "C" NOT NULL UNIQUE,
    created BIGINT NOT NULL
);

CREATE TABLE team_places (
    team         UUID   NOT NULL REFERENCES teams (id),
    professional UUID   NOT NULL REFERENCES accounts (id),
    role         TEXT   COLLATE "C" NOT NULL CHECK (role IN ('member', 'supervisor', 'manager')),
    began        BIGINT NOT NULL,
    -- NULL while it is open.
    ended        BIGINT,
    PRIMARY KEY (team, professional, role, began)
);

-- At most one open place of a professional in a team.
CREATE UNIQUE INDEX team_places_open ON team_places (team, professional) WHERE ended IS NULL;
CREATE INDEX team_places_by_professional ON team_places (professional) WHERE ended IS NULL;

CREATE TABLE team_families (
    family UUID   NOT NULL REFERENCES families (id),
    team   UUID   NOT NULL REFERENCES teams (id),
    began  BIGINT NOT NULL,
    -- NULL while it is open.
    ended  BIGINT,
    PRIMARY KEY (family, team, began)
);

-- A family has at most one team at a time.
CREATE UNIQUE INDEX team_families_open ON team_families (family) WHERE ended IS NULL;
CREATE INDEX team_families_by_team ON team_families (team) WHERE ended IS NULL;

-- Families whose very existence is hidden from other teams.
CREATE TABLE restrictions (
    family UUID   NOT NULL REFERENCES families (id),
    began  BIGINT NOT NULL,
    -- NULL while it is open.
    ended  BIGINT,
    PRIMARY KEY (family, began)
);

CREATE UNIQUE INDEX restrictions_open ON restrictions (family) WHERE ended IS NULL;

-- Accounts that close or have closed.
CREATE TABLE closings (
    professional UUID    NOT NULL PRIMARY KEY REFERENCES accounts (id),
    at           BIGINT  NOT NULL,
    -- Whether all that they reached anything by has been ended.
    done         BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE broken_glass (
    id           UUID   NOT NULL PRIMARY KEY,
    family       UUID   NOT NULL REFERENCES families (id),
    professional UUID   NOT NULL REFERENCES accounts (id),
    reason       TEXT   COLLATE "C" NOT NULL,
    began        BIGINT NOT NULL,
    until        BIGINT NOT NULL,
    -- Which manager confirmed to have seen it, and when; NULL before.
    seen_by      UUID   REFERENCES accounts (id),
    seen_at      BIGINT,
    CHECK ((seen_by IS NULL) = (seen_at IS NULL))
);

CREATE INDEX broken_glass_by_professional ON broken_glass (professional, until);
CREATE INDEX broken_glass_unseen ON broken_glass (began) WHERE seen_by IS NULL;
