-- Who begins to tell of an exception to the hours holds it, so that whoever withdraws it at that moment finds what
-- was begun; and who locks a row must be allowed to change it.
-- Safe beside a running version: a right more.
GRANT UPDATE (reason) ON schedule_exception TO porteria_web;
