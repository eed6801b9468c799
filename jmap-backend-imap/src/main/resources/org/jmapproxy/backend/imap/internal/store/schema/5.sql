-- Sieve scripts as last seen at their server; the ids are ours. runs: the server runs it for each
-- message. is_active: clients see it as the active one.
CREATE TABLE own_script (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  blob_id TEXT NOT NULL,
  text TEXT NOT NULL,
  runs INTEGER NOT NULL,
  is_active INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX own_script_blob ON own_script (blob_id);
