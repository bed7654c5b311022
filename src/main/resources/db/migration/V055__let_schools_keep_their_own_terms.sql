-- What a school may say otherwise than the operator does; null is as the operator says. The checks are those of the
-- operator's own settings. Safe beside a running version: columns that it does not read, and rights.
ALTER TABLE school
  ADD grace_minutes  integer CHECK (grace_minutes BETWEEN 0 AND 240),
  ADD repeat_seconds integer CHECK (repeat_seconds BETWEEN 0 AND 3600),
  ADD retention_days integer CHECK (retention_days BETWEEN 1 AND 3650);
GRANT UPDATE (grace_minutes, repeat_seconds, retention_days) ON school TO porteria_web;
