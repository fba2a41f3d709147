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
	// The losses of 2 runs. Lowest after 4 steps: η = 0.1 (0.5). η = 3 diverges: it leaves the axis at step 2 (2 more steps are above it).
}

// A bowl from above with a run on it. The grid is asked for only when the
// backdrop is written; the alt text is told from the path.
func ExampleNewContour() {
	bowl := func() chart.Grid {
		g := chart.Grid{NX: 21, NY: 21}
		for j := range g.NY {
			for i := range g.NX {
				x, y := -2+0.2*float64(i), -2+0.2*float64(j)
				g.Values = append(g.Values, x*x+y*y)
			}
		}
		return g
	}
	f := chart.NewContour(chart.Contour{
		Name: "path", Title: "A bowl", XLabel: "$x$", YLabel: "$y$",
		Window: chart.Window{XMin: -2, XMax: 2, YMin: -2, YMax: 2}, Grid: bowl,
		Paths: []chart.Path{{X: []float64{1.5, 0.75, 0.375}, Y: []float64{1, 0.5, 0.25}}},
	})
	fmt.Printf("%g×%g\n", f.Width, f.Height)
	fmt.Println(f.Alt)
	fmt.Println(f.Table().Rows[1])
	// Output:
	// 480×420
	// The path starts at (1.5, 1), makes 2 steps and ends at (0.375, 0.25).
	// [1 0.75 0.5]
}

// A table of many rows is thinned to at most 21, the first and the last among
// them.
func ExampleNewTable() {
	t := chart.NewTable("Losses", []string{"step", "J"}, 101, "step", func(i int) []string {
		return []string{fmt.Sprint(i), chart.Number(1 / float64(1+i))}
	})
	fmt.Println(len(t.Rows), t.Rows[1], t.Rows[20])
	fmt.Println(t.Note)
	// Output:
	// 21 [5 0.1667] [100 0.009901]
	// every 5th step; the CSV has all
}
