-- Photos as evidence of a scan: the row stands before the object can be uploaded, and goes after it
-- was deleted. Safe: a new table, and a column with a constant default.
ALTER TABLE school ADD COLUMN photos_allowed boolean NOT NULL DEFAULT false;
GRANT UPDATE (photos_allowed) ON school TO porteria_web;

CREATE TABLE photo (
  school_id      uuid NOT NULL REFERENCES school (id),
  id             uuid NOT NULL DEFAULT uuidv7(),
  event_id       uuid NOT NULL,
  object_key     text NOT NULL UNIQUE CHECK (object_key <> ''),
  content_type   text NOT NULL CHECK (content_type IN ('image/jpeg', 'image/png')),
  content_length bigint NOT NULL CHECK (content_length > 0),
  requested_at   timestamptz NOT NULL,
  -- When the object was looked at and found to be what was announced.
  completed_at   timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, event_id) REFERENCES attendance_event (school_id, id)
);
-- One photo an event; uploads that were begun may be more.
CREATE UNIQUE INDEX photo_of_event ON photo (school_id, event_id) WHERE completed_at IS NOT NULL;
CREATE INDEX photo_event ON photo (school_id, event_id);
CREATE INDEX photo_age ON photo (requested_at);

ALTER TABLE photo ENABLE ROW LEVEL SECURITY;
ALTER TABLE photo FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON photo USING
  (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);
CREATE POLICY every_school ON photo TO porteria_worker USING (true);
GRANT SELECT, INSERT ON photo TO porteria_web;
GRANT UPDATE (completed_at) ON photo TO porteria_web;
GRANT SELECT, DELETE ON photo TO porteria_worker;
