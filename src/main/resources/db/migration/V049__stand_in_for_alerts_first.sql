-- What waits for a mail to stand in, or for a pause to end, is looked at alerts first: a broadcast that WhatsApp
-- refuses leaves tens of thousands of rows, and a child's alert comes later than they.
-- Safe beside a running version: other indexes for the same rows; an older node sorts them itself.
DROP INDEX notification_untold;
CREATE INDEX notification_untold ON notification (lane, created_at)
  WHERE status IN ('FAILED', 'PARKED') AND channel = 'WHATSAPP' AND fallback_at IS NULL;
DROP INDEX notification_undelivered;
CREATE INDEX notification_undelivered ON notification (lane, sent_at)
  WHERE status = 'SENT' AND channel = 'WHATSAPP' AND fallback_at IS NULL;
DROP INDEX notification_parked;
CREATE INDEX notification_parked ON notification (lane, created_at) WHERE status = 'PARKED';
-- What expires while it is parked, without reading all that is.
CREATE INDEX notification_parked_expiry ON notification (expires_at)
  WHERE status = 'PARKED' AND expires_at IS NOT NULL;
