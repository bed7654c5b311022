-- The tenants. Safe beside a running version: new tables only.
CREATE TABLE school (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  slug       text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{2,40}$'),
  name       text NOT NULL,
  -- Proves that the name is known: one unknown name would stop a whole batch of messages.
  timezone   text NOT NULL CHECK (timestamptz 'epoch' AT TIME ZONE timezone IS NOT NULL),
  language   text NOT NULL DEFAULT 'es' CHECK (language IN ('es', 'en', 'pt')),
  created_at timestamptz NOT NULL
);

-- One counter a school: the row lock on it makes a school's scans one after the other,
-- and its value numbers the changes a dashboard must see, without holes, in commit order.
CREATE TABLE live_sequence (
  school_id uuid PRIMARY KEY REFERENCES school (id),
  seq       bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- No school without its counter: scans of such a school could not be recorded.
CREATE FUNCTION create_live_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO live_sequence (school_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER school_has_live_sequence AFTER INSERT ON school
  FOR EACH ROW EXECUTE FUNCTION create_live_sequence();
