package views_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"time"

	"descent/lessons/cell"
	"descent/optim/param"
	"descent/views"
	"descent/views/chart"
)

// edgy are formulas that are flat, torn, vast or nowhere defined.
var edgy = []string{"x^2+y^2", "x^2", "0", "7+0x", "x", "1/x", "log(x)", "1/(x^2+y^2)", "exp(exp(x))", "sqrt(-1-x^2)", "abs(x)+abs(y)", "1e308*x", "1e-308*x^2", "rosenbrock", "rastrigin",
	"x^y", "sin(1/x)", "-x^2-y^2", "max(x,y)", "log(abs(x))*1e300", "relu(x)"}

// extremes are the texts at the ends of what a parameter accepts.
func extremes(p param.Param) []string {
	var list []string
	switch p.Type {
	case param.Number, param.Integer:
		list = []string{param.Format(p.Min), param.Format(p.Max)}
		for _, v := range []float64{0, -1} {
			if v >= p.Min && v <= p.Max {
				list = append(list, param.Format(v))
			}
		}
		if p.Optional {
			list = append(list, "")
		}
	case param.Choice, param.Several:
		for _, o := range p.Options {
			list = append(list, o.Value)
		}
	case param.Flag:
		list = []string{"true", "false"}
	case param.Expression:
		list = edgy
	case param.Text:
		list = []string{"", "0", "1,2,3", "1e308,-1e308,1", "5"}
	}
	return list
}

// TestExtremes draws every picture of every kind, each parameter at its ends in turn and then many of them at once. What
// is refused is refused with words at a field.
func TestExtremes(t *testing.T) {
	for _, kind := range cell.Kinds {
		t.Run(kind.ID, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(1, 2))
			drawn := 0
			try := func(query url.Values, paint bool) {
				if drawAll(t, kind, query, paint) {
					drawn++
				}
			}
			for _, p := range kind.Params {
				for _, text := range extremes(p) {
					try(url.Values{p.Name: {text}}, false)
				}
			}
			for range 15 {
				query := url.Values{}
				for _, p := range kind.Params {
					if all := extremes(p); random.IntN(3) == 0 {
						query.Set(p.Name, all[random.IntN(len(all))])
					}
				}
				try(query, true)
			}
			if drawn < 10 {
				t.Errorf("only %d settings were drawn", drawn)
			}
		})
	}
}

// drawAll runs a kind and draws its pictures, with paint twice and also as pixels; false where the values are refused.
func drawAll(t *testing.T, kind *cell.Kind, query url.Values, paint bool) bool {
	t.Helper()
	base, err := kind.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	if kind.Params.Lookup("steps") != nil && !query.Has("steps") {
		query.Set("steps", "30")
	}
	values, _, errs := kind.Params.Parse(query, base)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	result, err := kind.Run(ctx, values)
	if found := (param.Errors)(nil); errors.As(err, &found) {
		errs = append(errs, found...)
	} else if err != nil {
		t.Fatalf("%v: %v", query, err)
	}
	for _, e := range errs {
		if e.Field == "" || e.Message == "" {
			t.Errorf("%v: a refusal without a field or words: %+v", query, e)
		}
	}
	if len(errs) > 0 {
		return false
	}
	others := views.Figures(result)
	for i, f := range views.Figures(result) {
		pairs := []func(*chart.Figure) func(io.Writer) error{
			func(f *chart.Figure) func(io.Writer) error { return f.WriteSVG },
			func(f *chart.Figure) func(io.Writer) error { return f.WriteThumbnail },
		}
		for _, write := range pairs {
			var a, b bytes.Buffer
			if err := write(f)(&a); err != nil {
				t.Fatal(err)
			}
			wellFormed(t, query, a.Bytes())
			if !paint {
				continue
			}
			if err := write(others[i])(&b); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%v: %s differs from one time to the next", query, f.Name)
			}
		}
		if paint {
			var picture bytes.Buffer
			if err := f.WritePNG(&picture, chart.MinScale); err != nil {
				t.Fatal(err)
			}
			if _, err := png.Decode(&picture); err != nil {
				t.Errorf("%v: %s: %v", query, f.Name, err)
			}
		}
		if f.Alt == "" || strings.Contains(f.Alt, "NaN") || strings.Contains(f.Alt, "Inf") {
			t.Errorf("%v: %s is described as %q", query, f.Name, f.Alt)
		}
		for _, row := range f.Table().Rows {
			if len(row) != len(f.Table().Header) {
				t.Errorf("%v: %s has a row of %d under %d names", query, f.Name, len(row), len(f.Table().Header))
			}
		}
	}
	return true
}

// wellFormed fails unless b is XML without an attribute that is not a number.
func wellFormed(t *testing.T, query url.Values, b []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v: %v", query, err)
		}
		if start, ok := token.(xml.StartElement); ok {
			for _, a := range start.Attr {
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Fatalf("%v: <%s %s=%q>", query, start.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	}
}
