-- What people need to keep a school's roster: the school's own number of a pupil, names found without
-- their accents, consents, erasure on request. Safe beside a running version: new columns are empty or
-- have constant defaults, and the rest is new.
ALTER TABLE school
  -- ISO 3166-1; numbers written without their country are of this one.
  ADD country text NOT NULL DEFAULT 'CL' CHECK (country ~ '^[A-Z]{2}$');

ALTER TABLE student
  -- What the school itself calls the pupil; pupils from before have none.
  ADD student_number text CHECK (student_number <> ''),
  ADD erased_at      timestamptz,
  ADD UNIQUE (school_id, student_number);

ALTER TABLE guardian ADD erased_at timestamptz;

-- A name as it is searched and sorted: without accents, case and punctuation, one blank between words.
CREATE FUNCTION folded(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(
  lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]+', '', 'g')),
  '[[:space:][:punct:]]+', ' ', 'g'));

CREATE INDEX student_by_name ON student (school_id, folded(full_name), id);
CREATE INDEX guardian_by_name ON guardian (school_id, folded(full_name), id);

CREATE TABLE consent (
  school_id   uuid NOT NULL REFERENCES school (id),
  id          uuid NOT NULL DEFAULT uuidv7(),
  student_id  uuid NOT NULL,
  guardian_id uuid NOT NULL,
  scopes      text[] NOT NULL
    CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['PHOTO', 'DATA']),
  signed_at   timestamptz NOT NULL,
  expires_at  timestamptz CHECK (expires_at >= signed_at),
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id)
);
CREATE INDEX consent_of_student ON consent (school_id, student_id);

ALTER TABLE consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON consent USING
  (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);
CREATE POLICY every_school ON consent TO porteria_worker USING (true);

-- Pupils, guardians, courses, enrolments and consents are never deleted, only made inactive or erased.
GRANT SELECT, INSERT ON consent, enrollment TO porteria_web;
GRANT INSERT ON course, schedule, student, guardian, guardian_contact, student_guardian
  TO porteria_web;
GRANT UPDATE (name, grade) ON course TO porteria_web;
GRANT UPDATE (student_number, full_name, course_id, inactive_since, erased_at) ON student
  TO porteria_web;
GRANT UPDATE (full_name, language, notification_prefs, inactive_since, erased_at) ON guardian
  TO porteria_web;
GRANT UPDATE (verified), DELETE ON guardian_contact TO porteria_web;
GRANT DELETE ON student_guardian TO porteria_web;
GRANT UPDATE (course_id) ON enrollment TO porteria_web;
GRANT UPDATE (scopes, signed_at, expires_at) ON consent TO porteria_web;
GRANT UPDATE (in_time, out_time), DELETE ON schedule TO porteria_web;

-- What erasing takes away beyond the roster: cards, and what messages said and to whom.
GRANT SELECT (school_id, id, student_id, revoked_at), UPDATE (revoked_at) ON tag TO porteria_web;
GRANT UPDATE (address, payload, error) ON notification TO porteria_web;
