-- Gmail: the label whose messages a folder shows; '' is the folder that holds the messages of all
-- labels, NULL an ordinary folder. Labels of a message there, each with a tab on both sides.
ALTER TABLE replica_folder ADD COLUMN label TEXT;
ALTER TABLE replica_copy ADD COLUMN labels TEXT NOT NULL DEFAULT '';
