package cell

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"descent/optim/dataset"
	"descent/optim/param"
)

// valuesOf reads a query of the parameters of data and axes.
func valuesOf(t *testing.T, query string) param.Values {
	t.Helper()
	q, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	v, unknown, errs := table(dataParams(), axisParams()).Parse(q, param.Values{})
	if len(errs)+len(unknown) > 0 {
		t.Fatalf("%s: %v %v", query, errs, unknown)
	}
	return v
}

func TestLoadData(t *testing.T) {
	keys := map[string]string{}
	for query, size := range map[string][2]int{
		"":                                           {100, 4},
		"data=breast-cancer":                         {569, 30},
		"data=digits-3-8":                            {357, 64},
		"data=wine":                                  {178, 13},
		"data=wine&class=0":                          {178, 13},
		"data=wine&class=2":                          {178, 13},
		"data=generated":                             {200, 2},
		"data=generated&rows=20000&cols=20":          {20000, 20},
		"data=generated&seed=2":                      {200, 2},
		"data=generated&distance=3":                  {200, 2},
		"data=generated&shape=moons":                 {200, 2},
		"data=generated&shape=moons&noise=0":         {200, 2},
		"data=generated&shape=rings":                 {200, 2},
		"data=generated&shape=xor&noise=2&cols=3":    {200, 3},
		"data=generated&rows=2&seed=99999999":        {2, 2},
		"data=generated&shape=xor&rows=5&distance=9": {5, 2},
	} {
		s, err := loadData(t.Context(), valuesOf(t, query))
		if err != nil || s.Rows != size[0] || s.Cols != size[1] {
			t.Errorf("%s: %v, want %v", query, err, size)
			continue
		}
		if other, known := keys[s.Key]; known {
			t.Errorf("%q and %q have one key, %s", query, other, s.Key)
		}
		keys[s.Key] = query
		if want := float64(s.Rows); rowCount(valuesOf(t, query)) != want {
			t.Errorf("%s: %g rows are counted, want %g", query, rowCount(valuesOf(t, query)), want)
		}
		if s.Name != valuesOf(t, query).Text("data") {
			t.Errorf("%s is called %s", query, s.Name)
		}
	}
}

// A reader's own data come from the context alone, under a key of their own.
func TestUploads(t *testing.T) {
	const id, other = "own-0123456789abcdefghij_-", "own-0123456789abcdefghij__"
	set := &dataset.Set{Name: "marks.csv", Key: "iris", X: []float64{1, 2, 3, 4}, Y: []float64{0, 1}, Rows: 2, Cols: 2}
	ctx := WithData(t.Context(), func(asked string) *dataset.Set {
		if asked == id {
			return set
		}
		return nil
	})
	v := valuesOf(t, "data="+id)
	s, err := loadData(ctx, v)
	if err != nil || s.Name != id || !strings.HasPrefix(s.Key, id+"/") || s.Noun == "" || &s.X[0] != &set.X[0] {
		t.Fatalf("got %+v, %v", s, err)
	}
	if set.Name != "marks.csv" || set.Key != "iris" {
		t.Error("the set that was found has been changed")
	}
	for name, try := range map[string]struct {
		ctx   context.Context
		query string
	}{"another session": {ctx, "data=" + other}, "no sessions": {t.Context(), "data=" + id}} {
		_, err := loadData(try.ctx, valuesOf(t, try.query))
		var errs param.Errors
		if !errors.As(err, &errs) || errs.For("data") == nil || !strings.Contains(errs[0].Message, "Load it again") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, text := range []string{"own-", "own-0123456789abcdefghij_", id + "a", "own-0123456789abcdefghi%_-", "Own-0123456789abcdefghij_-", id + "\n"} {
		if isUpload(text) {
			t.Errorf("%q is taken for an upload", text)
		}
	}
}

// Every set begins with axes that tell its classes apart; those of other data are
// let pass, others are not.
func TestAxes(t *testing.T) {
	first := func(n int) []int {
		columns := make([]int, n)
		for j := range columns {
			columns[j] = j
		}
		return columns
	}
	for _, test := range []struct {
		query string
		used  []int
		want  [2]int
		field string
	}{
		{"", first(4), [2]int{2, 3}, ""},
		{"data=breast-cancer", first(30), [2]int{20, 27}, ""},
		{"data=digits-3-8", first(64), [2]int{26, 42}, ""},
		{"data=wine", first(13), [2]int{9, 12}, ""},
		{"data=generated", first(2), [2]int{0, 1}, ""},
		{"data=own-0123456789abcdefghij_-", first(7), [2]int{0, 1}, ""},
		{"data=own-0123456789abcdefghij_-&axis1=7&axis2=1", first(7), [2]int{6, 0}, ""},
		{"data=generated&axis1=3&axis2=4", first(2), [2]int{0, 1}, ""}, // as links had it
		{"data=iris&axis1=21&axis2=28", first(4), [2]int{0, 1}, ""},    // as a form without script has it
		{"data=iris", []int{3, 0}, [2]int{1, 0}, ""},
		{"data=iris", []int{0, 2}, [2]int{1, 0}, ""},
		{"axis1=2&axis2=1", first(4), [2]int{1, 0}, ""},
		{"axis1=5", first(4), [2]int{}, "axis1"},
		{"axis2=1000", first(4), [2]int{}, "axis2"},
		{"axis1=4", first(4), [2]int{}, "axis2"},
		{"", []int{2}, [2]int{}, "features"},
	} {
		got, err := axes(valuesOf(t, test.query), test.used)
		if test.field == "" {
			if err != nil || got != test.want {
				t.Errorf("%q of %v: %v %v, want %v", test.query, test.used, got, err, test.want)
			}
			continue
		}
		var errs param.Errors
		if !errors.As(err, &errs) || errs.For(test.field) == nil {
			t.Errorf("%q of %v: %v, want a mistake of %s", test.query, test.used, err, test.field)
		}
	}
}

func TestRanges(t *testing.T) {
	for want, columns := range map[string][]int{"1 to 4, 7": {0, 1, 2, 3, 6}, "2": {1}, "4, 3": {3, 2}, "1 to 2, 5 to 6": {0, 1, 4, 5}} {
		if got := ranges(columns); got != want {
			t.Errorf("%v is written %q, want %q", columns, got, want)
		}
	}
}

// What does not matter for the chosen data is not asked for.
func TestDataParamsMatter(t *testing.T) {
	for query, want := range map[string][]string{
		"":                           {"data"},
		"data=wine":                  {"data", "class"},
		"data=generated":             {"data", "shape", "rows", "cols", "distance", "seed"},
		"data=generated&shape=rings": {"data", "shape", "rows", "cols", "noise", "seed"},
	} {
		v := valuesOf(t, query)
		var got []string
		for _, p := range dataParams() {
			if v.Relevant(p.Name) {
				got = append(got, p.Name)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v matter, want %v", query, got, want)
		}
	}
}

// The most passes that are made keep within a page’s time.
func TestMostPasses(t *testing.T) {
	for _, test := range []struct{ rows, cols, want int }{{100, 4, 285_714}, {20_000, 20, 666}, {500_000, 2, 66}, {5000, 200, 380}} {
		if got := mostPasses(&dataset.Set{Rows: test.rows, Cols: test.cols}); got != test.want {
			t.Errorf("%d×%d: %d passes, want %d", test.rows, test.cols, got, test.want)
		}
	}
}
