package chart

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// A Handle is a point of a figure that a reader can move: the start of a run, a learning rate, the step that is looked
// at. Moving it sets the parameters that it names, in data units of the axes. The page's script draws and moves it, by
// pointer and by keys; the same parameters have fields for those who type.
type Handle struct {
	Label          string  // what it is, in words: "start"
	X, Y           float64 // where it stands, in data units; one that is not finite or lies outside is kept at the edge
	XParam, YParam string  // names of the parameters that moving it sets; "": it does not move that way
	Vector         *Vector // if set, XParam is a list that moving it sets in both directions, and YParam is not used
}

// A Turn names the parameters of the direction from which a surface is seen, both in degrees.
type Turn struct{ Azimuth, Elevation string }

// writeStage writes, as an attribute of the overlay, what a script must know to move handles over the figure: the axes
// as [min, max, from, to, 1 if logarithmic], from and to in units of the viewBox, and the handles.
func (f *Figure) writeStage(c *canvas) {
	if len(f.Handles) == 0 && f.Turn == nil {
		return
	}
	area := f.axes.plot().DataCanvas(f.axes.canvas(c)) // a tick at the very edge makes it a little smaller
	b := append(c.out, ` data-stage='{"x":`...)
	b = f.axes.x.appendStage(b, float64(area.Min.X), float64(area.Max.X))
	b = append(b, `,"y":`...)
	b = f.axes.y.appendStage(b, f.Height-float64(area.Min.Y), f.Height-float64(area.Max.Y))
	if f.Turn != nil {
		b = append(b, `,"turn":[`+quoted(f.Turn.Azimuth)+`,`+quoted(f.Turn.Elevation)+`]`...)
	}
	b = append(b, `,"handles":[`...)
	for i, h := range f.Handles {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"label":`+quoted(h.Label)+`,"x":`...)
		b = appendNumber(b, f.axes.x.keep(h.X))
		b = append(b, `,"y":`...)
		b = appendNumber(b, f.axes.y.keep(h.Y))
		b = append(b, `,"to":[`+quoted(h.XParam)+`,`+quoted(h.YParam)+`]`...)
		if h.Vector != nil {
			b = h.Vector.appendJSON(append(b, `,"vector":`...))
		}
		b = append(b, '}')
	}
	c.out = append(b, `]}'`...)
}

// quoted is s as a string of JSON that may stand in an attribute between single quotes: json.Marshal takes care of <, >
// and &.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings cannot fail
	}
	return forAttribute.Replace(string(b))
}

var forAttribute = strings.NewReplacer("'", `\u0027`, "\ufffe", "\ufffd", "\uffff", "\ufffd")

func (a *axis) appendStage(b []byte, from, to float64) []byte {
	b = append(b, '[')
	for _, v := range [...]float64{a.min, a.max, from, to} {
		b = append(appendNumber(b, v), ',')
	}
	if a.log {
		return append(b, '1', ']')
	}
	return append(b, '0', ']')
}

// keep is v within the axis.
func (a *axis) keep(v float64) float64 {
	if math.IsNaN(v) {
		return a.min
	}
	return min(max(v, a.min), a.max)
}

func appendNumber(b []byte, v float64) []byte { return strconv.AppendFloat(b, v, 'g', 6, 64) }
