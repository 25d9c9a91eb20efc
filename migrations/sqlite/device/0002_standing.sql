-- The server's word on what it has accepted, kept for the day on which it is restored from a backup:
-- JSON of `sync::replica::Standing`; empty before the first.
ALTER TABLE replicas ADD COLUMN standing TEXT NOT NULL DEFAULT '';
