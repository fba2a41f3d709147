-- Times are milliseconds since 1970, 0 where there is none. Answers are form-urlencoded, so that every byte
-- that was sent comes back. Students and exercises have numbers of their own, for the tables that repeat them.

CREATE TABLE owner (
	one  INTEGER PRIMARY KEY CHECK (one = 1),
	hash TEXT NOT NULL
) STRICT;

CREATE TABLE classroom (
	n       INTEGER PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	code    TEXT NOT NULL UNIQUE,
	created INTEGER NOT NULL
) STRICT;

CREATE TABLE student (
	n         INTEGER PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	classroom INTEGER REFERENCES classroom ON DELETE CASCADE,
	name      TEXT NOT NULL,
	created   INTEGER NOT NULL,
	link      TEXT UNIQUE
) STRICT;
CREATE INDEX student_classroom ON student (classroom, id);

CREATE TABLE session (
	hash    TEXT PRIMARY KEY,
	student INTEGER NOT NULL REFERENCES student ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX session_student ON session (student);

CREATE TABLE exercise (
	n    INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;

-- A student at an exercise: where they are, and their attempts in numbers, so that the
-- table of a classroom is read from here alone.
CREATE TABLE work (
	student        INTEGER NOT NULL REFERENCES student ON DELETE CASCADE,
	exercise       INTEGER NOT NULL REFERENCES exercise,
	variant        INTEGER NOT NULL,
	hints          INTEGER NOT NULL,
	gave_up        INTEGER NOT NULL,
	begun          INTEGER NOT NULL,
	last           INTEGER NOT NULL,
	tries          INTEGER NOT NULL,
	open           INTEGER NOT NULL,
	solved         INTEGER NOT NULL,
	solved_variant INTEGER NOT NULL,
	solved_tries   INTEGER NOT NULL,
	score          REAL NOT NULL,
	PRIMARY KEY (student, exercise)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_exercise ON work (exercise);

-- Apart from work, which is to stay small.
CREATE TABLE draft (
	student  INTEGER NOT NULL,
	exercise INTEGER NOT NULL,
	answer   TEXT NOT NULL,
	PRIMARY KEY (student, exercise),
	FOREIGN KEY (student, exercise) REFERENCES work ON DELETE CASCADE
) STRICT;

-- AUTOINCREMENT: an id is not given again after its attempt was deleted.
CREATE TABLE attempt (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	student   INTEGER NOT NULL,
	exercise  INTEGER NOT NULL,
	key       TEXT NOT NULL,
	variant   INTEGER NOT NULL,
	answer    TEXT NOT NULL,
	outcome   TEXT NOT NULL,
	diagnosis TEXT NOT NULL,
	score     REAL NOT NULL,
	rule      TEXT NOT NULL,
	hints     INTEGER NOT NULL,
	at        INTEGER NOT NULL,
	settled   TEXT NOT NULL,
	UNIQUE (student, key),
	FOREIGN KEY (student, exercise) REFERENCES work ON DELETE CASCADE
) STRICT;
CREATE INDEX attempt_work ON attempt (student, exercise);
