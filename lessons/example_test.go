package lessons_test

import (
	"fmt"
	"testing/fstest"

	"descent/lessons"
	"descent/lessons/cell"
)

// A folder with one lesson of one section, whose cell is checked as the server
// checks it.
func ExampleLoad() {
	folder := fstest.MapFS{"01-first.md": {Data: []byte(`---
title: First
question: Which way is down?
summary: A lesson of one section.
---
Opening words.

## Steps {#steps}

` + "```cell" + `
kind: descent
id: bowl
title: A bowl
set: {f: "x^2", x: 1, eta: 0.25}
show: [eta]
` + "```" + `
`)}}
	list, err := lessons.Load(folder, cell.Check)
	if err != nil {
		fmt.Println(err)
		return
	}
	l := list[0]
	fmt.Println(l.Slug, l.Title, l.Cells()[0].ID, l.Cells()[0].Kind)
	// Output: first First bowl descent
}
