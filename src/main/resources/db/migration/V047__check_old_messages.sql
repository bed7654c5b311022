-- Reads all messages while they are being sent, which the statements that made these constraints would not let be.
ALTER TABLE notification VALIDATE CONSTRAINT notification_cause_check;
ALTER TABLE notification VALIDATE CONSTRAINT notification_type_check;
ALTER TABLE notification VALIDATE CONSTRAINT notification_concerns_a_pupil;
