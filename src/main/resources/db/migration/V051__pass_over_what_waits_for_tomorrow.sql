-- What is parked until a pause ends, without what waits for the next day's people: a broadcast beyond the account's
-- allowance leaves tens of thousands of those, and whoever looks for the others every second read them all.
-- Safe beside a running version: it asks for the same rows by the same condition.
CREATE INDEX notification_paused ON notification (lane, created_at)
  WHERE status = 'PARKED' AND failure_class IS DISTINCT FROM 'USER_CAP';
DROP INDEX notification_parked;
