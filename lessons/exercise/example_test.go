package exercise_test

import (
	"context"
	"fmt"
	"net/url"

	"descent/lessons/exercise"
)

// A block is read and tried, and an answer to its first variant is judged. The lessons' reader lends what a
// [exercise.Source] asks for; here Markdown stays as it is.
func ExampleRead() {
	e := exercise.Read(exercise.Source{
		Text: `kind: number
id: one-step
title: One step by hand
question: Where does one step lead?
vary: {x: [4]}
let: {next: "x - 0.1*2*x"}
answer: next
tolerance: {absolute: 0.005}
hints: [{text: The slope is twice the place., cost: 0.1}]
solution: Go down by a tenth of the slope.
mistakes: [{id: uphill, answer: "x + 0.1*2*x", feedback: That is a step up.}]
`,
		Line:     1,
		Markdown: func(text string, _ int) string { return text },
		Claim:    func(int, string) {},
		Problem:  func(line int, format string, a ...any) { fmt.Printf("%d: "+format+"\n", append([]any{line}, a...)...) },
	})
	ctx := context.Background()
	fmt.Println(exercise.Check(ctx, e, e.Variants))
	v := e.Variant(0)
	for _, answer := range []string{"3.2", "4.8"} {
		verdict, err := v.Task.Check(ctx, v, url.Values{exercise.NumberField: {answer}})
		fmt.Println(verdict.Outcome, verdict.Diagnosis, verdict.Feedback, err)
	}
	// Output:
	// []
	// right  [] <nil>
	// wrong uphill [That is a step up.] <nil>
}
