-- Strikes are locked in one order by all who take them away, and who locks must be allowed to change.
-- Safe beside a running version: it does as before.
GRANT UPDATE (struck_at) ON contact_strike TO porteria_worker;
