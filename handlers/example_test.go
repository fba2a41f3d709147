package handlers_test

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"testing/fstest"

	"descent/handlers"
	"descent/lessons"
	"descent/lessons/cell"
)

// A site with one lesson, asked for a run of its cell as CSV, and for one with a
// value that is refused.
func ExampleNew() {
	folder := fstest.MapFS{"01-first.md": {Data: []byte(`---
title: First
question: Which way is down?
summary: A lesson of one cell.
---
## Steps {#steps}

` + "```cell" + `
kind: descent
id: bowl
title: A bowl
set: {f: "x^2", x: 1, eta: 0.25, steps: 2}
show: [eta]
` + "```" + `
`)}}
	list, err := lessons.Load(folder, cell.Check)
	if err != nil {
		fmt.Println(err)
		return
	}
	site, err := handlers.New(handlers.Config{Lessons: list, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, eta := range []string{"0.5", "-1"} {
		answer := httptest.NewRecorder()
		site.ServeHTTP(answer, httptest.NewRequest("GET", "/lessons/first/cells/bowl.csv?eta="+eta, nil))
		fmt.Println(answer.Code)
		if answer.Code == 200 {
			fmt.Print(answer.Body)
		}
	}
	// Output:
	// 200
	// k,theta1,loss,gradient1,eta
	// 0,1,1,2,0.5
	// 1,0,0,0,0.5
	// 2,0,0,0,0.5
	// 422
}
