-- What families are owed. An announcement is written in the commit of its cause and names only the
-- pupil; expanding it writes a notification per guardian and channel and deletes it, in one commit.
-- Safe: new tables only.
CREATE TABLE announcement (
  school_id  uuid NOT NULL,
  cause_id   uuid NOT NULL,
  cause      text NOT NULL CHECK (cause IN ('ENTRY', 'EXIT', 'ENTRY_ANNULLED', 'EXIT_ANNULLED')),
  student_id uuid NOT NULL,
  PRIMARY KEY (school_id, cause_id, cause)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE notification (
  school_id           uuid NOT NULL,
  id                  uuid NOT NULL DEFAULT uuidv7(),
  cause_id            uuid NOT NULL,
  cause               text NOT NULL CHECK (cause IN ('ENTRY', 'EXIT', 'ENTRY_ANNULLED', 'EXIT_ANNULLED')),
  student_id          uuid NOT NULL,
  guardian_id         uuid NOT NULL,
  type                text NOT NULL CHECK (type IN ('INGRESO_OK', 'SALIDA_OK')),
  channel             text NOT NULL CHECK (channel IN ('WHATSAPP', 'EMAIL')),
  address             text NOT NULL,
  template            text NOT NULL,
  language            text NOT NULL,
  payload             jsonb NOT NULL,
  -- Smaller overtakes larger: entry alerts 0, broadcasts later.
  lane                smallint NOT NULL,
  status              text NOT NULL CHECK (status IN ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'CANCELLED')),
  -- Counts claims; a sender's result is taken only while its attempt is the last.
  attempt             smallint NOT NULL DEFAULT 0,
  -- An earlier attempt's outcome was never learnt: the family may have been told.
  in_doubt            boolean NOT NULL DEFAULT false,
  -- Its cause was annulled: whatever is under way may end, nothing more is attempted.
  recalled            boolean NOT NULL DEFAULT false,
  due_at              timestamptz NOT NULL,
  -- While SENDING: until when the sender that claimed it may be believed alive.
  lease_until         timestamptz,
  provider_message_id text,
  error               text,
  created_at          timestamptz NOT NULL,
  sent_at             timestamptz,
  PRIMARY KEY (school_id, id),
  -- Begins otherwise than the key, so that the planner cannot take one for the other.
  UNIQUE (cause_id, cause, guardian_id, channel, school_id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id)
);
CREATE INDEX notification_queue ON notification (lane, due_at) WHERE status = 'QUEUED';
CREATE INDEX notification_leases ON notification (lease_until) WHERE status = 'SENDING';
