-- When all of a broadcast was sent for the first time: what is sent again later is not all of it, and whoever stops
-- that stops no more. Of those that are being sent again at this moment it is not known; stopped, they end as before.
-- Safe beside a running version: a new column that may be empty, which an older node leaves alone.
ALTER TABLE broadcast ADD first_ended_at timestamptz;
GRANT UPDATE (first_ended_at) ON broadcast TO porteria_web;
