-- Messages of broadcasts that wait until WhatsApp may be sent to more people, in the order they were owed.
-- Safe beside a running version: a new index. An older node queues them again as if a pause had ended; whoever
-- claims them next parks or fails them.
CREATE INDEX notification_capped ON notification (created_at, id)
  WHERE status = 'PARKED' AND failure_class = 'USER_CAP';
