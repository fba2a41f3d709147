-- What was shown of a variant that the student has left, so that it is not forgotten when the variants have gone round.
CREATE TABLE shown (
	student  INTEGER NOT NULL,
	exercise INTEGER NOT NULL,
	variant  INTEGER NOT NULL,
	hints    INTEGER NOT NULL,
	gave_up  INTEGER NOT NULL,
	PRIMARY KEY (student, exercise, variant),
	FOREIGN KEY (student, exercise) REFERENCES work ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
