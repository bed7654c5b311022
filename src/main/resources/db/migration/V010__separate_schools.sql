-- Rows of one school do not exist for another. Every tenant table forces row-level security, so that
-- even the owner obeys it. The web role sees the school its transaction names, the worker role works
-- for all schools and is granted only what its jobs touch. Safe: nothing reads these tables yet.
DO $$
DECLARE
  tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['live_sequence', 'course', 'student', 'enrollment', 'guardian',
      'guardian_contact', 'student_guardian', 'gate', 'device', 'tag', 'schedule', 'staff_user',
      'attendance_event', 'scan_rejection', 'announcement', 'notification']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant);
    EXECUTE format('CREATE POLICY own_school ON %I USING '
      || '(school_id = NULLIF(current_setting(''porteria.school'', true), '''')::uuid)', tenant);
    EXECUTE format('CREATE POLICY every_school ON %I TO porteria_worker USING (true)', tenant);
  END LOOP;
END $$;

ALTER TABLE school ENABLE ROW LEVEL SECURITY;
ALTER TABLE school FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON school USING
  (id = NULLIF(current_setting('porteria.school', true), '')::uuid);
CREATE POLICY every_school ON school TO porteria_worker USING (true);

GRANT SELECT ON school, course, student, enrollment, guardian, guardian_contact, student_guardian,
  gate, device, schedule, attendance_event, scan_rejection, announcement, notification
  TO porteria_web;
-- Annulling from the pages and the kiosk: the event, what it still owes, and the number of the change.
GRANT SELECT, UPDATE ON live_sequence TO porteria_web;
GRANT UPDATE (annulled_at, annulled_by, annul_reason) ON attendance_event TO porteria_web;
GRANT INSERT, DELETE ON announcement TO porteria_web;
GRANT UPDATE (status, recalled) ON notification TO porteria_web;

GRANT SELECT ON school, course, student, guardian, guardian_contact, student_guardian, gate, device,
  tag, staff_user TO porteria_worker;
GRANT SELECT, UPDATE ON live_sequence TO porteria_worker;
GRANT SELECT, INSERT ON attendance_event, scan_rejection TO porteria_worker;
GRANT SELECT, INSERT, DELETE ON announcement TO porteria_worker;
-- Nobody changes an announcement; locking its row asks for the right to.
GRANT UPDATE (cause) ON announcement TO porteria_worker;
GRANT SELECT, INSERT, UPDATE ON notification TO porteria_worker;
