-- Broadcasts: one message to many families. Whom it goes to is frozen in a ledger when it is previewed; what is
-- sent from there goes the way of every other message.
-- Safe beside a running version: new tables, and wider lists of causes and types, against which old messages are
-- checked afterwards. Nothing is to be broadcast before every node is of this version: older ones cannot word it.
CREATE TABLE broadcast (
  school_id    uuid NOT NULL REFERENCES school (id),
  id           uuid NOT NULL DEFAULT uuidv7(),
  type         text NOT NULL CHECK (type IN ('CAMBIO_HORARIO', 'AVISO')),
  scope        text NOT NULL CHECK (scope IN ('GLOBAL', 'COURSE')),
  course_id    uuid CHECK ((scope = 'COURSE') = (course_id IS NOT NULL)),
  -- Of an exception that may be gone: who withdraws it stops this.
  exception_id uuid,
  -- The one that this one takes back.
  corrects     uuid,
  -- What it tells, the same to all, by the names of the wording's facts.
  facts        jsonb NOT NULL,
  status       text NOT NULL CHECK (status IN ('PREVIEW', 'SENDING', 'SENT', 'CANCELLED')),
  -- How many addresses were frozen.
  recipients   integer NOT NULL,
  created_by   uuid NOT NULL,
  created_at   timestamptz NOT NULL,
  -- A preview is not sent later than this.
  expires_at   timestamptz NOT NULL,
  -- After this nobody needs to hear it any more.
  news_until   timestamptz,
  started_by   uuid,
  started_at   timestamptz,
  ended_at     timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id),
  FOREIGN KEY (school_id, corrects) REFERENCES broadcast (school_id, id),
  FOREIGN KEY (school_id, created_by) REFERENCES staff_user (school_id, id),
  FOREIGN KEY (school_id, started_by) REFERENCES staff_user (school_id, id),
  CHECK ((started_at IS NULL) = (started_by IS NULL)),
  CHECK (status NOT IN ('SENDING', 'SENT') OR started_at IS NOT NULL)
);
CREATE INDEX broadcast_preview ON broadcast (expires_at) WHERE status = 'PREVIEW';
CREATE INDEX broadcast_sending ON broadcast (started_at) WHERE status = 'SENDING';
-- An exception is told once, however often it was previewed.
CREATE UNIQUE INDEX broadcast_tells_exception ON broadcast (school_id, exception_id)
  WHERE corrects IS NULL AND status IN ('SENDING', 'SENT');
CREATE INDEX broadcast_of_exception ON broadcast (school_id, exception_id) WHERE exception_id IS NOT NULL;

-- One row an address: a guardian has one of them at most, and of those who share it the first stands here.
CREATE TABLE broadcast_recipient (
  school_id    uuid NOT NULL,
  broadcast_id uuid NOT NULL,
  guardian_id  uuid NOT NULL,
  channel      text NOT NULL CHECK (channel IN ('WHATSAPP', 'EMAIL')),
  address      text NOT NULL,
  language     text NOT NULL,
  -- The children of all who are reached there.
  students     uuid[] NOT NULL,
  status       text NOT NULL DEFAULT 'FROZEN' CHECK (status IN ('FROZEN', 'QUEUED', 'CANCELLED')),
  PRIMARY KEY (school_id, broadcast_id, guardian_id, channel),
  FOREIGN KEY (school_id, broadcast_id) REFERENCES broadcast (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id)
);
CREATE INDEX broadcast_recipient_frozen ON broadcast_recipient (school_id, broadcast_id, guardian_id)
  WHERE status = 'FROZEN';
CREATE INDEX broadcast_recipient_guardian ON broadcast_recipient (guardian_id, school_id);

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['broadcast', 'broadcast_recipient']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
    EXECUTE format('CREATE POLICY every_school ON %I TO porteria_worker USING (true)', tenant);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE (recipients, status, started_by, started_at, ended_at) ON broadcast
  TO porteria_web;
GRANT SELECT, INSERT, UPDATE (status, address) ON broadcast_recipient TO porteria_web;
GRANT SELECT, UPDATE (status, ended_at) ON broadcast TO porteria_worker;
-- Of previews that nobody sent, the addresses are forgotten.
GRANT SELECT, UPDATE (status), DELETE ON broadcast_recipient TO porteria_worker;

DO $$
DECLARE
  allowed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
  FROM pg_constraint
  WHERE conrelid = 'notification'::regclass AND conname = 'notification_cause_check';
  ALTER TABLE notification DROP CONSTRAINT notification_cause_check;
  EXECUTE format('ALTER TABLE notification ADD CONSTRAINT notification_cause_check
    CHECK ((%s) OR cause IN (''BROADCAST'', ''BROADCAST_CORRECTION'')) NOT VALID', allowed);
END $$;
ALTER TABLE notification DROP CONSTRAINT notification_type_check;
ALTER TABLE notification ADD CONSTRAINT notification_type_check CHECK (type IN
  ('INGRESO_OK', 'SALIDA_OK', 'NO_INGRESO_UMBRAL', 'CAMBIO_HORARIO')) NOT VALID;
-- A broadcast may be about several pupils, whom its payload names.
ALTER TABLE notification DROP CONSTRAINT notification_concerns_a_pupil;
ALTER TABLE notification ADD CONSTRAINT notification_concerns_a_pupil CHECK (
  cause = 'MAGIC_LINK'
  OR (cause IN ('BROADCAST', 'BROADCAST_CORRECTION') AND type IS NOT NULL)
  OR (student_id IS NOT NULL
    AND (type IS NOT NULL OR cause IN ('ABSENCE_APPROVED', 'ABSENCE_REJECTED')))) NOT VALID;
