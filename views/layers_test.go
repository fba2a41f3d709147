package views

import (
	"bytes"
	"context"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"descent/lessons/cell"
	"descent/optim/param"
)

// Backdrops are remembered by their names, for all readers: whatever the kind and its values, figures with one name
// and key have one backdrop. Every parameter is changed alone, where the others stand as they are and where they were
// drawn by lot.
func TestEqualKeysAreEqualBackdrops(t *testing.T) {
	type drawing struct {
		query    string
		backdrop []byte
	}
	seen := map[string]drawing{}
	asked := map[string]bool{} // a parameter that does not matter asks for the same once more
	for _, kind := range cell.Kinds {
		shared := 0
		random := rand.New(rand.NewPCG(7, uint64(len(kind.ID))))
		for _, query := range neighbours(kind, random) {
			values, _, errs := kind.Params.Parse(query, param.Values{})
			canonical := kind.ID + "?" + values.Encode(nil)
			if len(errs) > 0 || asked[canonical] {
				continue
			}
			asked[canonical] = true
			result, err := kind.Run(context.Background(), values)
			if err != nil {
				continue // values that do not fit together
			}
			for _, f := range Figures(result) {
				if f.BackdropKey == "" {
					continue
				}
				name, at := f.Name+":"+f.BackdropKey, kind.ID+"?"+query.Encode()
				first, known := seen[name]
				if !known {
					seen[name] = drawing{at, f.Backdrop()}
					continue
				}
				shared++
				if !bytes.Equal(first.backdrop, f.Backdrop()) {
					t.Errorf("one name, two backdrops of %q:\n%s\n%s", f.Name, first.query, at)
				}
			}
		}
		if shared == 0 && kind.ID != "derivation" {
			t.Errorf("%s: no two figures have a backdrop in common, so nothing was compared", kind.ID)
		}
	}
}

// neighbours are queries of a kind that differ in one parameter: from the defaults, and from values drawn by lot.
func neighbours(kind *cell.Kind, random *rand.Rand) []url.Values {
	small := url.Values{}
	for name, text := range map[string]string{"steps": "20", "epochs": "2", "rows": "40"} {
		if kind.Params.Lookup(name) != nil {
			small.Set(name, text)
		}
	}
	if kind.ID == "basins" { // a map is dear
		small.Set("f", "x^2 - y^2 + y^4")
	}
	other := maps.Clone(small)
	for i := range kind.Params {
		p := &kind.Params[i]
		if choices := texts(p); len(choices) > 0 && !other.Has(p.Name) && !strings.HasSuffix(p.Name, "min") && !strings.HasSuffix(p.Name, "max") && kind.ID != "basins" {
			other.Set(p.Name, choices[random.IntN(len(choices))])
		}
	}
	bases := []url.Values{small, other}
	for _, name := range []string{"data", "model"} { // on which hangs what the others mean
		if p := kind.Params.Lookup(name); p != nil {
			for _, option := range p.Options[1:] {
				base := maps.Clone(small)
				base.Set(name, option.Value)
				bases = append(bases, base)
			}
		}
	}
	var list []url.Values
	for n, base := range bases {
		list = append(list, base)
		for i := range kind.Params {
			if n > 1 && slices.Contains(runOnly, kind.Params[i].Name) {
				continue
			}
			for _, text := range texts(&kind.Params[i]) {
				query := maps.Clone(base)
				query.Set(kind.Params[i].Name, text)
				list = append(list, query)
			}
		}
	}
	return list
}

// runOnly are parameters of a run that mean the same with all data: they are not
// changed again with each.
var runOnly = []string{"eta", "steps", "epochs", "batch", "order", "reduction", "theta0"}

// texts are a few values of a parameter.
func texts(p *param.Param) []string {
	lo, hi := p.SoftMin, p.SoftMax
	if lo == 0 && hi == 0 {
		lo, hi = p.Min, p.Max
	}
	switch {
	case p.Name == "steps" || p.Name == "epochs":
		return []string{"0", "3"}
	case p.Name == "xmin" || p.Name == "ymin":
		return []string{"-3", "-0.5"}
	case p.Name == "xmax" || p.Name == "ymax":
		return []string{"3", "0.5"}
	case p.Name == "f": // the same function as a name, and typed, and with other variables
		return []string{"rosenbrock", "(1-x)^2 + 100*(y-x^2)^2", "(1-θ1)^2 + 100*(θ2-θ1^2)^2", "himmelblau", "x^4", "quartic", "y^4", "|x|"}
	case p.Name == "features":
		return []string{"3,4", "1,3,4", "4,3"}
	case p.Name == "values":
		return []string{"1, 2, 3", "0"}
	case p.Type == param.Flag:
		return []string{"true", "false"}
	case len(p.Options) > 0:
		var values []string
		for _, o := range p.Options {
			values = append(values, o.Value)
		}
		return values
	case p.Type == param.Integer:
		return []string{param.Format(lo), param.Format(float64(int(lo+hi) / 2))}
	case p.Numeric():
		return []string{param.Format(lo), param.Format(lo + (hi-lo)/3), param.Format(hi)}
	}
	return nil
}

// A backdrop that was remembered is written like one that was drawn, on the page and in a file.
func TestRememberedBackdropIsTheDrawnOne(t *testing.T) {
	for _, kind := range cell.Kinds {
		values, err := kind.Params.Defaults(nil)
		if err != nil {
			t.Fatal(err)
		}
		result, err := kind.Run(context.Background(), values)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range Figures(result) {
			var page, file bytes.Buffer
			if f.WriteBackdrop(&page) != nil || f.WriteSVG(&file) != nil {
				t.Fatal("not written")
			}
			for range 2 { // drawn if need be, then remembered
				var again, svg bytes.Buffer
				if err := svgBackdrop(f).Render(context.Background(), &again); err != nil || !bytes.Equal(again.Bytes(), page.Bytes()) {
					t.Errorf("%s, %s: the page has another backdrop (%v)", kind.ID, f.Name, err)
				}
				if err := WriteSVG(context.Background(), &svg, f); err != nil || !bytes.Equal(svg.Bytes(), file.Bytes()) {
					t.Errorf("%s, %s: the file has another backdrop (%v)", kind.ID, f.Name, err)
				}
			}
		}
	}
}
