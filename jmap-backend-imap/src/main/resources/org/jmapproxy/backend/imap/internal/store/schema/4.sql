-- Reports about messages that were sent: by what they are recognised, and what has come.
ALTER TABLE own_submission ADD COLUMN mdn_blob_ids TEXT NOT NULL DEFAULT '[]';
ALTER TABLE own_submission ADD COLUMN message_id TEXT;
CREATE INDEX own_submission_message ON own_submission (message_id) WHERE message_id IS NOT NULL;
