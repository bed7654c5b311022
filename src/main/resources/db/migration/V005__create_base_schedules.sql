-- The usual hours of a course, one row a weekday (0 = Monday). Safe: new table only.
CREATE TABLE schedule (
  school_id uuid NOT NULL REFERENCES school (id),
  id        uuid NOT NULL DEFAULT uuidv7(),
  course_id uuid NOT NULL,
  weekday   smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  in_time   time NOT NULL,
  out_time  time NOT NULL CHECK (out_time > in_time),
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, course_id, weekday),
  FOREIGN KEY (school_id, course_id) REFERENCES course (school_id, id)
);
