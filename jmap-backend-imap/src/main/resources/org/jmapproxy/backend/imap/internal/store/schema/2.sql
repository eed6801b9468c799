-- Sending: addresses to send as, and messages that were accepted for sending.

-- source: which configured address this is, NULL for one that the user made; source_name: the name
-- it was configured with.
CREATE TABLE own_identity (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  source TEXT UNIQUE,
  source_name TEXT,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  reply_to TEXT,
  bcc TEXT,
  text_signature TEXT NOT NULL,
  html_signature TEXT NOT NULL
) WITHOUT ROWID;

-- phase: queued, sending (up to the final dot), ending (from the final dot on), done.
-- acknowledged: the client was told, or may have to be. forgotten: the client destroyed the record.
-- envelope and recipients are JSON; the message is a file of its own while it is needed.
CREATE TABLE own_submission (
  id TEXT PRIMARY KEY,
  identity_id TEXT NOT NULL,
  email_id TEXT NOT NULL,
  thread_id TEXT NOT NULL,
  envelope TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  send_at INTEGER NOT NULL,
  undo_status TEXT NOT NULL,
  phase TEXT NOT NULL,
  acknowledged INTEGER NOT NULL,
  forgotten INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt INTEGER NOT NULL,
  size INTEGER NOT NULL,
  traits INTEGER NOT NULL,
  recipients TEXT NOT NULL,
  notice TEXT NOT NULL,
  dsn_blob_ids TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX own_submission_open ON own_submission (next_attempt)
  WHERE phase <> 'done' OR notice <> 'none';

-- What happened to objects of the own tables. type: 4 Identity, 5 EmailSubmission.
-- kind: 1 created, 2 updated, 3 destroyed.
CREATE TABLE own_change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  type INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind INTEGER NOT NULL
);
CREATE INDEX own_change_type ON own_change (type, seq);
