package chart

import (
	"image/color"
	"strings"
	"testing"
)

// Looks worked out by hand from chart.css, by CSS's own rules of which declaration wins.
func TestLooks(t *testing.T) {
	const figure = "chart standalone"
	s := theSheet()
	root := s.look(figure, initial(), "svg", "")
	is := func(l look, i ink, name string) bool {
		got, ok := l.paint(i)
		return ok && got == token(t, name)
	}
	l := s.look(figure, root, "path", "s theta")
	if !is(l, l.stroke, "theta") || !l.fill.none || l.width != 18 || !l.roundCap || !l.roundJoin || l.dashes != nil {
		t.Errorf("a path: %+v", l)
	}
	l = s.look(figure, root, "path", "s frame")
	if !is(l, l.stroke, "frame") || l.roundCap || l.roundJoin || l.width != 8 {
		t.Errorf("the frame: %+v", l)
	}
	l = s.look(figure, root, "path", "s theory") // two classes weigh more than one
	if len(l.dashes) != 2 || l.dashes[0] != 60 || l.roundCap {
		t.Errorf("theory: %+v", l)
	}
	l = s.look(figure, root, "path", "s run3 k3") // [class*=" k"]
	if len(l.dashes) != 4 || l.width != 20 || l.roundCap || !is(l, l.stroke, "run-3") {
		t.Errorf("run 3: %+v", l)
	}
	l = s.look(figure, root, "path", "s run3 k3 faint")
	if l.strokeOpacity != .45 {
		t.Errorf("faint: %+v", l)
	}
	if l = s.look(figure, root, "g", "run"); l.opacity != 1 {
		t.Errorf("a run: %+v", l)
	}
	if l = s.look(figure+" scrubbing", root, "g", "run"); l.opacity != .4 || s.look(figure+" scrubbing", l, "path", "s").opacity != 1 {
		t.Errorf("a run in a film: %+v", l)
	}
	l = s.look(figure, root, "path", "f z4") // [class^="f z"]
	if !is(l, l.fill, "band-4") || !is(l, l.stroke, "contour") || l.width != 5 || l.strokeOpacity != .38 || l.strokeFirst {
		t.Errorf("a band: %+v", l)
	}
	l = s.look(figure, root, "path", "f z20") // !important
	if !is(l, l.fill, "band-20") || !l.stroke.none {
		t.Errorf("the outermost band: %+v", l)
	}
	l = s.look(figure, root, "path", "f basin2")
	if !is(l, l.fill, "basin-2") || !l.crisp || !l.stroke.none {
		t.Errorf("a basin: %+v", l)
	}
	l = s.look(figure, root, "path", "f theta mark")
	if !is(l, l.fill, "theta") || !is(l, l.stroke, "paper") || !l.strokeFirst {
		t.Errorf("a mark: %+v", l)
	}
	l = s.look(figure, root, "text", "label theta e") // text.theta wins over text
	if !is(l, l.fill, "theta-text") || !is(l, l.stroke, "paper") || l.width != 3 || l.strokeOpacity != .85 || l.size != 13 || l.anchor != 1 || !l.strokeFirst {
		t.Errorf("a label: %+v", l)
	}
	l = s.look(figure, l, "tspan", "i sub")
	if !is(l, l.fill, "theta-text") || l.width != 3 || !l.italic || l.size != .92*13 {
		t.Errorf("an index in a label: %+v", l)
	}
	l = s.look(figure, root, "path", "s of-no-rule")
	if c, ok := l.paint(l.stroke); !ok || c != (color.RGBA{A: 255}) {
		t.Errorf("a class without a rule: %+v", l)
	}
}

// What a browser would show and a picture of pixels would not is found here.
func TestSheetRefuses(t *testing.T) {
	for css, want := range map[string]string{
		".chart .a { transform: none; }":          "transform",
		".chart .a { color: red; }":               "red",
		".chart .a { color: var(--none); }":       "--none",
		".chart .a > .b { fill: none; }":          "selector",
		".chart .a:hover { fill: none; }":         "selector",
		".chart [data-x] { fill: none; }":         "selector",
		"svg .a { fill: none; }":                  "selector",
		".chart .a { stroke-linecap: square; }":   "square",
		".chart .a { stroke-dasharray: 0 0; }":    "dasharray",
		".chart .a { stroke-dasharray: 4 -1; }":   "dasharray",
		".chart .a { font-size: large; }":         "large",
		".chart .a { text-anchor: left; }":        "left",
		".chart .a { fill-opacity: 30%; }":        "30%",
		".chart .a { shape-rendering: optimal; }": "optimal",
	} {
		if _, err := newSheet(css); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", css, err)
		}
	}
	if _, err := newSheet("/* a { */ :root { --a: #010203; } @media print { .x:hover { y: z; } } .chart .b, .chart c { color: var(--a); }"); err != nil {
		t.Error(err)
	}
}
