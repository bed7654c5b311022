-- What a pupil carries: NFC stickers and printed QR cards. Only the HMAC of a token is kept.
-- Safe: new table only.
CREATE TABLE tag (
  school_id  uuid NOT NULL REFERENCES school (id),
  id         uuid NOT NULL DEFAULT uuidv7(),
  student_id uuid NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('NFC', 'QR')),
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id)
);
CREATE INDEX tag_student ON tag (school_id, student_id);
