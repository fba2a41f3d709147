package dataset_test

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"descent/optim/dataset"
	"descent/optim/param"
)

func generate(t testing.TB, r dataset.Recipe) *dataset.Set {
	t.Helper()
	s, err := dataset.Generate(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The figures of a shared link must not change with a new version of Go.
func TestGeneratedIsPinned(t *testing.T) {
	for _, test := range []struct {
		recipe dataset.Recipe
		row    int
		want   string
	}{
		{dataset.Recipe{Shape: dataset.Gaussians, Rows: 3, Cols: 2, Seed: 1}, 0, "[-0.80248262411106563 0.42470705294967598]"},
		{dataset.Recipe{Shape: dataset.Gaussians, Rows: 3, Cols: 2, Seed: 1}, 2, "[0.47701850096709109 -0.37300956589935985]"},
		{dataset.Recipe{Shape: dataset.Gaussians, Rows: 8192, Cols: 3, Distance: 2, Seed: 1}, 8191, "[-0.035349635420097614 1.4379257495584064 -0.46848349915596688]"},
		{dataset.Recipe{Shape: dataset.Moons, Rows: 4, Cols: 2, Noise: 0.1, Seed: 1}, 1, "[1.014605395034458 -0.53675311885800192]"},
		{dataset.Recipe{Shape: dataset.Rings, Rows: 4, Cols: 2, Noise: 0.1, Seed: 1}, 1, "[-0.45120277456560326 -0.0042226330145613764]"},
		{dataset.Recipe{Shape: dataset.XOR, Rows: 4, Cols: 3, Noise: 0.1, Seed: 1}, 1, "[0.61831459095480501 -0.65324462337523015 -1.1254016495967287]"},
	} {
		if got := fmt.Sprintf("%.17g", generate(t, test.recipe).Row(test.row)); got != test.want {
			t.Errorf("%+v draws %s, want %s", test.recipe, got, test.want)
		}
	}
}

// whole is a set of several chunks, the last of them not full.
const whole = 3*4096 + 101

func TestGeneratedExtends(t *testing.T) {
	for _, shape := range dataset.Shapes {
		r := dataset.Recipe{Shape: shape, Rows: whole, Cols: 4, Distance: 2, Noise: 0.2, Seed: 7}
		long := generate(t, r)
		if len(long.X) != whole*4 || len(long.Y) != whole || len(long.Features) != 4 || positives(long) != whole/2 {
			t.Errorf("%s: %d values, %d labels, %d names, %d positives", shape, len(long.X), len(long.Y), len(long.Features), positives(long))
		}
		if long.Title == "" || long.Noun == "" || long.Origin == "" || long.Licence == "" || long.Classes[0] == long.Classes[1] {
			t.Errorf("%s: a caption is missing: %+v", shape, long.Origin)
		}
		for _, rows := range []int{2, 3, 4095, 4096, 4097, 9000} {
			r.Rows = rows
			if short := generate(t, r); !slices.Equal(short.X, long.X[:len(short.X)]) || !slices.Equal(short.Y, long.Y[:rows]) {
				t.Errorf("%s: the longer set does not begin with the one of %d rows", shape, rows)
			}
		}
		r.Rows, r.Cols = whole, 2
		narrow := generate(t, r)
		for i := range whole {
			if !slices.Equal(narrow.Row(i), long.Row(i)[:2]) {
				t.Fatalf("%s: more columns draw other points", shape)
			}
		}
		r.Seed = 8
		if other := generate(t, r); slices.Equal(other.X, narrow.X) || other.Key == narrow.Key {
			t.Errorf("%s: another seed draws the same points", shape)
		}
	}
}

func TestGeneratedOnAnyNumberOfCores(t *testing.T) {
	r := dataset.Recipe{Shape: dataset.Moons, Rows: whole, Cols: 5, Noise: 0.1, Seed: 3}
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	runtime.GOMAXPROCS(1)
	want := generate(t, r)
	for _, cores := range []int{2, 3, 8} {
		runtime.GOMAXPROCS(cores)
		if !slices.Equal(generate(t, r).X, want.X) {
			t.Errorf("%d cores draw other points than one", cores)
		}
	}
}

// Distance and noise move the points without redrawing them.
func TestGeneratedSlides(t *testing.T) {
	clouds := dataset.Recipe{Shape: dataset.Gaussians, Rows: 10, Cols: 2, Seed: 7}
	together := generate(t, clouds)
	clouds.Distance = 5
	apart := generate(t, clouds)
	for i := range apart.Rows {
		for j, direction := range []float64{0.8, 0.6} {
			moved, want := apart.Row(i)[j]-together.Row(i)[j], (2*apart.Y[i]-1)*2.5*direction
			if math.Abs(moved-want) > 1e-14 {
				t.Errorf("row %d moved by %g along x%d, want %g", i, moved, j+1, want)
			}
		}
	}
	for _, shape := range []string{dataset.Moons, dataset.Rings, dataset.XOR} {
		r := dataset.Recipe{Shape: shape, Rows: 20, Cols: 2, Seed: 7}
		still := generate(t, r)
		r.Noise = 0.5
		half := generate(t, r)
		r.Noise = 1
		full := generate(t, r)
		for i := range still.X {
			if math.Abs(2*(half.X[i]-still.X[i])-(full.X[i]-still.X[i])) > 1e-14 {
				t.Errorf("%s: value %d does not slide with the noise", shape, i)
			}
		}
	}
}

// Without noise the points lie where the shape says.
func TestGeneratedShapes(t *testing.T) {
	lies := map[string]func(x, y, label float64) bool{
		dataset.Moons: func(x, y, label float64) bool {
			if label == 1 {
				x, y = 1-x, 0.5-y
			}
			return y >= 0 && math.Abs(math.Hypot(x, y)-1) < 1e-14
		},
		dataset.Rings: func(x, y, label float64) bool { return math.Abs(math.Hypot(x, y)-1+label/2) < 1e-14 },
		dataset.XOR: func(x, y, label float64) bool {
			return max(math.Abs(x), math.Abs(y)) <= 1 && (math.Signbit(x) != math.Signbit(y)) == (label == 1)
		},
	}
	for shape, inside := range lies {
		s := generate(t, dataset.Recipe{Shape: shape, Rows: 4000, Cols: 2, Seed: 2})
		quadrants := map[[3]bool]int{}
		for i := range s.Rows {
			x, y, label := s.Row(i)[0], s.Row(i)[1], s.Y[i]
			if !inside(x, y, label) {
				t.Fatalf("%s: row %d, (%g, %g) with label %g", shape, i, x, y, label)
			}
			quadrants[[3]bool{x > 0, y > 0, label == 1}]++
		}
		if want := map[string]int{dataset.Moons: 4, dataset.Rings: 8, dataset.XOR: 4}[shape]; len(quadrants) != want {
			t.Errorf("%s: points in %v", shape, quadrants)
		}
	}
}

func TestGeneratedMoments(t *testing.T) {
	const rows, distance = 20_000, 3
	s := generate(t, dataset.Recipe{Shape: dataset.Gaussians, Rows: rows, Cols: 3, Distance: distance, Seed: 3})
	// Standard errors of a mean and a deviation of 10,000 values are 0.01 and 0.007.
	for label := range 2 {
		for j, direction := range []float64{0.8, 0.6, 0} {
			var column []float64
			for i := label; i < rows; i += 2 {
				column = append(column, s.Row(i)[j])
			}
			mean, deviation := stat.PopMeanStdDev(column, nil)
			if want := (float64(label) - 0.5) * distance * direction; math.Abs(mean-want) > 0.05 {
				t.Errorf("class %d: mean of x%d is %g, want about %g", label, j+1, mean, want)
			}
			if math.Abs(deviation-1) > 0.035 {
				t.Errorf("class %d: deviation of x%d is %g, want about 1", label, j+1, deviation)
			}
		}
	}
	// No chunk repeats another.
	seen := map[float64]bool{}
	for _, x := range s.X {
		if seen[x] {
			t.Fatalf("%v is drawn twice", x)
		}
		seen[x] = true
	}
}

func TestGenerateRefuses(t *testing.T) {
	good := dataset.Recipe{Shape: dataset.Gaussians, Rows: 10, Cols: 2, Distance: 2, Noise: 0.1}
	for _, test := range []struct {
		field  string
		change func(*dataset.Recipe)
	}{
		{"shape", func(r *dataset.Recipe) { r.Shape = "spiral" }},
		{"shape", func(r *dataset.Recipe) { r.Shape = "" }},
		{"rows", func(r *dataset.Recipe) { r.Rows = 1 }},
		{"rows", func(r *dataset.Recipe) { r.Rows = dataset.MaxRows + 1 }},
		{"cols", func(r *dataset.Recipe) { r.Cols = 1 }},
		{"cols", func(r *dataset.Recipe) { r.Cols = dataset.MaxCols + 1 }},
		{"distance", func(r *dataset.Recipe) { r.Distance = -1 }},
		{"distance", func(r *dataset.Recipe) { r.Distance = math.NaN() }},
		{"distance", func(r *dataset.Recipe) { r.Distance = math.Inf(1) }},
		{"noise", func(r *dataset.Recipe) { r.Noise = dataset.MaxNoise + 1 }},
		{"noise", func(r *dataset.Recipe) { r.Noise = math.NaN() }},
	} {
		r := good
		test.change(&r)
		_, err := dataset.Generate(r)
		var errs param.Errors
		if !errors.As(err, &errs) || len(errs) != 1 || errs.For(test.field) == nil {
			t.Errorf("%+v: got %v, want a mistake of %s", r, err, test.field)
		}
	}
}

// The largest set: 1,000,000 × 20.
func BenchmarkGenerate(b *testing.B) {
	for _, shape := range []string{dataset.Gaussians, dataset.Moons} {
		r := dataset.Recipe{Shape: shape, Rows: dataset.MaxRows, Cols: dataset.MaxCols, Distance: 2, Noise: 0.1, Seed: 1}
		b.Run(shape, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(8 * r.Rows * (r.Cols + 1)))
			for b.Loop() {
				if s := generate(b, r); s.Y[1] != 1 || s.X[len(s.X)-1] == 0 {
					b.Fatal("not filled")
				}
			}
		})
	}
}
