-- What became of messages: outcomes nobody knows yet, what is parked, what providers reported later,
-- and where families asked not to be written to.
-- Beside a running version messages are sent as before; but what it annuls is not taken back where the new
-- version parked it or learnt that it was delivered. So let its nodes end soon; and in a quiet hour, since the
-- indexes are built on what was sent in all the years.
ALTER TABLE notification DROP CONSTRAINT notification_status_check;
ALTER TABLE notification ADD CONSTRAINT notification_status_check CHECK (status IN
  ('QUEUED', 'SENDING', 'UNKNOWN', 'PARKED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'CANCELLED'));
ALTER TABLE notification
  -- Of the last refusal.
  ADD failure_class text CHECK (failure_class IN ('TRANSIENT', 'SENDER_RATE', 'PAIR_RATE', 'QUALITY',
    'USER_CAP', 'RECIPIENT', 'OUR_MISTAKE', 'TEMPLATE', 'ACCOUNT', 'NOT_WANTED', 'STALE', 'UNKNOWN')),
  -- When the provider said that it reached the family's device.
  ADD delivered_at timestamptz,
  -- When the email that stands in for it was owed, or it was found that there is none.
  ADD fallback_at timestamptz;

-- Each channel has its own allowance, so each has its own queue.
CREATE INDEX notification_due ON notification (channel, lane, due_at) WHERE status = 'QUEUED';
DROP INDEX notification_queue;
-- Wait for the provider's word until due_at.
CREATE INDEX notification_unknown ON notification (due_at) WHERE status = 'UNKNOWN';
CREATE INDEX notification_parked ON notification (channel, template) WHERE status = 'PARKED';
-- WhatsApp messages that a mail may have to stand in for.
CREATE INDEX notification_undelivered ON notification (sent_at)
  WHERE status = 'SENT' AND channel = 'WHATSAPP' AND fallback_at IS NULL;
CREATE INDEX notification_untold ON notification (created_at)
  WHERE status IN ('FAILED', 'PARKED') AND channel = 'WHATSAPP' AND fallback_at IS NULL;
-- Providers report by the id alone.
CREATE INDEX notification_id ON notification (id);
CREATE INDEX notification_troubled ON notification (school_id, id)
  WHERE status IN ('UNKNOWN', 'PARKED', 'FAILED');

-- What all schools of this server share and cannot use for now.
CREATE TABLE sending_pause (
  channel text NOT NULL CHECK (channel IN ('WHATSAPP', 'EMAIL')),
  scope   text NOT NULL CHECK (scope IN ('ACCOUNT', 'NUMBER', 'TEMPLATE')),
  -- Of a template its name and language, such as ingreso_ok/es; else empty.
  subject text NOT NULL CHECK ((scope = 'TEMPLATE') = (subject <> '')),
  -- As the provider named it.
  code    text NOT NULL,
  detail  text NOT NULL,
  since   timestamptz NOT NULL,
  PRIMARY KEY (channel, scope, subject)
);
GRANT SELECT, INSERT, DELETE ON sending_pause TO porteria_worker;

-- What a provider told us of a message, until it is applied and a while longer: it tells some of it twice.
CREATE TABLE delivery_report (
  channel             text NOT NULL CHECK (channel IN ('WHATSAPP', 'EMAIL')),
  provider_message_id text NOT NULL,
  status              text NOT NULL CHECK (status IN
    ('SENT', 'DELIVERED', 'READ', 'FAILED', 'BOUNCED', 'COMPLAINED')),
  -- As we gave it to the provider with the message.
  notification_id     uuid,
  -- The provider's, with FAILED and BOUNCED.
  code                text,
  errors              jsonb,
  reported_at         timestamptz NOT NULL,
  received_at         timestamptz NOT NULL,
  applied_at          timestamptz,
  PRIMARY KEY (provider_message_id, status, channel)
);
CREATE INDEX delivery_report_waiting ON delivery_report (received_at) WHERE applied_at IS NULL;
CREATE INDEX delivery_report_applied ON delivery_report (applied_at) WHERE applied_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery_report TO porteria_worker;

-- Addresses of a school's families that are not written to any more.
CREATE TABLE contact_suppression (
  school_id uuid NOT NULL REFERENCES school (id),
  channel   text NOT NULL CHECK (channel IN ('WHATSAPP', 'EMAIL')),
  address   text NOT NULL CHECK (address = lower(address)),
  reason    text NOT NULL CHECK (reason IN ('UNSUBSCRIBED', 'BOUNCED', 'COMPLAINED', 'UNREACHABLE')),
  since     timestamptz NOT NULL,
  PRIMARY KEY (address, channel, school_id)
);
-- Messages that could not reach the recipient; after the third the contact is suppressed.
CREATE TABLE contact_strike (
  school_id       uuid NOT NULL REFERENCES school (id),
  channel         text NOT NULL CHECK (channel IN ('WHATSAPP', 'EMAIL')),
  address         text NOT NULL CHECK (address = lower(address)),
  notification_id uuid NOT NULL,
  struck_at       timestamptz NOT NULL,
  PRIMARY KEY (address, channel, school_id, notification_id)
);
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['contact_suppression', 'contact_strike']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
    EXECUTE format('CREATE POLICY every_school ON %I TO porteria_worker USING (true)', tenant);
  END LOOP;
END $$;
GRANT SELECT, DELETE ON contact_suppression TO porteria_web;
GRANT SELECT, DELETE ON contact_strike TO porteria_web;
GRANT SELECT, INSERT, DELETE ON contact_suppression, contact_strike TO porteria_worker;
