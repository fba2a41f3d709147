-- How answers were judged, each way once, so that those of a classroom are counted by one number and not by four texts.
-- outcome is the final one: the lecturer's, else the program's.
CREATE TABLE verdict (
	n         INTEGER PRIMARY KEY,
	exercise  INTEGER NOT NULL REFERENCES exercise,
	rule      TEXT NOT NULL,
	outcome   TEXT NOT NULL,
	diagnosis TEXT NOT NULL,
	UNIQUE (exercise, rule, outcome, diagnosis)
) STRICT;
INSERT INTO verdict (exercise, rule, outcome, diagnosis)
	SELECT DISTINCT exercise, rule, iif(settled = '', outcome, settled), diagnosis FROM attempt;

ALTER TABLE attempt ADD COLUMN verdict INTEGER REFERENCES verdict;
UPDATE attempt SET verdict = (SELECT v.n FROM verdict v WHERE v.exercise = attempt.exercise AND v.rule = attempt.rule
	AND v.outcome = iif(attempt.settled = '', attempt.outcome, attempt.settled) AND v.diagnosis = attempt.diagnosis);

DROP INDEX attempt_judged;
CREATE INDEX attempt_judged ON attempt (student, exercise, verdict);
