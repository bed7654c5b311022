-- Exceptions to the usual hours, requests to be absent, and the alarms that a pupil did not enter.
-- Safe beside a running version: new tables, and wider lists of causes.
CREATE TABLE schedule_exception (
  school_id  uuid NOT NULL REFERENCES school (id),
  id         uuid NOT NULL DEFAULT uuidv7(),
  scope      text NOT NULL CHECK (scope IN ('GLOBAL', 'COURSE')),
  course_id  uuid CHECK ((scope = 'COURSE') = (course_id IS NOT NULL)),
  date       date NOT NULL,
  -- What is empty is inherited: from the school's exception, then from the base schedule.
  in_time    time,
  out_time   time CHECK (out_time > in_time),
  closed     boolean NOT NULL
    CHECK (closed = (in_time IS NULL AND out_time IS NULL)),
  reason     text NOT NULL CHECK (reason <> ''),
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (school_id, id),
  -- One a date and course, one a date for the whole school.
  UNIQUE NULLS NOT DISTINCT (school_id, date, course_id),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id),
  FOREIGN KEY (school_id, created_by) REFERENCES staff_user (school_id, id)
);

-- When a course is looked through for missing pupils: once a school day.
CREATE TABLE planned_check (
  school_id  uuid NOT NULL,
  course_id  uuid NOT NULL,
  day        date NOT NULL,
  -- The course's time of entry, and when that and the grace have passed.
  in_time    time NOT NULL,
  due_at     timestamptz NOT NULL,
  -- The course's end of day: later than this nobody is alarmed any more.
  until      timestamptz NOT NULL,
  status     text NOT NULL DEFAULT 'PLANNED' CHECK (status IN ('PLANNED', 'DONE', 'LAPSED')),
  checked_at timestamptz CHECK ((checked_at IS NULL) = (status = 'PLANNED')),
  PRIMARY KEY (school_id, course_id, day),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id)
);
CREATE INDEX planned_check_due ON planned_check (due_at) WHERE status = 'PLANNED';
CREATE INDEX planned_check_done ON planned_check (until) WHERE status = 'DONE';

-- A pupil who had not entered when the course was checked: one a pupil and day, whatever happens.
CREATE TABLE no_show (
  school_id    uuid NOT NULL,
  id           uuid NOT NULL DEFAULT uuidv7(),
  student_id   uuid NOT NULL,
  course_id    uuid NOT NULL,
  day          date NOT NULL,
  in_time      time NOT NULL,
  cut_off      timestamptz NOT NULL,
  found_at     timestamptz NOT NULL,
  -- HELD while a gate is dark; RAISED when the family is owed the alarm; DROPPED when nobody was told
  -- because the pupil had entered or was excused; CORRECTED when the family was told and then corrected.
  status       text NOT NULL CHECK (status IN ('HELD', 'RAISED', 'DROPPED', 'CORRECTED')),
  -- Raised while a gate was dark: the wording says so.
  gate_offline boolean NOT NULL DEFAULT false,
  -- When it was raised or dropped.
  decided_at   timestamptz CHECK ((decided_at IS NULL) = (status = 'HELD')),
  -- The staff user who did not want to wait for the gate.
  released_by  uuid,
  PRIMARY KEY (school_id, id),
  -- Begins otherwise than the key, so that the planner cannot take one for the other.
  UNIQUE (student_id, day, school_id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id),
  FOREIGN KEY (school_id, released_by) REFERENCES staff_user (school_id, id)
);
CREATE INDEX no_show_open ON no_show (school_id, day) WHERE status IN ('HELD', 'RAISED');

CREATE TABLE absence_request (
  school_id         uuid NOT NULL REFERENCES school (id),
  id                uuid NOT NULL DEFAULT uuidv7(),
  student_id        uuid NOT NULL,
  -- Who asked.
  guardian_id       uuid NOT NULL,
  type              text NOT NULL CHECK (type IN ('SICKNESS', 'MEDICAL', 'FAMILY', 'TRAVEL', 'OTHER')),
  -- Both are days of absence.
  from_date         date NOT NULL,
  to_date           date NOT NULL CHECK (to_date >= from_date),
  note              text,
  attachment_ref    text,
  status            text NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  submitted_at      timestamptz NOT NULL,
  -- The staff user who approved or rejected.
  resolved_by       uuid,
  resolved_at       timestamptz CHECK ((resolved_at IS NULL) = (status = 'PENDING')),
  resolution_reason text,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardian (school_id, id),
  FOREIGN KEY (school_id, resolved_by) REFERENCES staff_user (school_id, id)
);
CREATE INDEX absence_request_student ON absence_request (student_id, from_date, school_id);

DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['schedule_exception', 'planned_check', 'no_show', 'absence_request']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
    EXECUTE format('CREATE POLICY every_school ON %I TO porteria_worker USING (true)', tenant);
  END LOOP;
END $$;

-- Came to the course and was not looked for there since: a course that was checked already is looked
-- through once more for such pupils, however they were moved.
ALTER TABLE student ADD newcomer boolean NOT NULL DEFAULT false;
CREATE FUNCTION come_to_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.newcomer := true;
  RETURN NEW;
END $$;
CREATE TRIGGER student_comes_to_course BEFORE UPDATE OF course_id ON student
  FOR EACH ROW WHEN (OLD.course_id IS DISTINCT FROM NEW.course_id)
  EXECUTE FUNCTION come_to_course();
CREATE INDEX student_newcomer ON student (school_id, course_id) WHERE newcomer;
GRANT UPDATE (newcomer) ON student TO porteria_worker;

GRANT SELECT, INSERT, DELETE ON schedule_exception TO porteria_web;
GRANT SELECT ON planned_check, absence_request TO porteria_web;
GRANT SELECT, UPDATE (status, gate_offline, decided_at, released_by) ON no_show TO porteria_web;

GRANT SELECT ON schedule, schedule_exception, absence_request TO porteria_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON planned_check TO porteria_worker;
GRANT SELECT, INSERT, UPDATE ON no_show TO porteria_worker;

-- Each list of causes grows.
ALTER TABLE announcement DROP CONSTRAINT announcement_cause_check;
ALTER TABLE announcement ADD CONSTRAINT announcement_cause_check CHECK (cause IN
  ('ENTRY', 'EXIT', 'ENTRY_ANNULLED', 'EXIT_ANNULLED', 'NO_SHOW', 'NO_SHOW_GATE_OFFLINE', 'ARRIVED'));
ALTER TABLE notification DROP CONSTRAINT notification_cause_check;
ALTER TABLE notification ADD CONSTRAINT notification_cause_check CHECK (cause IN
  ('ENTRY', 'EXIT', 'ENTRY_ANNULLED', 'EXIT_ANNULLED', 'MAGIC_LINK', 'NO_SHOW',
   'NO_SHOW_GATE_OFFLINE', 'ARRIVED'));
ALTER TABLE notification DROP CONSTRAINT notification_type_check;
ALTER TABLE notification ADD CONSTRAINT notification_type_check CHECK (type IN
  ('INGRESO_OK', 'SALIDA_OK', 'NO_INGRESO_UMBRAL'));
