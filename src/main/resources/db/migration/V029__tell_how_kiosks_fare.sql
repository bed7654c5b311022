-- What a kiosk's heartbeats tell beyond their last words: how wrong its clock is, and since when it has
-- held scans without a break. Safe: new columns that may stay empty.
ALTER TABLE device
  -- The kiosk's clock at sending less ours at receipt: above zero where it is ahead.
  ADD clock_skew_seconds integer,
  ADD queue_since        timestamptz;
GRANT UPDATE (clock_skew_seconds, queue_since) ON device TO porteria_web;
