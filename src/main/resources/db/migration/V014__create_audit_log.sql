-- Who did what, append-only and chained: each entry carries the hash of the one before it, so that
-- changing, adding or taking out an entry later breaks the chain of its school. Safe: new tables only.

-- One row a school: the lock on it makes appends one after the other, until the appending
-- transaction ends, and it knows the chain's end, so that entries missing there are missed.
CREATE TABLE audit_chain (
  school_id uuid PRIMARY KEY REFERENCES school (id),
  seq       bigint NOT NULL DEFAULT 0,
  hash      bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(hash) = 32)
) WITH (fillfactor = 50);

CREATE TABLE audit_log (
  school_id     uuid NOT NULL REFERENCES school (id),
  -- 1, 2, 3 … within the school, in the order of commits, without gaps. Given by append_audit_entry,
  -- like the two hashes.
  seq           bigint NOT NULL CHECK (seq > 0),
  at            timestamptz NOT NULL,
  actor_kind    text NOT NULL CHECK (actor_kind IN ('STAFF', 'GUARDIAN', 'KIOSK', 'SYSTEM', 'ANONYMOUS')),
  actor_id      uuid,
  actor_role    text,
  ip            text,
  action        text NOT NULL CHECK (action ~ '^[a-z0-9_]+(\.[a-z0-9_]+)+$'),
  entity        text NOT NULL CHECK (entity <> ''),
  entity_id     text NOT NULL,
  before        jsonb,
  after         jsonb,
  previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash          bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (school_id, seq)
);
CREATE INDEX audit_log_time ON audit_log (school_id, at);
CREATE INDEX audit_log_actor ON audit_log (school_id, actor_id, seq);
CREATE INDEX audit_log_entity ON audit_log (school_id, entity, entity_id, seq);

-- One field of what is hashed: its length in bytes, then its UTF-8; -1 alone for a null.
CREATE FUNCTION audit_field(field text) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN field IS NULL THEN int4send(-1)
              ELSE int4send(octet_length(convert_to(field, 'UTF8'))) || convert_to(field, 'UTF8') END
$$;

-- The encoding is documented, and done a second time, in porteria.audit. jsonb is hashed as the text
-- that PostgreSQL makes of it, in which neither the order nor the spacing of what was sent remains.
CREATE FUNCTION audit_hash(entry audit_log) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(
    audit_field('porteria-audit-1')
    || audit_field(entry.school_id::text)
    || audit_field(entry.seq::text)
    || audit_field((extract(epoch FROM entry.at) * 1000000)::bigint::text)
    || audit_field(entry.actor_kind)
    || audit_field(entry.actor_id::text)
    || audit_field(entry.actor_role)
    || audit_field(entry.ip)
    || audit_field(entry.action)
    || audit_field(entry.entity)
    || audit_field(entry.entity_id)
    || audit_field(entry.before::text)
    || audit_field(entry.after::text)
    || audit_field(encode(entry.previous_hash, 'hex')))
$$;

-- Whatever the writer says of these columns, the chain says better. Runs as the owner, so that no
-- working role needs the right to move a chain's end; the entry itself is checked as its writer's.
CREATE FUNCTION append_audit_entry() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO audit_chain (school_id) VALUES (NEW.school_id) ON CONFLICT DO NOTHING;
  SELECT seq + 1, hash INTO STRICT NEW.seq, NEW.previous_hash
    FROM audit_chain WHERE school_id = NEW.school_id FOR UPDATE;
  NEW.hash := audit_hash(NEW);
  UPDATE audit_chain SET seq = NEW.seq, hash = NEW.hash WHERE school_id = NEW.school_id;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_log_is_chained BEFORE INSERT ON audit_log
  FOR EACH ROW EXECUTE FUNCTION append_audit_entry();

-- Also for the owner, who holds every right.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_chain_is_kept BEFORE DELETE OR TRUNCATE ON audit_chain
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

ALTER TABLE audit_chain ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_chain FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON audit_chain USING
  (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON audit_log USING
  (school_id = NULLIF(current_setting('porteria.school', true), '')::uuid);

GRANT SELECT ON audit_chain TO porteria_web;
GRANT SELECT, INSERT ON audit_log TO porteria_web;
