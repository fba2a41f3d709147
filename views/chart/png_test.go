package chart

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

func picture(t *testing.T, f *Figure, scale float64) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(render(t, func(w io.Writer) error { return f.WritePNG(w, scale) })))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// token is a colour of the light theme.
func token(t *testing.T, name string) color.RGBA {
	t.Helper()
	i, err := parseInk(tokens(t, ":root")[name])
	if err != nil {
		t.Fatal(err)
	}
	return i.RGBA
}

func rgb(c color.Color) [3]uint8 {
	k := color.RGBAModel.Convert(c).(color.RGBA)
	return [3]uint8{k.R, k.G, k.B}
}

// The classes of a figure show in its pixels at the places that its data say.
func TestPixels(t *testing.T) {
	w := Window{-1, 11, -1, 11} // with no tick near its edges, for whose label the data area would make way
	f := NewContour(Contour{Name: "path", Window: w, Grid: func() Grid { return Grid{2, 2, []float64{0, 1, 2, 3}} },
		Paths: []Path{{X: []float64{2, 8}, Y: []float64{2, 2}}}, Marks: []Mark{{X: 5, Y: 8, Kind: MarkPoint, Ink: InkGradient, Label: "here"}}})
	for _, scale := range []float64{2, 3} {
		m := picture(t, f, scale)
		if b := m.Bounds(); float64(b.Dx()) != 480*scale || float64(b.Dy()) != 420*scale {
			t.Fatalf("at scale %g it is %v", scale, b)
		}
		at := func(x, y, dx, dy float64) [3]uint8 { // a place in data, moved by units of the viewBox
			left, right, top, bottom := 50.0, 464.0, 32.0, 372.0
			return rgb(m.At(int(scale*(left+(right-left)*(x+1)/12+dx)), int(scale*(bottom+(top-bottom)*(y+1)/12+dy))))
		}
		for _, c := range []struct {
			what   string
			got    [3]uint8
			wanted string
		}{
			{"paper", rgb(m.At(2, 2)), "paper"},
			{"the path", at(5, 2, 0, 0), "theta"},
			{"the start's ring", at(2, 2, -3.7, 0), "theta"},
			{"the start's middle", at(2, 2, 0, 0), "paper"},
			{"the end", at(8, 2, 0, 0), "theta"},
			{"the rim of the end", at(8, 2, 5.5, 0), "paper"},
			{"the mark", at(5, 8, 0, 0), "gradient"},
		} {
			if want := token(t, c.wanted); c.got != rgb(want) {
				t.Errorf("scale %g: %s is %v, not --%s %v", scale, c.what, c.got, c.wanted, want)
			}
		}
		if got := at(5, 2, 0, 6); got == rgb(token(t, "paper")) || got == rgb(token(t, "theta")) {
			t.Errorf("scale %g: beside the path it is %v, not a band", scale, got)
		}
	}
}

// A run that steps back behind the step looked at lets through what is under it, as one.
func TestGroupInPixels(t *testing.T) {
	p := newPainter("chart standalone scrubbing", 10, 10, 2)
	defer p.free()
	c := newCanvas(10, 10)
	defer c.free()
	c.painter = p
	c.class = "paper"
	c.Fill(bar(vg.Point{X: 5, Y: 5}, 6, 6))
	c.class = class(InkGradient)
	c.Fill(bar(vg.Point{X: 2, Y: 5}, 2, 6))
	p.group("run", func() {
		c.class = class(InkTheta)
		c.Fill(bar(vg.Point{X: 5, Y: 5}, 6, 2))
		c.Fill(bar(vg.Point{X: 5, Y: 5}, 6, 2)) // once more is the same
	})
	for x, under := range map[int]string{4: "gradient", 14: "paper"} {
		got, over, below := rgb(p.image.At(x, 10)), rgb(token(t, "theta")), rgb(token(t, under))
		for i := range got {
			if want := .4*float64(over[i]) + .6*float64(below[i]); math.Abs(float64(got[i])-want) > 1 {
				t.Errorf("over %s it is %v, want %.0f in channel %d", under, got, want, i)
			}
		}
		if got := rgb(p.image.At(x, 1)); got != below {
			t.Errorf("beside the run %s is %v", under, got)
		}
	}
}

// inkIn is how much darker than paper a part of a picture is, in full black pixels.
func inkIn(m image.Image, r image.Rectangle) float64 {
	sum := 0.0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			sum += 1 - float64(color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y)/255
		}
	}
	return sum
}

func TestTextInPixels(t *testing.T) {
	labelled := func(label string) image.Image {
		return picture(t, NewCurve(Curve{Name: "c", Window: Window{-1, 11, -1, 11}, YLabel: label}), 2)
	}
	place := image.Rect(0, 0, 960, 58) // above the data area
	empty := inkIn(labelled(""), place)
	short, long := inkIn(labelled("loss"), place), inkIn(labelled("loss loss"), place)
	if empty != 0 || short < 40 || long < 1.9*short || long > 2.1*short {
		t.Errorf("ink of no, one and two words: %g, %g, %g", empty, short, long)
	}
	// The index of a formula hangs below the letters, a power stands above them.
	if below := image.Rect(0, 43, 960, 58); inkIn(labelled("$θ_{max}$"), below) <= inkIn(labelled("$θmax$"), below) {
		t.Error("an index is not lowered")
	}
	if above := image.Rect(0, 0, 960, 19); inkIn(labelled("$θ^{hold}$"), above) <= inkIn(labelled("$θhold$"), above) {
		t.Error("a power is not raised")
	}
	// A letter of a formula leans to the right.
	top, foot := image.Rect(0, 18, 960, 24), image.Rect(0, 32, 960, 38)
	lean := func(label string) float64 { return centre(labelled(label), top) - centre(labelled(label), foot) }
	if upright, italic := lean("l"), lean("$l$"); italic < upright+2 {
		t.Errorf("upright %g, italic %g", upright, italic)
	}
}

// centre is the mean column of a part's ink.
func centre(m image.Image, r image.Rectangle) float64 {
	sum, weight := 0.0, 0.0
	for x := r.Min.X; x < r.Max.X; x++ {
		k := inkIn(m, image.Rect(x, r.Min.Y, x+1, r.Max.Y))
		sum, weight = sum+float64(x)*k, weight+k
	}
	return sum / weight
}

func TestPNGSameBytes(t *testing.T) {
	again := gallery()
	for i, f := range gallery() {
		write := func(f *Figure) []byte { return render(t, func(w io.Writer) error { return f.WritePNG(w, 1) }) }
		a := write(f)
		if !bytes.Equal(a, write(again[i])) {
			t.Errorf("%s: two pictures of the same input differ", f.Name)
		}
		if !bytes.Contains(a, []byte(f.Alt)) {
			t.Errorf("%s: the file does not hold the alt text", f.Name)
		}
	}
}

func TestPNGScale(t *testing.T) {
	f := NewCurve(Curve{Name: "c"})
	for scale, width := range map[float64]int{math.NaN(): 960, 0: 240, -5: 240, 1e300: 1920, math.Inf(1): 1920, 1: 480} {
		if got := picture(t, f, scale).Bounds().Dx(); got != width {
			t.Errorf("scale %g: %d pixels wide, want %d", scale, got, width)
		}
	}
}

// Every class that a figure gives to a shape or a text has a rule in chart.css, and every sign of a text is in the
// pictures' typeface.
func TestFiguresHaveLooks(t *testing.T) {
	known := func(name string) bool {
		for _, r := range theSheet().rules {
			if r.inside && hasClass(strings.Join(r.classes, " "), name) {
				return true
			}
		}
		return false
	}
	for _, f := range gallery() {
		d := xml.NewDecoder(bytes.NewReader(render(t, f.WriteSVG)))
		inText := 0
		for {
			tok, err := d.Token()
			if err != nil {
				break
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				name := tok.Name.Local
				if name == "text" || name == "tspan" {
					inText++
				}
				for _, a := range tok.Attr {
					if a.Name.Local != "class" || name == "svg" || name == "g" {
						continue
					}
					for one := range strings.FieldsSeq(a.Value) {
						if one == "axis" { // as any text is
							continue
						}
						if !known(one) {
							t.Errorf("%s: <%s class=%q>: chart.css has no rule for %s", f.Name, name, a.Value, one)
						}
					}
				}
			case xml.EndElement:
				if tok.Name.Local == "text" || tok.Name.Local == "tspan" {
					inText--
				}
			case xml.CharData:
				for _, r := range string(tok) {
					if _, ok := theTypeface().glyphs[r]; inText > 0 && !ok {
						t.Errorf("%s: the typeface has no %q of %q", f.Name, r, tok)
					}
				}
			}
		}
	}
}

// BenchmarkPNG draws and writes a full contour figure at twice its size.
func BenchmarkPNG(b *testing.B) {
	g := sampleGrid(Window{-2, 2, -1, 3}, 100, rosen)
	xs, ys, _ := benchPath()
	f := benchContour(g, xs, ys)
	b.ReportAllocs()
	var bytes counter
	for b.Loop() {
		bytes = 0
		if f.WritePNG(&bytes, DefaultScale) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(bytes), "bytes")
}
