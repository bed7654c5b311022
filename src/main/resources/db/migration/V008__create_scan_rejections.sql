-- Refused scans, without their token, replay-safe like any other. Safe: new table only.
CREATE TABLE scan_rejection (
  school_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT uuidv7(),
  device_id   uuid NOT NULL,
  gate_id     uuid NOT NULL,
  local_seq   bigint NOT NULL CHECK (local_seq >= 0),
  fingerprint bigint NOT NULL,
  captured_at timestamptz,
  sent_at     timestamptz,
  received_at timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  type        text NOT NULL CHECK (type IN ('IN', 'OUT')),
  source      text NOT NULL CHECK (source IN ('NFC', 'QR')),
  reason      text NOT NULL CHECK (reason IN ('UNKNOWN_TOKEN', 'REVOKED_TAG', 'EXPIRED_QR',
                'BAD_SIGNATURE', 'INACTIVE_STUDENT', 'OTHER_SCHOOL')),
  flags       smallint NOT NULL CHECK (flags BETWEEN 0 AND 511),
  PRIMARY KEY (school_id, id),
  UNIQUE (device_id, local_seq, school_id),
  FOREIGN KEY (school_id, device_id) REFERENCES device (school_id, id),
  FOREIGN KEY (school_id, gate_id) REFERENCES gate (school_id, id)
);
CREATE INDEX scan_rejection_day ON scan_rejection (school_id, occurred_at);
