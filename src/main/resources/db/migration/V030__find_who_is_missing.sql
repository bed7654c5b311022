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
  -- LAPSED when it was not run in time, or became due by a change of the hours that came after.
  status     text NOT NULL DEFAULT 'PLANNED' CHECK (status IN ('PLANNED', 'DONE', 'LAPSED')),
  -- It has run; it runs again for pupils who are to be looked for again.
  again      boolean NOT NULL DEFAULT false,
  checked_at timestamptz CHECK ((checked_at IS NULL) = (status = 'PLANNED')),
  PRIMARY KEY (school_id, course_id, day),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id)
);
CREATE INDEX planned_check_due ON planned_check (due_at) WHERE status = 'PLANNED';
CREATE INDEX planned_check_done ON planned_check (until) WHERE status = 'DONE';

-- When each school was planned last: what becomes due before that was not due then.
CREATE TABLE schedule_plan (
  school_id  uuid PRIMARY KEY REFERENCES school (id),
  planned_at timestamptz NOT NULL
);

-- A pupil who had not entered when the course was checked: one a pupil and day, whatever happens.
CREATE TABLE no_show (
  school_id    uuid NOT NULL,
  id           uuid NOT NULL DEFAULT uuidv7(),
  student_id   uuid NOT NULL,
  course_id    uuid NOT NULL,
  day          date NOT NULL,
  in_time      time NOT NULL,
  cut_off      timestamptz NOT NULL,
  -- The course's end of day: later than this nobody is alarmed any more.
  until        timestamptz NOT NULL,
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
CREATE INDEX no_show_open ON no_show (school_id, day) WHERE status = 'RAISED';
CREATE INDEX no_show_held ON no_show (school_id, found_at) WHERE status = 'HELD';

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
  FOREACH tenant IN ARRAY ARRAY['schedule_exception', 'planned_check', 'schedule_plan', 'no_show',
    'absence_request']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
    EXECUTE format('CREATE POLICY every_school ON %I TO porteria_worker USING (true)', tenant);
  END LOOP;
END $$;

-- To be looked for again, once this course has been looked through: whoever is moved is missed neither
-- before the time of the course they came from nor not at all, however they were moved.
ALTER TABLE student ADD look_again_after uuid;
CREATE FUNCTION look_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.look_again_after := OLD.course_id;
  RETURN NEW;
END $$;
CREATE TRIGGER student_is_looked_for_again BEFORE UPDATE OF course_id ON student
  FOR EACH ROW WHEN (OLD.course_id IS DISTINCT FROM NEW.course_id)
  EXECUTE FUNCTION look_again();
CREATE INDEX student_look_again ON student (school_id, course_id) WHERE look_again_after IS NOT NULL;
GRANT UPDATE (look_again_after) ON student TO porteria_worker, porteria_web;

GRANT SELECT, INSERT, DELETE ON schedule_exception TO porteria_web;
GRANT SELECT ON planned_check, absence_request TO porteria_web;
GRANT SELECT, UPDATE (status, gate_offline, decided_at, released_by) ON no_show TO porteria_web;

GRANT SELECT ON schedule, schedule_exception, absence_request TO porteria_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON planned_check TO porteria_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON no_show TO porteria_worker;
GRANT SELECT, INSERT, UPDATE ON schedule_plan TO porteria_worker;

-- Each list of causes grows.
ALTER TABLE announcement DROP CONSTRAINT announcement_cause_check;
ALTER TABLE announcement ADD CONSTRAINT announcement_cause_check CHECK (cause IN
  ('ENTRY', 'EXIT', 'ENTRY_ANNULLED', 'EXIT_ANNULLED', 'NO_SHOW', 'NO_SHOW_GATE_OFFLINE', 'ARRIVED'));
ALTER TABLE notification DROP CONSTRAINT notification_cause_check;
ALTER TABLE notification ADD CONSTRAINT notification_cause_check CHECK (cause IN
  ('ENTRY', 'EXIT', 'ENTRY_ANNULLED', 'EXIT_ANNULLED', 'MAGIC_LINK', 'NO_SHOW',
   'NO_SHOW_GATE_OFFLINE', 'ARRIVED'));
-- News that is none any more after this; entries and exits go by notification.stale-after.
ALTER TABLE notification ADD expires_at timestamptz;
CREATE INDEX notification_expiry ON notification (expires_at)
  WHERE status = 'QUEUED' AND expires_at IS NOT NULL;
ALTER TABLE notification DROP CONSTRAINT notification_type_check;
ALTER TABLE notification ADD CONSTRAINT notification_type_check CHECK (type IN
  ('INGRESO_OK', 'SALIDA_OK', 'NO_INGRESO_UMBRAL'));
