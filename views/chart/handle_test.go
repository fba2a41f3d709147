package chart

import (
	"encoding/json"
	"html"
	"math"
	"strings"
	"testing"
)

// stageOf reads what the overlay tells the script.
func stageOf(t *testing.T, f *Figure) (stage struct {
	X, Y    [5]float64
	Turn    []string
	Handles []struct {
		Label string
		X, Y  float64
		To    [2]string
	}
}) {
	t.Helper()
	var b strings.Builder
	if err := f.WriteOverlay(&b); err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(b.String(), `data-stage='`)
	if !ok {
		t.Fatal("the overlay has no stage")
	}
	text, _, _ := strings.Cut(rest, `'`)
	if err := json.Unmarshal([]byte(html.UnescapeString(text)), &stage); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return stage
}

func TestStage(t *testing.T) {
	f := NewContour(Contour{Name: "path", Window: Window{-2, 2, -1, 3}})
	f.Handles = []Handle{{Label: "start", X: 1, Y: 2, XParam: "x", YParam: "y"}, {Label: "far", X: math.Inf(1), Y: math.NaN(), XParam: "x"}}
	s := stageOf(t, f)
	if s.X != [5]float64{-2, 2, 50, 464, 0} || s.Y != [5]float64{-1, 3, 372, 32, 0} {
		t.Errorf("axes %v and %v", s.X, s.Y)
	}
	if h := s.Handles[0]; h.Label != "start" || h.X != 1 || h.Y != 2 || h.To != [2]string{"x", "y"} {
		t.Errorf("handle %+v", h)
	}
	if h := s.Handles[1]; h.X != 2 || h.Y != -1 {
		t.Errorf("a handle outside stands at %g, %g", h.X, h.Y)
	}
	f.Handles, f.Turn = nil, &Turn{"azimuth", "elevation"}
	if s := stageOf(t, f); len(s.Turn) != 2 || s.Turn[0] != "azimuth" {
		t.Errorf("turn %v", s.Turn)
	}
}
