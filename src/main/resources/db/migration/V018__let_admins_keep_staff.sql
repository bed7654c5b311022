-- Admins correct names of their staff; role, lock and password they could change before. Safe: a grant only.
GRANT UPDATE (full_name) ON staff_user TO porteria_web;
