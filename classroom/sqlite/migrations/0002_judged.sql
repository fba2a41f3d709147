-- How a classroom's answers were judged is counted in the index alone. It takes the place of the one on its first columns.
CREATE INDEX attempt_judged ON attempt (student, exercise, rule, outcome, settled, diagnosis);
DROP INDEX attempt_work;
