-- The colour of a school in its mails; and what looking at messages and sending them again needs.
-- Safe beside a running version: a column with a constant default, an index that costs an insert
-- next to nothing, more rights.
ALTER TABLE school ADD color text NOT NULL DEFAULT '#4b3f8f' CHECK (color ~ '^#[0-9a-f]{6}$');
GRANT UPDATE (color) ON school TO porteria_web;

-- What was owed today, without an entry of an index for each message.
CREATE INDEX notification_created ON notification USING brin (created_at);

-- Staff send a message again.
GRANT UPDATE (due_at, failure_class) ON notification TO porteria_web;
