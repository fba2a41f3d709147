package chart

import (
	"encoding/json"
	"fmt"
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
	f := NewContour(Contour{Name: "path", Window: Window{-2.2, 2.2, -1.3, 3.3}})
	f.Handles = []Handle{{Label: "start", X: 1, Y: 2, XParam: "x", YParam: "y"}, {Label: "far", X: math.Inf(1), Y: math.NaN(), XParam: "x"}}
	s := stageOf(t, f)
	if s.X != [5]float64{-2.2, 2.2, 50, 464, 0} || s.Y != [5]float64{-1.3, 3.3, 372, 32, 0} {
		t.Errorf("axes %v and %v", s.X, s.Y)
	}
	if h := s.Handles[0]; h.Label != "start" || h.X != 1 || h.Y != 2 || h.To != [2]string{"x", "y"} {
		t.Errorf("handle %+v", h)
	}
	if h := s.Handles[1]; h.X != 2.2 || h.Y != -1.3 {
		t.Errorf("a handle outside stands at %g, %g", h.X, h.Y)
	}
	f.Handles, f.Turn = nil, &Turn{"azimuth", "elevation"}
	if s := stageOf(t, f); len(s.Turn) != 2 || s.Turn[0] != "azimuth" {
		t.Errorf("turn %v", s.Turn)
	}
}

// The axes that the script is told of are those that are drawn, where a tick stands at the edge, too.
func TestStageIsWhereMarksAre(t *testing.T) {
	for _, w := range []Window{{-2.2, 2.2, -1.3, 3.3}, {-2, 2, -1, 3}, {0.01, 1, 0, 1}} {
		for _, at := range [][2]float64{{w.XMin, w.YMin}, {w.XMax, w.YMax}} {
			mark := Mark{X: at[0], Y: at[1]}
			contour, heat := NewContour(Contour{Name: "path", Window: w, Marks: []Mark{mark}}), NewHeat(Heat{Name: "map", Window: w, Current: &mark})
			for _, f := range []*Figure{contour, heat} {
				if f == heat && w.XMin <= 0 {
					continue
				}
				f.Handles = []Handle{{X: at[0], Y: at[1], XParam: "x", YParam: "y"}}
				s := stageOf(t, f)
				x, y := s.X[2], s.Y[2]
				if at[0] == w.XMax {
					x, y = s.X[3], s.Y[3]
				}
				want := fmt.Sprintf(`M%.0f %.0fh0"`, 10*x, 10*y)
				if overlay := string(render(t, f.WriteOverlay)); !strings.Contains(overlay, want) {
					t.Errorf("%s, %v: no disc at %s in %s", f.Name, w, want, overlay)
				}
			}
		}
	}
}
