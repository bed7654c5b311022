-- Gates, and the kiosks that stand at them. Safe: new tables only.
CREATE TABLE gate (
  school_id uuid NOT NULL REFERENCES school (id),
  id        uuid NOT NULL DEFAULT uuidv7(),
  code      text NOT NULL,
  name      text NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, code)
);

CREATE TABLE device (
  school_id  uuid NOT NULL REFERENCES school (id),
  id         uuid NOT NULL DEFAULT uuidv7(),
  code       text NOT NULL,
  gate_id    uuid NOT NULL,
  -- HMAC-SHA256 of the device token; the token itself is shown once, at enrolment.
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  revoked_at timestamptz,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, code),
  FOREIGN KEY (school_id, gate_id) REFERENCES gate (school_id, id)
);
