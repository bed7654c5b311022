-- Failed attempts to sign in, so that a restart does not forget them. Safe: a new table only.
-- It belongs to no school: who tries is not known yet, and mailboxes that do not exist are counted
-- like those that do. Only keyed hashes of mailboxes and addresses are kept.
CREATE TABLE sign_in_attempt (
  subject       bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
  failures      integer NOT NULL,
  last_at       timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_by_age ON sign_in_attempt (last_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_attempt TO porteria_worker;

-- The first admin, and whoever an admin adds; and a person's own new password.
GRANT INSERT ON staff_user TO porteria_web;
GRANT UPDATE (password_hash, role, locked_at) ON staff_user TO porteria_web;
