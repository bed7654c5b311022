-- Consents count while who signed them answers for the pupil; and messages are found by the people they
-- concern, for taking them back and erasing them. Each index begins with another column than the key,
-- so that the planner cannot take one for the other. Safe: a right more, and indexes.
GRANT SELECT (guardian_id) ON consent TO porteria_worker;
CREATE INDEX notification_of_student ON notification (student_id, school_id);
CREATE INDEX notification_of_guardian ON notification (guardian_id, school_id);
