-- What providers report and families reply is stored first and worked on afterwards. Reports are looked at when they
-- are due, so that those of messages which nobody knows stand in nobody's way; what families replied is
-- remembered for a while, since providers tell it again and out of order.
-- Safe beside a running version: it writes none of these tables.
ALTER TABLE delivery_report
  -- When it is looked at next.
  ADD due_at timestamptz NOT NULL,
  -- What a report of a failure means for the message; null where it is no failure of the message.
  ADD failure_class text;
DROP INDEX delivery_report_waiting;
CREATE INDEX delivery_report_due ON delivery_report (due_at) WHERE applied_at IS NULL;

-- Feedback of SES that was not asked for with the message's tags knows the mail by this alone.
CREATE INDEX notification_mail ON notification (provider_message_id)
  WHERE channel = 'EMAIL' AND provider_message_id IS NOT NULL;

-- Of addresses of all schools, and therefore under a keyed hash.
CREATE TABLE contact_wish (
  provider_message_id text PRIMARY KEY,
  sender              bytea NOT NULL,
  wish                text NOT NULL CHECK (wish IN ('STOP', 'START')),
  said_at             timestamptz NOT NULL,
  received_at         timestamptz NOT NULL
);
CREATE INDEX contact_wish_sender ON contact_wish (sender, said_at);
CREATE INDEX contact_wish_received ON contact_wish (received_at);
GRANT SELECT, INSERT, DELETE ON contact_wish TO porteria_worker;

-- Who does not want to be written to outweighs who cannot be reached.
GRANT UPDATE (reason, since) ON contact_suppression TO porteria_worker;
