-- Courses, pupils and the guardians who answer for them. Safe: new tables only.
CREATE TABLE course (
  school_id uuid NOT NULL REFERENCES school (id),
  id        uuid NOT NULL DEFAULT uuidv7(),
  name      text NOT NULL,
  grade     text NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, name)
);

CREATE TABLE student (
  school_id      uuid NOT NULL REFERENCES school (id),
  id             uuid NOT NULL DEFAULT uuidv7(),
  full_name      text NOT NULL,
  course_id      uuid NOT NULL,
  inactive_since timestamptz,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id)
);
CREATE INDEX student_course ON student (school_id, course_id);

CREATE TABLE enrollment (
  school_id   uuid NOT NULL REFERENCES school (id),
  id          uuid NOT NULL DEFAULT uuidv7(),
  student_id  uuid NOT NULL,
  course_id   uuid NOT NULL,
  school_year smallint NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, student_id, school_year),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id)
);

CREATE TABLE guardian (
  school_id          uuid NOT NULL REFERENCES school (id),
  id                 uuid NOT NULL DEFAULT uuidv7(),
  full_name          text NOT NULL,
  language           text NOT NULL DEFAULT 'es' CHECK (language IN ('es', 'en', 'pt')),
  -- {"INGRESO_OK": ["WHATSAPP", "EMAIL"], …}: the channels chosen for each message type.
  notification_prefs jsonb NOT NULL,
  PRIMARY KEY (school_id, id)
);

-- A phone or mailbox is not an identity: two guardians may share one.
CREATE TABLE guardian_contact (
  school_id   uuid NOT NULL REFERENCES school (id),
  id          uuid NOT NULL DEFAULT uuidv7(),
  guardian_id uuid NOT NULL,
  channel     text NOT NULL CHECK (channel IN ('WHATSAPP', 'EMAIL')),
  address     text NOT NULL,
  verified    boolean NOT NULL DEFAULT false,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, guardian_id, channel, address),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id)
);

CREATE TABLE student_guardian (
  school_id   uuid NOT NULL REFERENCES school (id),
  student_id  uuid NOT NULL,
  guardian_id uuid NOT NULL,
  PRIMARY KEY (school_id, student_id, guardian_id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id)
);
CREATE INDEX student_guardian_guardian ON student_guardian (school_id, guardian_id);
