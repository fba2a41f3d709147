package chart

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A source makes the inputs of figures from bytes: a byte below 0xc0 is one of the palette's numbers, any other begins
// a float64 of its own. Where the bytes end there are zeros.
type source struct{ data []byte }

var palette = [...]float64{0, 1, -1, 2, 0.5, 10, -3, 100, 1e-3, 7, 4, 1e6, -1e6, math.NaN(), math.Inf(1), math.Inf(-1), 1e308, -1e308, math.MaxFloat64, -math.MaxFloat64,
	5e-324, -5e-324, 2.2250738585072014e-308, 1e-308, math.Copysign(0, -1), 1e300, -1e300, 1e150, 1e16, 1e16 + 2, math.Nextafter(1, 2), 1e-16}

func (s *source) byte() byte {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return b
}

func (s *source) number() float64 {
	b := s.byte()
	if b < 0xc0 {
		return palette[int(b)%len(palette)]
	}
	var raw [8]byte
	s.data = s.data[copy(raw[:], s.data):]
	return math.Float64frombits(binary.LittleEndian.Uint64(raw[:]))
}

// numbers are nil, none, or up to so many.
func (s *source) numbers(most int) []float64 {
	n := int(s.byte()) % (most + 2)
	if n == most+1 {
		return nil
	}
	list := make([]float64, n)
	switch kind := s.byte(); {
	case kind%4 == 0: // all the same
		v := s.number()
		for i := range list {
			list[i] = v
		}
	case kind%4 == 1: // growing by a factor
		v, factor := s.number(), s.number()
		for i := range list {
			list[i] = v
			v *= factor
		}
	default:
		for i := range list {
			list[i] = s.number()
		}
	}
	return list
}

func (s *source) flag() bool { return s.byte()%2 == 1 }

func (s *source) index() *int {
	if s.flag() {
		return nil
	}
	return new(int(int8(s.byte())))
}

func (s *source) ink() Ink {
	return [...]Ink{"", InkText, InkTheta, InkLoss, InkTheory, InkRun(0), InkRun(3), InkRun(9), "run99", "run-1", "no ink"}[int(s.byte())%11]
}

func (s *source) window() Window {
	if s.flag() {
		return Window{-5, 5, -3, 3}
	}
	return Window{s.number(), s.number(), s.number(), s.number()}
}

func (s *source) line(label string) Line {
	return Line{Label: label, Ink: s.ink(), X: s.numbers(12), Y: s.numbers(12), Dashed: s.flag()}
}

func (s *source) path(label string) Path {
	p := Path{Label: label, Ink: s.ink(), X: s.numbers(12), Y: s.numbers(12), Quiet: s.flag(), Dashed: s.flag(), ArrowX: s.number(), ArrowY: s.number(), ArrowLabel: label}
	if s.flag() {
		p.Slopes = s.numbers(12)
	}
	p.Film = s.film(label)
	return p
}

func (s *source) film(label string) *Film {
	if s.flag() {
		return nil
	}
	f := &Film{At: int(int8(s.byte()))}
	if s.flag() {
		m := Moment{Label: label, ArrowX: s.number(), ArrowY: s.number(), ArrowLabel: label, MemoryX: s.number(), MemoryY: s.number(), MemoryLabel: label,
			BoxX: s.number(), BoxY: s.number(), BoxLabel: label, TriedX: s.numbers(4), TriedY: s.numbers(4), SearchLine: s.flag(), SimplexX: s.numbers(4), SimplexY: s.numbers(4)}
		f.Moment = func(int) Moment { return m }
	}
	return f
}

func (s *source) paths(label string) (list []Path) {
	for range s.byte() % 4 {
		list = append(list, s.path(label))
	}
	return list
}

func (s *source) marks(label string) (list []Mark) {
	for range s.byte() % 4 {
		list = append(list, Mark{X: s.number(), Y: s.number(), Kind: [...]MarkKind{"", MarkStart, MarkEnd, MarkMinimum, MarkMaximum, MarkSaddle, "no kind"}[int(s.byte())%7],
			Ink: s.ink(), Label: label, Drop: s.flag(), ArrowX: s.number(), ArrowY: s.number(), ArrowLabel: label})
	}
	return list
}

func (s *source) lines(label string) (list []Line) {
	for range s.byte() % 4 {
		list = append(list, s.line(label))
	}
	return list
}

// grid is a grid of up to 5 by 5, sometimes of a shape that does not fit its values.
func (s *source) grid() func() Grid {
	g := Grid{NX: int(s.byte()) % 6, NY: int(s.byte()) % 6}
	g.Values = make([]float64, g.NX*g.NY)
	constant := s.flag()
	for i := range g.Values {
		if i > 0 && constant {
			g.Values[i] = g.Values[0]
			continue
		}
		g.Values[i] = s.number()
	}
	if s.byte()%8 == 7 {
		g.NX++
	}
	return func() Grid { return g }
}

func (s *source) cells() func() Cells {
	c := Cells{NX: int(s.byte()) % 5, NY: int(s.byte()) % 5}
	for range c.NX * c.NY {
		c.Values = append(c.Values, int(int8(s.byte())))
	}
	return func() Cells { return c }
}

func (s *source) ints() (list []int) {
	for range s.byte() % 12 {
		list = append(list, int(int8(s.byte())))
	}
	return list
}

// constructors make one figure each, all of whose words are label.
var constructors = []struct {
	name string
	make func(s *source, label string) *Figure
}{
	{"contour", func(s *source, label string) *Figure {
		return NewContour(Contour{Name: "f", Title: label, XLabel: label, YLabel: label, Window: s.window(), Grid: s.grid(), Minimum: s.number(), MinimumKnown: s.flag(),
			Paths: s.paths(label), Marks: s.marks(label)})
	}},
	{"contour with a field and a patch", func(s *source, label string) *Figure {
		n, m := len(s.numbers(12)), s.numbers(24)
		return NewContour(Contour{Name: "f", Window: s.window(), Grid: s.grid(), Patch: &Patch{Window: s.window(), Grid: s.grid(), Label: label},
			Field: func() Field { return Field{n, len(m) / max(n, 1), m, m} }, Marks: s.marks(label)})
	}},
	{"surface", func(s *source, label string) *Figure {
		return NewSurface(Surface{Name: "f", Title: label, XLabel: label, YLabel: label, ZLabel: label, Window: s.window(), Grid: s.grid(), Minimum: s.number(), MinimumKnown: s.flag(),
			Azimuth: s.number(), Elevation: s.number(), Patch: &Patch{Window: s.window(), Grid: s.grid(), Label: label}, Paths: s.paths(label), Marks: s.marks(label)})
	}},
	{"curve", func(s *source, label string) *Figure {
		return NewCurve(Curve{Name: "f", Title: label, XLabel: label, YLabel: label, Window: s.window(), Lines: s.lines(label), Strip: s.ints(),
			Straights: []Straight{{X: s.number(), Y: s.number(), Slope: s.number(), Reach: s.number(), Label: label, Ink: s.ink(), Dashed: s.flag()}},
			Paths:     s.paths(label), Marks: s.marks(label)})
	}},
	{"basins", func(s *source, label string) *Figure {
		return NewBasins(Basins{Name: "f", Title: label, XLabel: label, YLabel: label, Window: s.window(), Map: s.cells(), Grid: s.grid(), Critical: s.marks(label),
			Paths: s.paths(label), Marks: s.marks(label)})
	}},
	{"scatter", func(s *source, label string) *Figure {
		return NewScatter(Scatter{Name: "f", Title: label, XLabel: label, YLabel: label, Window: s.window(), X: s.numbers(12), Y: s.numbers(12), Class: s.ints(),
			ClassNames: [2]string{label, label}, Bias: s.number(), W1: s.number(), W2: s.number(), Highlight: s.ints()})
	}},
	{"bars", func(s *source, label string) *Figure {
		b := Bars{Name: "f", Title: label, Label: label}
		for range s.byte() % 24 {
			b.Bars = append(b.Bars, Bar{label, s.number(), s.number()})
		}
		return NewBars(b)
	}},
	{"cloud", func(s *source, label string) *Figure {
		return NewCloud(Cloud{Name: "f", Title: label, XLabel: label, YLabel: label, X: s.numbers(12), Y: s.numbers(12), FullX: s.number(), FullY: s.number()})
	}},
	{"loss", func(s *source, label string) *Figure {
		return NewLoss(Loss{Name: "f", Title: label, XLabel: label, Label: label, Values: s.numbers(20), First: int(int8(s.byte())), Minimum: s.number(), MinimumKnown: s.flag(),
			Theory: s.numbers(12), TheoryLabel: label, Others: s.lines(label), Film: s.film(label)})
	}},
	{"race", func(s *source, label string) *Figure {
		r := Race{Name: "f", Title: label, XLabel: label, Label: label, Minimum: s.number(), MinimumKnown: s.flag(), TheoryLabel: label, At: s.index()}
		for range s.byte() % 5 {
			r.Racers = append(r.Racers, Racer{label, s.ink(), s.numbers(12), s.numbers(12)})
		}
		return NewRace(r)
	}},
	{"sweep", func(s *source, label string) *Figure {
		w := Sweep{Name: "f", Title: label, XLabel: label, Label: label, Lines: s.lines(label), Minimum: s.number(), MinimumKnown: s.flag(),
			Current: s.number(), Best: s.number(), Bound: s.number(), BoundLabel: label}
		for range s.byte() % 4 {
			w.Bands = append(w.Bands, Band{s.number(), s.number(), label, [...]Tone{"", ToneOscillates, ToneDiverges, "no tone"}[s.byte()%4]})
		}
		return NewSweep(w)
	}},
	{"series", func(s *source, label string) *Figure {
		return NewSeries(Series{Name: "f", Title: label, XLabel: label, YLabel: label, Lines: s.lines(label), LogX: s.flag(), LogY: s.flag(), YMin: s.number(), YMax: s.number(),
			Horizontals: []Rule{{s.number(), label}, {s.number(), ""}}})
	}},
	{"errors", func(s *source, label string) *Figure {
		return NewErrors(Errors{Name: "f", Title: label, Eps: s.numbers(12), Forward: s.numbers(12), Backward: s.numbers(12), Central: s.numbers(12), Current: s.number()})
	}},
}

// hostile are words that want to be something else.
var hostile = []string{"", "loss $J(θ_1)$", "a<b & \"c\" 'd' ]]> --> \\", "$unclosed _ ^ _{ ^{", "$_$ $^$ $_{}$ $^{}$ $$ $$$", "$x_1^2_3^{ab}_{cd}$", "\x00\x1b\xff\xfe \t\n\r",
	"\ufffe\uffff\ud7ff\u202e\u200b", strings.Repeat("wide ", 200), "\"><script>alert(1)</script>", "NaN Inf", "漢字 ∇∂ e\u0301"}

// FuzzFigures makes any figure of any numbers and words.
func FuzzFigures(f *testing.F) {
	for i := range constructors {
		for k, seed := range seeds {
			f.Add(byte(i), seed, hostile[(i+k)%len(hostile)])
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, data []byte, label string) {
		if len(data) > 2000 || len(label) > 2000 {
			return
		}
		checkFigure(t, int(kind)%len(constructors), data, label, 20*time.Second)
	})
}

// seeds are bytes that source makes something of.
var seeds = [][]byte{
	{},
	bytes.Repeat([]byte{1}, 300),
	bytes.Repeat([]byte{13}, 300),
	bytes.Repeat([]byte{3, 14, 17}, 200),
	bytes.Repeat([]byte{2, 16, 11, 18, 3}, 100),
	bytes.Repeat([]byte{20, 3, 21, 5, 22}, 100),
	bytes.Repeat([]byte{0, 8, 26, 7, 27, 6, 5}, 80),
	bytes.Repeat([]byte{0xff, 1, 2, 3, 4, 5, 6, 0x7f, 0xf0, 12}, 60),
}

// TestNastyFigures is the same every time: each figure with each number of the palette everywhere, with each pair of
// them in turn, and with each of the hostile words.
func TestNastyFigures(t *testing.T) {
	for kind := range constructors {
		for i := range palette {
			for _, shape := range [][]byte{{5}, {1, 6, 3}} {
				pattern := append(shape, byte(i), byte(i), byte(32+i), byte(7*i%len(palette)))
				checkFigure(t, kind, bytes.Repeat(pattern, 400/len(pattern)), hostile[1], 20*time.Second)
			}
		}
		for _, label := range hostile {
			checkFigure(t, kind, seeds[6], label, 20*time.Second)
			checkFigure(t, kind, seeds[1], label, 20*time.Second)
		}
	}
}

// checkFigure fails unless a figure of these bytes comes in time and is sound.
func checkFigure(t *testing.T, kind int, data []byte, label string, limit time.Duration) {
	t.Helper()
	done := make(chan error, 1)
	go func() {
		made := func() *Figure {
			s := &source{data}
			f := constructors[kind].make(s, label)
			f.Handles = []Handle{{Label: label, X: s.number(), Y: s.number(), XParam: label, YParam: "y"}}
			if s.flag() {
				f.Turn = &Turn{label, "elevation"}
			}
			return f
		}
		done <- sound(made(), made(), label)
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Fatalf("%s of %.40x…, %.40q: %.3000v", constructors[kind].name, data, label, err)
		}
	case <-time.After(limit):
		t.Fatalf("%s of %.40x…, %.40q takes more than %v", constructors[kind].name, data, label, limit)
	}
}

// sound says what is wrong with a figure, of which again is the same once more.
func sound(f, again *Figure, label string) error {
	writers := func(f *Figure) []func(io.Writer) error {
		list := []func(io.Writer) error{f.WriteSVG, f.WriteBackdrop, f.WriteOverlay, f.WriteThumbnail}
		for _, k := range []int{0, f.Steps() / 2, f.Steps() - 1} {
			if k >= 0 && k < f.Steps() {
				list = append(list, func(w io.Writer) error {
					io.WriteString(w, "<g>")
					defer io.WriteString(w, "</g>")
					return f.WriteMoment(w, k)
				})
			}
		}
		return list
	}
	first, second := writers(f), writers(again)
	for i, write := range first {
		var a, b bytes.Buffer
		if err := errors.Join(write(&a), second[i](&b)); err != nil {
			return err
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			return errors.New("two figures of the same input differ")
		}
		if err := soundSVG(a.Bytes()); err != nil {
			return err
		}
	}
	var picture bytes.Buffer
	if err := f.WritePNG(&picture, MinScale); err != nil {
		return err
	}
	if _, err := png.Decode(&picture); err != nil {
		return err
	}
	if f.Alt == "" || unspeakable(f.Alt, label) {
		return errors.New("alt text: " + f.Alt)
	}
	if t, ok := f.Track(); ok && len(t.Points) != 2*f.Steps() {
		return errors.New("the track has " + strconv.Itoa(len(t.Points)) + " numbers for " + strconv.Itoa(f.Steps()) + " steps")
	}
	return soundTable(f.Table(), label)
}

// unspeakable says whether words made of numbers hold what no reader should read.
func unspeakable(words, label string) bool {
	if label != "" {
		words = strings.ReplaceAll(words, plain(label), "")
	}
	return strings.Contains(words, "NaN") || strings.Contains(words, "Inf")
}

func soundTable(t Table, label string) error {
	if t.Header == nil || len(t.Rows) > maxRows {
		return errors.New("a table of " + strconv.Itoa(len(t.Rows)) + " rows")
	}
	for _, row := range t.Rows {
		if len(row) != len(t.Header) {
			return errors.New("a row of another length than the table's header")
		}
		for _, c := range row {
			if unspeakable(c, label) {
				return errors.New("the table says " + c)
			}
		}
	}
	return nil
}

var numbersIn = regexp.MustCompile(`-?[0-9.]+`)

// soundSVG fails unless b is XML whose coordinates are numbers near the figure, and what is meant for scripts is JSON.
func soundSVG(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.New(err.Error() + " in " + string(b))
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			wrong := errors.New("<" + start.Name.Local + " " + a.Name.Local + "=" + strconv.Quote(a.Value) + ">")
			switch a.Name.Local {
			case "data-stage":
				if !json.Valid([]byte(a.Value)) {
					return wrong
				}
			case "style":
				return wrong
			case "class":
			default:
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					return wrong
				}
				limit := 2e5 // units; paths are in tenths and relative
				if a.Name.Local == "d" {
					limit = 2e6
				}
				for _, n := range numbersIn.FindAllString(a.Value, -1) {
					if v, err := strconv.ParseFloat(n, 64); a.Name.Local != "xmlns" && err == nil && math.Abs(v) > limit {
						return wrong
					}
				}
			}
		}
	}
}
