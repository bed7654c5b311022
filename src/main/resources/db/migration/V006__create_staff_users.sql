-- People who work at a school. Safe: new table only.
CREATE TABLE staff_user (
  school_id     uuid NOT NULL REFERENCES school (id),
  id            uuid NOT NULL DEFAULT uuidv7(),
  email         text NOT NULL UNIQUE CHECK (email = lower(email)),
  full_name     text NOT NULL,
  role          text NOT NULL CHECK (role IN ('TEACHER', 'INSPECTOR', 'DIRECTOR', 'ADMIN')),
  password_hash text NOT NULL,
  PRIMARY KEY (school_id, id)
);
