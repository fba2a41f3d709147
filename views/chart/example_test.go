package chart_test

import (
	"fmt"
	"strings"

	"descent/views/chart"
)

// A parabola with a run of three steps on it.
func ExampleNewCurve() {
	xs := []float64{-2, -1, 0, 1, 2}
	f := chart.NewCurve(chart.Curve{
		Name: "path", Title: "Steps on the curve", XLabel: "$x$", YLabel: "$J$",
		Lines: []chart.Line{{X: xs, Y: []float64{4, 1, 0, 1, 4}}},
		Paths: []chart.Path{{X: []float64{2, 1, 0.5}, Y: []float64{4, 1, 0.25}}},
		Alt:   "Three points on a parabola, each lower than the one before.",
	})
	var svg strings.Builder
	if err := f.WriteSVG(&svg); err != nil {
		fmt.Println(err)
	}
	fmt.Println(strings.HasPrefix(svg.String(), "<svg"), strings.Contains(svg.String(), f.Alt))
	fmt.Println(f.Table().Header)
	fmt.Println(f.Table().Rows[2])
	// Output:
	// true true
	// [step x J]
	// [2 0.5 0.25]
}

// The losses of two runs, of which one diverges.
func ExampleNewRace() {
	f := chart.NewRace(chart.Race{
		Name: "loss", Title: "Loss at each step",
		Racers: []chart.Racer{
			{Label: "η = 0.1", Values: []float64{8, 4, 2, 1, 0.5}},
			{Label: "η = 3", Values: []float64{8, 80, 800, 8000, 80000}},
		},
	})
	fmt.Println(f.Alt)
	// Output:
	// The losses of 2 runs. Lowest after 4 steps: η = 0.1 (0.5). η = 3 diverges: it leaves the axis at step 2.
}
