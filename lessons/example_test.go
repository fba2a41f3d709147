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

// All mistakes of a file are told at once, with their lines.
func ExampleParse() {
	_, err := lessons.Parse("01-first.md", []byte(`---
title: First
question: Which way is down?
---
## Steps

`+"```cell"+`
kind: decent
id: bowl
title: A bowl
`+"```"+`
`), cell.Check)
	fmt.Println(err)
	// Output:
	// 01-first.md:1: header: summary is missing
	// 01-first.md:5: the section has no id; write ## Title {#id}
	// 01-first.md:8: cell bowl: there is no kind "decent"; the kinds are [objective likelihood slope function descent compare sweep basins logistic derivation sgd noise escape]
}
