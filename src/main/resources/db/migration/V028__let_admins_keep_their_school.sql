-- Admins keep what their school is called, where it stands, and its gates. A gate's code stays, for
-- kiosks name it; nobody deletes one. Safe: grants only.
GRANT UPDATE (name, country, phone, timezone, language) ON school TO porteria_web;
GRANT INSERT, UPDATE (name) ON gate TO porteria_web;
