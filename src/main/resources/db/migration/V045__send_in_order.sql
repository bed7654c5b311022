-- Strikes are locked in one order by all who take them away, and who locks must be allowed to change.
-- Safe beside a running version: it does as before. What it finds left by a silent sender, and was in doubt
-- before, is given up instead of offered again.
GRANT UPDATE (struck_at) ON contact_strike TO porteria_worker;

ALTER TABLE notification
  -- Whether it is UNKNOWN because its sender ended under it: it may never have been offered to the provider.
  ADD sender_silent boolean NOT NULL DEFAULT false;

-- Alerts that wait so long that a mail may have to stand in for them, without reading all that wait.
CREATE INDEX notification_waiting ON notification (created_at)
  WHERE status = 'QUEUED' AND channel = 'WHATSAPP' AND lane = 0 AND fallback_at IS NULL;
