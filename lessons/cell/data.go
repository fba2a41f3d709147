package cell

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"descent/optim/dataset"
	"descent/optim/param"
)

// What the kinds logistic and sgd share of their data: the choice, and how it is
// read.

// Limits of what a form can generate: what one answer computes and shows.
// MaxSeed is the largest seed: eight digits.
const MaxSeed = 99_999_999

const (
	mostRows     = 20_000
	mostDistance = 10
	mostNoise    = 2
)

// dataParams are the choice of the data and what data of some sorts depend on.
// seed draws the points; a kind that draws something else with it has its own.
func dataParams() param.Table {
	generated := param.Condition{Param: "data", In: []string{"generated"}}
	shape := param.Param{Name: "shape", Label: "shape", Help: "How the two classes lie.", Type: param.Choice, Default: dataset.Gaussians, When: generated, Options: []param.Option{
		{Value: dataset.Gaussians, Label: "two Gaussian clouds"}, {Value: dataset.Moons, Label: "two moons"},
		{Value: dataset.Rings, Label: "two rings"}, {Value: dataset.XOR, Label: "exclusive or"},
	}}
	class := param.Param{Name: "class", Label: "class 1 is", Help: "The wines that get label 1; all others get 0.", Type: param.Choice, Default: fmt.Sprint(dataset.DefaultWine),
		When: param.Condition{Param: "data", In: []string{"wine"}}}
	for i := range dataset.Wines {
		class.Options = append(class.Options, param.Option{Value: fmt.Sprint(i), Label: fmt.Sprintf("grower %d", i)})
	}
	of := func(shapes ...string) param.Condition {
		return param.Condition{Param: "shape", In: shapes, And: []param.Condition{generated}}
	}
	return param.Table{
		{Name: "data", Label: "data", Type: param.Choice, Default: "iris", Others: isUpload, OthersName: "your own data", Options: []param.Option{
			{Value: "iris", Label: "iris: versicolor or virginica"},
			{Value: "breast-cancer", Label: "breast cancer: malignant or benign"},
			{Value: "digits-3-8", Label: "handwritten digits: 3 or 8"},
			{Value: "wine", Label: "wine: one grower or the others"},
			{Value: "generated", Label: "generated points"},
		}},
		class,
		shape,
		{Name: "rows", Label: "examples", Help: "How many points are drawn.", Type: param.Integer, Min: dataset.MinRows, Max: mostRows, SoftMin: 10, SoftMax: 1000, Default: "200", When: generated},
		{Name: "cols", Label: "features", Help: "The shape lies in the first two; the others are noise.", Type: param.Integer, Min: dataset.MinCols, Max: dataset.MaxCols, Default: "2", When: generated},
		{Name: "distance", Label: "distance of the clouds", Help: "Between their centres, in standard deviations.", Max: mostDistance, Step: 0.1, Default: "2", When: of(dataset.Gaussians)},
		{Name: "noise", Label: "noise", Help: "How far the points stray from the shape: the standard deviation.", Max: mostNoise, SoftMax: 0.5, Step: 0.01, Default: "0.1",
			When: of(dataset.Moons, dataset.Rings, dataset.XOR)},
		{Name: "seed", Label: "seed", Help: "The same seed draws the same points.", Type: param.Integer, Max: MaxSeed, SoftMin: 1, SoftMax: 20, Default: "1", When: generated},
	}
}

// axisParams are the two features on the axes of the pictures. Each data set has
// two that show its classes well; they follow the choice of the data.
func axisParams() param.Table {
	axis := func(i int, name, label, help string) param.Param {
		p := param.Param{Name: name, Label: label, Help: help, Type: param.Integer, Min: 1, Max: mostColumns, SoftMin: 1, SoftMax: 20, Default: fmt.Sprint(1 + i)}
		p.Vary = param.Variation{Param: "data", Defaults: map[string]string{}, SoftMax: map[string]float64{"generated": 2}} // further ones are noise
		for data, columns := range telling {
			s, _ := dataset.Shipped(data)
			p.Vary.Defaults[data], p.Vary.SoftMax[data] = fmt.Sprint(columns[i]), float64(s.Cols)
		}
		return p
	}
	return param.Table{
		{Name: "axes", Label: "axes of the picture", Help: "Principal components show as much of all features as two axes can.", Type: param.Choice, Default: "features", Options: []param.Option{
			{Value: "features", Label: "two features"}, {Value: "components", Label: "the first two principal components"},
		}},
		axis(0, "axis1", "feature to the right", "Column number of the horizontal axis."),
		axis(1, "axis2", "feature upwards", "Column number of the vertical axis."),
	}
}

// mostColumns is more than any data have.
const mostColumns = 1000

// telling are, of each set, the two columns, from 1, that tell the classes apart:
// petal length and width; worst radius and worst concave points; two pixels that a 3
// leaves white on its left side and in its middle; colour intensity and proline.
var telling = map[string][2]int{"iris": {3, 4}, "breast-cancer": {21, 28}, "digits-3-8": {27, 43}, "wine": {10, 13}}

// isTelling reports whether a column is the default of an axis with some data.
func isTelling(axis, column int) bool {
	for _, columns := range telling {
		if columns[axis] == column {
			return true
		}
	}
	return column == 1+axis
}

// axes finds the chosen columns among those used, both from 0. A column that is
// not used is a mistake, but not one that stands there by default, of these data or
// of others: a form without script, or an address from before, has kept it. A free
// one takes its place.
func axes(v param.Values, used []int) ([2]int, error) {
	if len(used) < 2 {
		return [2]int{}, param.Errorf("features", "must be at least two: the picture has two axes")
	}
	chosen := [2]int{-1, -1}
	for i, name := range []string{"axis1", "axis2"} {
		chosen[i] = slices.Index(used, v.Int(name)-1)
		if chosen[i] < 0 && !isTelling(i, v.Int(name)) {
			return chosen, param.Errorf(name, "must be the number of a feature that is used: %s", ranges(used))
		}
	}
	if chosen[0] >= 0 && chosen[0] == chosen[1] {
		return chosen, param.Errorf("axis2", "must differ from the feature to the right")
	}
	for i := range chosen {
		for at := 0; chosen[i] < 0; at++ {
			if at != chosen[1-i] {
				chosen[i] = at
			}
		}
	}
	return chosen, nil
}

// ranges writes columns from 0 as numbers from 1, neighbours together: "1 to 4, 7".
func ranges(columns []int) string {
	var parts []string
	for i := 0; i < len(columns); {
		last := i
		for last+1 < len(columns) && columns[last+1] == columns[last]+1 {
			last++
		}
		part := fmt.Sprint(columns[i] + 1)
		if last > i {
			part += fmt.Sprintf(" to %d", columns[last]+1)
		}
		parts, i = append(parts, part), last+1
	}
	return strings.Join(parts, ", ")
}

// without is a table less some of its parameters.
func without(t param.Table, names ...string) param.Table {
	return slices.DeleteFunc(slices.Clone(t), func(p param.Param) bool { return slices.Contains(names, p.Name) })
}

// upload is what the id of a reader's own data looks like: 128 random bits in
// base64url.
var upload = regexp.MustCompile(`^own-[A-Za-z0-9_-]{22}$`)

func isUpload(text string) bool { return upload.MatchString(text) }

// An uploadsKey is where a context holds the reader's own data.
type uploadsKey struct{}

// WithData is ctx with the data that a reader has given: find answers the set of
// an id, or nil for one that this reader does not have. Sets keep to what package
// dataset says of them.
func WithData(ctx context.Context, find func(id string) *dataset.Set) context.Context {
	return context.WithValue(ctx, uploadsKey{}, find)
}

// loadData is the set that the values of dataParams choose. The error is
// param.Errors.
func loadData(ctx context.Context, v param.Values) (*dataset.Set, error) {
	id := v.Text("data")
	switch {
	case id == "generated":
		return dataset.Generate(dataset.Recipe{
			Shape: v.Text("shape"), Rows: v.Int("rows"), Cols: v.Int("cols"),
			Distance: v.Float("distance"), Noise: v.Float("noise"), Seed: uint64(v.Int("seed")),
		})
	case id == "wine":
		class, _ := strconv.Atoi(v.Text("class")) // the options are numbers
		return dataset.Wine(class), nil
	case isUpload(id):
		return loadUpload(ctx, id)
	}
	s, known := dataset.Shipped(id)
	if !known {
		return nil, param.Errorf("data", "must be one of %s", v.Table().Lookup("data").Allowed())
	}
	return s, nil
}

// loadUpload is the reader's own set of that id. Its key names the id, so that no
// picture of it is ever taken for another's.
func loadUpload(ctx context.Context, id string) (*dataset.Set, error) {
	if find, ok := ctx.Value(uploadsKey{}).(func(string) *dataset.Set); ok {
		if s := find(id); s != nil {
			own := *s
			own.Name, own.Key = id, id+"/"+s.Key
			if own.Noun == "" {
				own.Noun = "rows"
			}
			return &own, nil
		}
	}
	return nil, param.Errorf("data", "This data belonged to another browser session, or its session has ended. Load it again on the page Your own data.")
}

// rowCount is the number of examples of the chosen data; +Inf where only reading
// them tells.
func rowCount(v param.Values) float64 {
	switch id := v.Text("data"); {
	case id == "generated":
		return v.Float("rows")
	case isUpload(id):
		return math.Inf(1)
	default:
		s, _ := dataset.Shipped(id)
		return float64(s.Rows)
	}
}

// mostVisits bounds a run of full batches: the numbers that it visits, where a row
// counts as ten more for its exponential. About a second's worth.
const mostVisits = 4e8

// mostPasses is how many full batches over a set one answer makes.
func mostPasses(s *dataset.Set) int { return int(mostVisits / float64(s.Rows*(s.Cols+10))) }
