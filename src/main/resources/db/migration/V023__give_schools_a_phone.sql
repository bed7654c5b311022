-- What the finder of a lost card may call. Safe: a new column that may stay empty; who may read a
-- school may read it.
ALTER TABLE school ADD phone text CHECK (phone ~ '^\+?[0-9][0-9 ()-]{4,23}[0-9]$');
