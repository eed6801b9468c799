-- Tables named own_* hold what exists nowhere else. Tables named replica_* may be dropped and
-- fetched again. Times are milliseconds since 1970. A seq is a number out of replica_state.seq;
-- every change of a row takes the next one.

CREATE TABLE own_note (
  name TEXT PRIMARY KEY,
  text TEXT NOT NULL
) WITHOUT ROWID;

-- What IMAP cannot keep of a Mailbox; the path finds it again after the replica was dropped.
CREATE TABLE own_mailbox (
  mailbox_id TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  sort_order INTEGER NOT NULL DEFAULT 0,
  decides_role INTEGER NOT NULL DEFAULT 0,
  role TEXT
) WITHOUT ROWID;

CREATE TABLE own_upload (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- One row. open_since_boot: the boot of the machine since which changes may be less than durable.
CREATE TABLE replica_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch TEXT NOT NULL,
  salt TEXT NOT NULL,
  open_since_boot TEXT,
  seq INTEGER NOT NULL,
  mailbox_seq INTEGER NOT NULL,
  thread_seq INTEGER NOT NULL,
  email_seq INTEGER NOT NULL,
  delivery_seq INTEGER NOT NULL,
  floor_seq INTEGER NOT NULL,
  last_folder INTEGER NOT NULL,
  last_thread INTEGER NOT NULL,
  last_email INTEGER NOT NULL
);

CREATE TABLE replica_folder (
  folder INTEGER PRIMARY KEY,
  mailbox_id TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL UNIQUE,
  parent INTEGER,
  name TEXT NOT NULL,
  role TEXT,
  sort_order INTEGER NOT NULL,
  selectable INTEGER NOT NULL,
  subscribed INTEGER NOT NULL,
  rights INTEGER NOT NULL,
  server_mailbox_id TEXT,
  guid TEXT,
  uid_validity INTEGER NOT NULL DEFAULT 0,
  uid_next INTEGER NOT NULL DEFAULT 0,
  highest_modseq INTEGER NOT NULL DEFAULT 0,
  fetched_down_to INTEGER NOT NULL DEFAULT 0,
  server_messages INTEGER NOT NULL DEFAULT 0,
  resetting INTEGER NOT NULL DEFAULT 0,
  total_emails INTEGER NOT NULL DEFAULT 0,
  unread_emails INTEGER NOT NULL DEFAULT 0,
  total_threads INTEGER NOT NULL DEFAULT 0,
  unread_threads INTEGER NOT NULL DEFAULT 0,
  created_seq INTEGER NOT NULL,
  counts_seq INTEGER NOT NULL,
  other_seq INTEGER NOT NULL
);

-- A Thread without visible Emails has no created_seq.
CREATE TABLE replica_thread (
  thread INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  server_id TEXT UNIQUE,
  created_seq INTEGER,
  changed_seq INTEGER
);
CREATE INDEX replica_thread_created ON replica_thread (created_seq) WHERE created_seq IS NOT NULL;
CREATE INDEX replica_thread_changed ON replica_thread (changed_seq) WHERE created_seq IS NOT NULL;

-- What connects messages: a digest of a message id and the base subject.
CREATE TABLE replica_thread_key (
  key INTEGER PRIMARY KEY,
  thread INTEGER NOT NULL
);
CREATE INDEX replica_thread_key_thread ON replica_thread_key (thread);

-- An Email that clients do not see, because all its copies are \Deleted, has no created_seq.
-- flags and keywords are the union over the visible copies.
CREATE TABLE replica_email (
  email INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  thread INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  keywords TEXT NOT NULL,
  has_attachment INTEGER NOT NULL,
  sent_at INTEGER,
  subject_key TEXT NOT NULL,
  from_key TEXT NOT NULL,
  to_key TEXT NOT NULL,
  published INTEGER NOT NULL,
  created_seq INTEGER,
  changed_seq INTEGER,
  digest BLOB
);
CREATE INDEX replica_email_thread ON replica_email (thread);
CREATE INDEX replica_email_received ON replica_email (received_at) WHERE created_seq IS NOT NULL;
CREATE INDEX replica_email_created ON replica_email (created_seq) WHERE created_seq IS NOT NULL;
CREATE INDEX replica_email_changed ON replica_email (changed_seq) WHERE created_seq IS NOT NULL;
CREATE INDEX replica_email_digest ON replica_email (digest) WHERE digest IS NOT NULL;

-- A message in a folder. Negative UIDs wait to be found again after a change of UIDVALIDITY.
CREATE TABLE replica_copy (
  folder INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  email INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  keywords TEXT NOT NULL,
  modseq INTEGER NOT NULL,
  PRIMARY KEY (folder, uid)
) WITHOUT ROWID;
CREATE INDEX replica_copy_email ON replica_copy (email);

-- Which visible Emails are in which folder; what a message list walks along.
CREATE TABLE replica_member (
  folder INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  email INTEGER NOT NULL,
  thread INTEGER NOT NULL,
  PRIMARY KEY (folder, received_at, email)
) WITHOUT ROWID;
CREATE INDEX replica_member_email ON replica_member (email);

-- What the server says about identity: e: EMAILID, g: X-GM-MSGID, u: X-GUID.
CREATE TABLE replica_evidence (
  token TEXT PRIMARY KEY,
  email INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX replica_evidence_email ON replica_evidence (email);

-- What a message list shows. The envelope holds the header fields behind convenience properties.
CREATE TABLE replica_view (
  email INTEGER PRIMARY KEY,
  preview TEXT NOT NULL,
  envelope BLOB NOT NULL,
  structure BLOB NOT NULL
);
CREATE TABLE replica_header (
  email INTEGER PRIMARY KEY,
  header BLOB NOT NULL
);
CREATE TABLE replica_search (
  email INTEGER PRIMARY KEY,
  from_text TEXT NOT NULL,
  to_text TEXT NOT NULL,
  cc_text TEXT NOT NULL,
  bcc_text TEXT NOT NULL,
  subject_text TEXT NOT NULL
);

-- Lives of objects that have ended. type: 1 Mailbox, 2 Thread, 3 Email.
CREATE TABLE replica_past (
  type INTEGER NOT NULL,
  destroyed_seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  created_seq INTEGER NOT NULL,
  destroyed_at INTEGER NOT NULL,
  thread_id TEXT,
  mailbox_ids TEXT,
  PRIMARY KEY (type, destroyed_seq)
) WITHOUT ROWID;
CREATE INDEX replica_past_id ON replica_past (type, id);
CREATE INDEX replica_past_created ON replica_past (type, created_seq);
