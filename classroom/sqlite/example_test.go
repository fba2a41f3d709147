package sqlite_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"descent/classroom"
	"descent/classroom/sqlite"
)

// A student answers an exercise twice with the same form; it counts once.
func ExampleOpen() {
	if err := answerTwice(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// true
	// false
	// lesson/sum 1
}

func answerTwice() error {
	folder, err := os.MkdirTemp("", "example-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	ctx := context.Background()
	store, err := sqlite.Open(ctx, filepath.Join(folder, "descent.db"))
	if err != nil {
		return err
	}
	defer store.Close()

	now := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	student := classroom.Student{ID: classroom.NewToken(), Created: now}
	if err := store.AddStudent(ctx, student, classroom.Hash(classroom.NewToken())); err != nil {
		return err
	}
	attempt := classroom.Attempt{
		Key: classroom.Hash("of the form"), Student: student.ID, Exercise: "lesson/sum", Answer: url.Values{"answer": {"12"}},
		Outcome: classroom.Right, Score: 1, Rule: "r1", At: now,
	}
	for range 2 {
		_, fresh, err := store.Submit(ctx, attempt)
		if err != nil {
			return err
		}
		fmt.Println(fresh)
	}
	works, err := store.Works(ctx, student.ID)
	if err != nil {
		return err
	}
	fmt.Println(works[0].Exercise, len(works[0].Attempts))
	return nil
}
