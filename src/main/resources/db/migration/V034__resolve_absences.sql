-- Requests for absence are submitted, resolved and told, with a document where there is one. Safe: a
-- new table, rights on a table nothing wrote yet, and constraints loosened by what is new.
ALTER TABLE absence_request ADD CONSTRAINT absence_request_note_is_short CHECK (length(note) <= 1000);
-- What waits for an inspector; ids are ordered as the requests were submitted.
CREATE INDEX absence_request_pending ON absence_request (school_id, id) WHERE status = 'PENDING';

CREATE TABLE absence_attachment (
  school_id      uuid NOT NULL REFERENCES school (id),
  id             uuid NOT NULL DEFAULT uuidv7(),
  absence_id     uuid NOT NULL,
  object_key     text NOT NULL UNIQUE CHECK (object_key <> ''),
  content_type   text NOT NULL CHECK (content_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  content_length bigint NOT NULL CHECK (content_length > 0),
  requested_at   timestamptz NOT NULL,
  -- When the object was looked at and found to be what was announced.
  completed_at   timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, absence_id) REFERENCES absence_request (school_id, id)
);
-- One document a request; uploads that were begun may be more.
CREATE UNIQUE INDEX absence_attachment_of_request ON absence_attachment (school_id, absence_id)
  WHERE completed_at IS NOT NULL;
CREATE INDEX absence_attachment_request ON absence_attachment (school_id, absence_id);

ALTER TABLE absence_attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE absence_attachment FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON absence_attachment USING
  (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);
CREATE POLICY every_school ON absence_attachment TO porteria_worker USING (true);

GRANT INSERT, UPDATE (status, note, attachment_ref, resolved_by, resolved_at, resolution_reason)
  ON absence_request TO porteria_web;
GRANT SELECT, INSERT, UPDATE (completed_at) ON absence_attachment TO porteria_web;
GRANT SELECT, DELETE ON absence_attachment TO porteria_worker;
GRANT UPDATE (attachment_ref) ON absence_request TO porteria_worker;

-- The answer to what a guardian asked concerns a pupil, and has no message type: nobody may choose
-- not to get it.
DO $$
DECLARE
  allowed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
  FROM pg_constraint
  WHERE conrelid = 'notification'::regclass AND conname = 'notification_cause_check';
  ALTER TABLE notification DROP CONSTRAINT notification_cause_check;
  EXECUTE format('ALTER TABLE notification ADD CONSTRAINT notification_cause_check
    CHECK ((%s) OR cause IN (''ABSENCE_APPROVED'', ''ABSENCE_REJECTED''))', allowed);
END $$;
ALTER TABLE notification DROP CONSTRAINT notification_concerns_a_pupil;
ALTER TABLE notification ADD CONSTRAINT notification_concerns_a_pupil CHECK (
  cause = 'MAGIC_LINK'
  OR (student_id IS NOT NULL
    AND (type IS NOT NULL OR cause IN ('ABSENCE_APPROVED', 'ABSENCE_REJECTED'))));
