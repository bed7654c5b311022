-- Accepted scans. Presence is derived from them by occurred_at and stored nowhere.
-- Four indexes, no more: this table takes the rush. For the same reason the device and the gate are
-- not foreign keys (their two checks took a quarter of the statement's time): both ids are read from
-- the device row that authenticated the scan, in its school, and no role may delete such rows.
-- Each index begins with another column, so that the planner cannot take one for another while the
-- table is small. Safe: new table only.
CREATE TABLE attendance_event (
  school_id     uuid NOT NULL,
  id            uuid NOT NULL DEFAULT uuidv7(),
  student_id    uuid NOT NULL,
  device_id     uuid NOT NULL,
  gate_id       uuid NOT NULL,
  local_seq     bigint NOT NULL CHECK (local_seq >= 0),
  -- The first 8 bytes of a digest of the scan's body: the same key with another body is a conflict.
  fingerprint   bigint NOT NULL,
  captured_at   timestamptz,
  sent_at       timestamptz,
  received_at   timestamptz NOT NULL,
  occurred_at   timestamptz NOT NULL CHECK (occurred_at <= received_at),
  annulled_at   timestamptz,
  -- The staff user who annulled; null when the kiosk itself did.
  annulled_by   uuid,
  annul_reason  text CHECK ((annulled_at IS NULL) = (annul_reason IS NULL)),
  type          text NOT NULL CHECK (type IN ('IN', 'OUT')),
  source        text NOT NULL CHECK (source IN ('NFC', 'QR')),
  -- Bits of ScanFlag, as they were answered to the kiosk.
  flags         smallint NOT NULL CHECK (flags BETWEEN 0 AND 511),
  PRIMARY KEY (school_id, id),
  UNIQUE (device_id, local_seq, school_id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, annulled_by) REFERENCES staff_user (school_id, id)
);
CREATE INDEX attendance_event_student ON attendance_event (student_id, occurred_at, school_id);
CREATE INDEX attendance_event_day ON attendance_event (school_id, occurred_at);
