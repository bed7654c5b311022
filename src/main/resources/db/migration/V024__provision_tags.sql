-- How a sticker comes to its pupil: a token is made, written, and counts once it is confirmed. Safe:
-- a new table, and new columns that older rows leave empty.
CREATE TABLE tag_provision (
  school_id  uuid NOT NULL REFERENCES school (id),
  id         uuid NOT NULL DEFAULT uuidv7(),
  student_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  preview    text NOT NULL CHECK (length(preview) = 6),
  -- Of the URI, so that a sticker can be held against what was to be written.
  checksum   text NOT NULL CHECK (checksum ~ '^[0-9a-f]{16}$'),
  created_at timestamptz NOT NULL,
  created_by uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  -- When it was confirmed, or a later one of the same pupil took its place.
  closed_at  timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, created_by) REFERENCES staff_user (school_id, id)
);
CREATE INDEX tag_provision_student ON tag_provision (school_id, student_id);

ALTER TABLE tag
  -- The first six of a token's 22 characters: people tell cards apart by it, and nobody can guess
  -- the other 92 bits.
  ADD preview text CHECK (length(preview) = 6),
  -- The serial number of the sticker's chip, when the writing app told it.
  ADD uid     text CHECK (uid ~ '^([0-9A-F]{2}){4,10}$');

ALTER TABLE tag_provision ENABLE ROW LEVEL SECURITY;
ALTER TABLE tag_provision FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON tag_provision USING
  (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);

GRANT SELECT, INSERT ON tag_provision TO porteria_web;
GRANT UPDATE (closed_at) ON tag_provision TO porteria_web;
-- All but the hashes: people look at cards, scans and found cards are resolved by the worker.
GRANT SELECT (school_id, id, student_id, kind, preview, uid, created_at, revoked_at) ON tag
  TO porteria_web;
GRANT INSERT, UPDATE (revoked_at) ON tag TO porteria_web;
