package cell

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/optim"
	"descent/optim/param"
)

// What a comparison reads from its lists: rates and starts between commas.

// rateList reads one to eight different learning rates.
func rateList(field, text string) ([]float64, error) {
	eta := learningRate("1")
	var list []float64
	for _, item := range items(text) {
		if item == "" {
			return nil, param.Errorf(field, "expects numbers between commas, such as 0.02, 0.1, 0.18")
		}
		v, message := number(&eta, item)
		switch {
		case message != "":
			return nil, param.Errorf(field, "“%s” %s", item, message)
		case slices.Contains(list, v):
			return nil, param.Errorf(field, "“%s” stands there twice", item)
		case len(list) == mostRacers:
			return nil, param.Errorf(field, "has %d rates; at most %d are allowed", len(items(text)), mostRacers)
		}
		list = append(list, v)
	}
	return list, nil
}

// starts reads one to eight different starts, or chooses some where none are
// named, and sets the window that holds them.
func (c *Compare) starts() (list [][]float64, err error) {
	v, dim := c.Values, c.Function.Dim()
	if !v.Has("starts") {
		origin := make([]float64, dim)
		if c.Function.Start != nil {
			origin = c.Function.Start
		}
		if c.Window, err = window(v, dim, optim.WindowFor(c.Function, origin)); err != nil {
			return nil, err
		}
		return spread(c.Window, dim), nil
	}
	for _, item := range items(v.Text("starts")) {
		theta0, message := startOf(item, dim)
		switch {
		case message != "":
			return nil, param.Errorf("starts", "%s", message)
		case slices.ContainsFunc(list, func(other []float64) bool { return slices.Equal(other, theta0) }):
			return nil, param.Errorf("starts", "“%s” stands there twice", item)
		case len(list) == mostRacers:
			return nil, param.Errorf("starts", "has %d starts; at most %d are allowed", len(items(v.Text("starts"))), mostRacers)
		}
		list = append(list, theta0)
	}
	w := optim.WindowFor(c.Function, list[0])
	for _, theta0 := range list[1:] {
		other := optim.WindowFor(c.Function, theta0)
		w = optim.Window{XMin: min(w.XMin, other.XMin), XMax: max(w.XMax, other.XMax), YMin: min(w.YMin, other.YMin), YMax: max(w.YMax, other.YMax)}
	}
	c.Window, err = window(v, dim, w)
	return list, err
}

// startOf reads one start of one or two numbers, or says what is wrong with it.
func startOf(item string, dim int) (theta0 []float64, message string) {
	example := [...]string{1: "one number, such as 4, -4, 0", 2: "two numbers with a space between, such as 4 1, -4 2"}[dim]
	parts := strings.Fields(item)
	switch {
	case len(parts) == 0:
		return nil, "expects starts between commas, each of " + example
	case len(parts) != dim:
		return nil, fmt.Sprintf("“%s” has %s; each start has %s", item, plural(len(parts), "number"), example)
	}
	for i, part := range parts {
		coordinate := coordinate([...]string{"x", "y"}[i], "", "0")
		v, message := number(&coordinate, part)
		if message != "" {
			return nil, fmt.Sprintf("“%s” in “%s” %s", part, item, message)
		}
		theta0 = append(theta0, v)
	}
	return theta0, ""
}

// spread are starts all over a window, in round numbers: four in the plane,
// three on a line. They lie off its middle and off each other's mirror images, so
// that symmetric functions do not make them the same.
func spread(w optim.Window, dim int) [][]float64 {
	at := func(lo, hi, share float64) float64 {
		grain := math.Pow(10, math.Floor(math.Log10((hi-lo)/50)))
		return roundTo(math.Round((lo+share*(hi-lo))/grain)*grain, 12)
	}
	if dim == 1 {
		return [][]float64{{at(w.XMin, w.XMax, 0.1)}, {at(w.XMin, w.XMax, 0.55)}, {at(w.XMin, w.XMax, 0.92)}}
	}
	var list [][]float64
	for _, share := range [][2]float64{{0.12, 0.8}, {0.83, 0.88}, {0.2, 0.16}, {0.9, 0.28}} {
		list = append(list, []float64{at(w.XMin, w.XMax, share[0]), at(w.YMin, w.YMax, share[1])})
	}
	return list
}

// items are what stands between commas.
func items(text string) []string {
	list := strings.Split(text, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}
