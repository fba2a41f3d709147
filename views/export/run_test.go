package export

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/dataset"
	"descent/optim/param"
)

// A take is a result to take along, and what its programs must print.
type take struct {
	name   string // kind and query
	result cell.Result
	want   []wanted
}

// A wanted is a line: names with their numbers, and for a run how it ends.
type wanted struct {
	names  []string
	values []float64
	ending string // a regular expression; "" for any
}

// tolerance is that of all numbers, relative to max(1, |value|). The programs
// differ from the page by rounding alone, some 1e-16 a step; an ill-conditioned
// run multiplies that.
const tolerance = 1e-9

func resultOf(t testing.TB, kind, query string) cell.Result {
	t.Helper()
	return resultWith(t, context.Background(), kind, query)
}

func resultWith(t testing.TB, ctx context.Context, kind, query string) cell.Result {
	t.Helper()
	q, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	k := cell.Lookup(kind)
	v, unknown, errs := k.Params.Parse(q, param.Values{})
	if len(errs)+len(unknown) > 0 {
		t.Fatalf("%s?%s: %v %v", kind, query, errs, unknown)
	}
	r, err := k.Run(ctx, v)
	if err != nil {
		t.Fatalf("%s?%s: %v", kind, query, err)
	}
	return r
}

// wantedOf is what the programs of a result must print.
func wantedOf(r cell.Result) []wanted {
	one := func(name string, values ...float64) wanted { return wanted{names: []string{name}, values: values} }
	switch r := r.(type) {
	case *cell.Descent:
		return []wanted{ofRun(r.Run, "")}
	case *cell.Sweep:
		return []wanted{ofRun(r.Chosen.Run, "")}
	case *cell.Basins:
		return []wanted{ofRun(r.Run, "")}
	case *cell.Compare:
		var list []wanted
		for _, racer := range r.Racers {
			list = append(list, ofRun(racer.Run, racer.Method.ID+": "))
		}
		return list
	case *cell.Logistic:
		s, theta := r.Last()
		return []wanted{ofTraining(theta, s.Objective, r.Run.Stop.Reason, r.Run.Stop.K, "step")}
	case *cell.Noise:
		return wantedOf(r.SGD)
	case *cell.SGD:
		s, theta := r.Last()
		list := []wanted{ofTraining(theta, s.Objective, r.Run.Stop.Reason, r.Run.Stop.K, "update")}
		if _, mean, ok := r.Averaged(); ok {
			list = append(list, one("average", mean...))
		}
		return list
	case *cell.Escape:
		last := len(r.Thetas) - 1
		theta := r.Thetas[last]
		if math.IsNaN(theta) || math.IsInf(theta, 0) {
			return []wanted{{[]string{"theta", "J"}, []float64{theta, 0}, fmt.Sprintf("^diverged at step %d$", last)}}
		}
		list := []wanted{{[]string{"theta", "J"}, []float64{theta, r.Function.Objective().Eval([]float64{theta}, nil)}, fmt.Sprintf("^after %d steps$", last)}}
		if r.Deepest >= 0 {
			list = append(list, one("sgd", float64(r.SGD.In(r.Deepest))), one("full", float64(r.Full.In(r.Deepest))))
		}
		return list
	case *cell.Slope:
		return []wanted{
			one("x", r.X), one("f", r.Value), one("derivative", r.Derivative), one("forward", r.Forward), one("backward", r.Backward),
			one("central", r.Central), one("linear", r.Linear), one("actual", r.Actual), one("theta", r.SignStep.Theta), one("J", r.SignStep.Value),
		}
	case *cell.Objective:
		list := []wanted{one("theta", r.X), one("J", r.Value)}
		if !math.IsNaN(r.Value) { // outside the domain the derivative's formula may have a value
			list = append(list, one("derivative", r.Slope))
		}
		return list
	case *cell.Function:
		l := r.Local
		list := []wanted{{[]string{"theta", "J"}, append(slices.Clone(l.Theta), l.Value), ""}}
		if !math.IsNaN(l.Value) {
			list = append(list, one("gradient", l.Gradient...), one("hessian", l.Hessian...), one("eigenvalues", l.Eigenvalues...))
		}
		return list
	case *cell.Likelihood:
		return []wanted{one("theta", r.Theta), one("J", r.NLL), one("best", r.Best), one("nll", r.BestNLL)}
	case *cell.Derivation:
		var list []wanted
		for i, line := range r.Lines {
			list = append(list, one(fmt.Sprintf("line %d: gradient", i+1), line.Value))
		}
		return list
	}
	return nil
}

func ofRun(r *optim.Run, label string) wanted {
	k := r.Len() - 1
	ending := fmt.Sprintf("^after %d steps", r.Stop.Step)
	if r.Stop.Reason == optim.Diverged {
		ending = fmt.Sprintf("^diverged at step %d$", r.Stop.Step)
	}
	return wanted{[]string{label + "theta", "J"}, append(slices.Clone(r.Theta(k)), r.Losses[k]), ending}
}

func ofTraining(theta []float64, loss float64, reason string, k int, unit string) wanted {
	ending := fmt.Sprintf("^after %d %ss$", k, unit)
	if reason == "diverged" {
		ending = fmt.Sprintf("^diverged at %s %d$", unit, k)
	}
	return wanted{[]string{"theta", "J"}, append(slices.Clone(theta), loss), ending}
}

// check compares what a program printed.
func (k *take) check(t *testing.T, language, output string) {
	t.Helper()
	for _, w := range k.want {
		pattern := ""
		for _, name := range w.names {
			pattern += `(?:^|\s\s)` + regexp.QuoteMeta(name) + ` = (\[.*?\]|\S+)`
		}
		m := regexp.MustCompile(`(?m)` + pattern + `(.*)$`).FindStringSubmatch(output)
		if m == nil {
			t.Errorf("%s in %s: no line %v in\n%s", k.name, language, w.names, output)
			return
		}
		got := numbersIn(t, strings.Join(m[1:len(m)-1], " "))
		if len(got) != len(w.values) {
			t.Errorf("%s in %s: %v, want %v", k.name, language, got, w.values)
			return
		}
		ending := strings.TrimSpace(m[len(m)-1])
		if w.ending != "" && !regexp.MustCompile(w.ending).MatchString(ending) {
			t.Errorf("%s in %s ends “%s”, want %s", k.name, language, ending, w.ending)
		}
		if strings.HasPrefix(w.ending, "^diverged") {
			continue // how a number overflows depends on the last bit
		}
		for i := range got {
			off := math.Abs(got[i] - w.values[i])
			if !(off <= tolerance*max(1, math.Abs(w.values[i]))) && !(math.IsNaN(got[i]) && math.IsNaN(w.values[i])) && got[i] != w.values[i] {
				t.Errorf("%s in %s: %v = %v, the page has %v", k.name, language, w.names, got, w.values)
				break
			}
		}
	}
}

func numbersIn(t *testing.T, text string) []float64 {
	t.Helper()
	var list []float64
	for _, word := range strings.Fields(strings.NewReplacer("[", " ", "]", " ", ",", " ").Replace(text)) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		list = append(list, v)
	}
	return list
}

// ownID is an address of ownData, a reader's own: with features that are always the
// same or 0, and names that would like to be code.
const ownID = "own-0123456789abcdefghijkl"

var ownData = &dataset.Set{
	Features: []string{"x\nimport os", "*/ func init() { panic(1) } /*", `"""`}, Classes: [2]string{"no\nimport os", "yes */"}, Origin: "own\rimport os",
	X: []float64{1, 0.1, 0, 2, 0.1, 0, 4, 0.1, 0, 3, 0.1, 0, 7, 0.1, 0, 0, 0.1, 0, 2.5, 0.1, 0},
	Y: []float64{0, 0, 1, 0, 1, 0, 1}, Rows: 7, Cols: 3,
}

// takes are runs of every kind, every method on several functions, every
// schedule and every switch, and all cells of the lessons.
func takes(t *testing.T) []*take {
	t.Helper()
	once.Do(func() { makeTakes(t) })
	return list
}

var (
	once sync.Once
	list []*take
)

func makeTakes(t *testing.T) {
	t.Helper()
	ctx := cell.WithData(t.Context(), func(string) *dataset.Set { return ownData })
	add := func(kind, query string) *take {
		r := resultWith(t, ctx, kind, query)
		k := &take{name: kind + "?" + query, result: r, want: wantedOf(r)}
		list = append(list, k)
		return k
	}
	for _, m := range optim.Methods {
		add("descent", "method="+m.ID)
		add("descent", "f=rosenbrock&x=-1.2&y=1&steps=40&method="+m.ID)
		add("descent", "f=double-well&x=1.7&steps=40&tol=0.0001&method="+m.ID)
		add("descent", "f=(θ1-1)^2%2Bexp(θ2)-θ2&weight_decay=0.1&steps=30&tol=0.001&method="+m.ID)
	}
	for _, s := range optim.Schedules {
		add("descent", "steps=130&schedule="+s.ID)
		add("descent", "steps=130&method=adam&f=x^2&schedule="+s.ID)
	}
	for _, method := range []string{"gd", "momentum", "nesterov"} { // whose default rate is too large there
		add("descent", "f=rosenbrock&x=-1.2&y=1&eta=0.0005&steps=100&method="+method)
	}
	for _, query := range []string{
		"method=momentum&dampening=0.5", "method=adagrad&lr_decay=0.1&initial_accumulator_value=2", "method=rmsprop&centered=true&momentum=0.5",
		"method=rmsprop&momentum=0.5", "method=adamw&amsgrad=true", "method=adamw&weight_decay=0", "method=newton&damping=2&f=rosenbrock",
		"method=newton&damping=2&weight_decay=0.1", "method=lbfgs&memory=1&f=rosenbrock", "method=neldermead&size=0.1&tol=0.01&f=beale&x=1",
		"method=newton&f=x%2By", "method=newton&f=x^2", "method=cg&f=x%2By", "method=bfgs&f=5", "method=gd&f=5", "method=gd&f=y^2&x=2", "method=gd&steps=0",
		"f=x^2&eta=1000&steps=1000", "f=x^4&eta=3&steps=1000", "f=log(x)&x=-1", "f=log(x)&x=0.5&eta=0.3", "f=-x^2&eta=10&method=momentum&steps=2000",
		"f=sqrt(x)&x=1&eta=1", "f=abs(x)%2Brelu(y)%2Bsoftplus(x*y)%2Bsigma(x)%2Bmax(x,y)&eta=0.01", "f=step(x)*x^2%2B|y|&eta=0.01",
		"f=tanh(x)^2%2Blog2(1%2By^2)%2Bmin(x,2)^2&eta=0.05", "f=2^0.5x^2%2B1/2y^2", "f=x^2%2By^2&method=adam&eps=0&x=0", "schedule=step&gamma=0&steps=40",
		"schedule=exponential&gamma=2&steps=3000&f=x^2&eta=0.01", "f=cosh(x)&x=700&method=linesearch", "f=x^4&method=bfgs&x=100000&steps=50",
	} {
		add("descent", query)
	}
	for _, c := range []struct{ kind, queries string }{
		{"compare", " methods=gd,momentum,nesterov,adagrad,rmsprop,adadelta,adam,amsgrad&steps=30 methods=adamax,adamw,nadam,radam,newton,linesearch,cg,bfgs&steps=30 methods=lbfgs,neldermead&f=rosenbrock&rate=same&eta=0.5&steps=20 methods=gd&rate=same&eta=10&steps=500"},
		{"basins", "steps=20 f=x^4-x^2&method=adam&x=1&steps=20 f=x%2By&steps=3 f=x^2%2By^2&method=newton&steps=5"},
		{"sweep", " over=plane&method=adam&eta=0.1&steps=30"},
		{"slope", " f=sigma(x)*x&eps=1e-7 f=|x|&x=0 f=log(x)&x=0.1&eps=0.5"},
		{"function", " f=himmelblau&x=1&y=2 f=sigma(x)&x=-30 f=log(x)%2By&x=-1"},
		{"objective", " mirror=true&f=wiggle f=log(x)&x=-1 f=7"},
		{"likelihood", " model=gaussian model=gaussian&values=3&mu=-2 heads=0&tails=0 heads=0&theta=1 heads=3&theta=0"},
		{"logistic", " steps=20&l2=2&scale=raw&eta=0.0001 scale=unit&reduction=mean&features=3,4&theta0=1,-2,0.5 epochs=3&eta=1000 data=breast-cancer&eta=0.0005&steps=40&l2=1 data=breast-cancer&scale=unit&eta=0.001&reduction=mean&steps=30&features=1,8,21 data=digits-3-8&eta=0.0005&steps=40&l2=0.01 data=digits-3-8&scale=unit&eta=0.002&steps=30 data=wine&steps=30&eta=0.005 data=wine&class=2&scale=raw&eta=0.01&reduction=mean&l2=1&steps=5 data=generated&shape=moons&rows=300&eta=0.01 data=generated&shape=xor&rows=50&cols=20&noise=0.3 data=" + ownID + " scale=unit&data=" + ownID + " scale=raw&data=" + ownID},
		{"sgd", " order=replacement&batch=7&l2=3&steps=55 order=sequential&reduction=mean&batch=9 batch=100&epochs=4 epochs=0 data=generated&rows=64&batch=5&seed=99999999 data=generated&rows=2000&epochs=1&scale=unit batch=1&seed=3&epochs=2 data=breast-cancer&batch=32&eta=0.002&epochs=2 data=digits-3-8&batch=32&eta=0.002&epochs=2&l2=0.5 data=wine&class=0&batch=5&eta=0.01&epochs=2 data=generated&shape=moons&noise=0.2&batch=10&order=replacement&epochs=3 data=generated&shape=rings&rows=97&cols=3&batch=8&epochs=2"},
		{"noise", "features=3,4&reduction=mean&eta=0.4&batch=4&epochs=20 over=plane&data=generated&batch=16&method=adam"},
		{"escape", " order=shuffled&examples=5&batch=2&steps=60 starts=spread&seed=4&steps=40&f=x^4-3x^2%2Bx eta=1&steps=50 f=x&steps=5 steps=0"},
		{"derivation", " j=0 j=2&b=-1&w1=2&w2=0.25"},
	} {
		for query := range strings.SplitSeq(c.queries, " ") {
			add(c.kind, query)
		}
	}
	for _, m := range optim.GradientMethods() {
		add("sgd", "features=3,4&steps=40&reduction=mean&weight_decay=0.01&method="+m.ID)
	}
	for _, s := range optim.Schedules {
		add("sgd", "features=1,4&steps=40&average=true&average_from=2&method=momentum&eta=0.01&schedule="+s.ID)
	}
	add("sgd", "epochs=1&average=true&average_from=1&batch=30&order=replacement")
	add("sgd", "epochs=0&average=true&average_from=0")
	all, err := lessons.Load(lessons.Embedded(), cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		for _, c := range l.Cells() {
			query := url.Values{}
			for name, text := range c.Set {
				query.Set(name, text)
			}
			if k := cell.Lookup(c.Kind); !known[k.ID] {
				continue
			}
			add(c.Kind, query.Encode())
		}
	}
}

// known are the kinds that have programs.
var known = map[string]bool{
	"objective": true, "likelihood": true, "slope": true, "function": true, "descent": true, "compare": true, "sweep": true, "basins": true,
	"logistic": true, "derivation": true, "sgd": true, "escape": true, "noise": true,
}

func (k *take) write(t *testing.T, extension string) string {
	t.Helper()
	for _, f := range Forms(k.result) {
		if f.Extension == extension {
			text, err := f.Write(k.result, "/lab/"+k.name)
			if err != nil {
				t.Fatalf("%s: %v", k.name, err)
			}
			return string(text)
		}
	}
	t.Fatalf("%s cannot be had as %s", k.name, extension)
	return ""
}

// separator stands between the outputs of programs.
const separator = "\n=====\n"

// Every program in Go prints the page's numbers. All are compiled into one, each
// as a package of its own.
func TestGo(t *testing.T) {
	t.Parallel()
	list := takes(t)
	folder := t.TempDir()
	file := func(name, text string) {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var imports, calls strings.Builder
	for i, k := range list {
		text := k.write(t, "go")
		if strings.Count(text, "\npackage main\n") != 1 || strings.Count(text, "\nfunc main() {\n") != 1 {
			t.Fatalf("%s: not one program:\n%s", k.name, text)
		}
		text = strings.Replace(text, "\npackage main\n", fmt.Sprintf("\npackage p%d\n", i), 1)
		file(fmt.Sprintf("p%d/p.go", i), strings.Replace(text, "\nfunc main() {\n", "\nfunc Main() {\n", 1))
		fmt.Fprintf(&imports, "\t\"programs/p%d\"\n", i)
		fmt.Fprintf(&calls, "\tp%d.Main()\n\tfmt.Print(%q)\n", i, separator)
	}
	file("go.mod", "module programs\n\ngo 1.26\n")
	file("main.go", "package main\n\nimport (\n\t\"fmt\"\n"+imports.String()+")\n\nfunc main() {\n"+calls.String()+"}\n")
	command := exec.CommandContext(t.Context(), "go", "run", ".")
	command.Dir = folder
	command.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	compareAll(t, list, "Go", runAll(t, command))
}

// Every program in Python prints the page's numbers. One interpreter runs all.
func TestPython(t *testing.T) {
	t.Parallel()
	interpreter := python(t)
	list := takes(t)
	folder := t.TempDir()
	for i, k := range list {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.py", i)), []byte(k.write(t, "py")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	driver := fmt.Sprintf("import sys\nfor i in range(%d):\n    name = f'%s/{i}.py'\n    exec(compile(open(name, encoding='utf-8').read(), name, 'exec'), {'__name__': '__main__'})\n    sys.stdout.write(%q)\n", len(list), folder, separator)
	compareAll(t, list, "Python", runAll(t, exec.CommandContext(t.Context(), interpreter, "-c", driver)))
}

func runAll(t *testing.T, command *exec.Cmd) []string {
	t.Helper()
	var problems strings.Builder
	command.Stderr = &problems
	output, err := command.Output()
	if err != nil || problems.Len() > 0 {
		t.Fatalf("%v\n%s\n%.2000s", err, problems.String(), output)
	}
	return strings.Split(string(output), separator)
}

func compareAll(t *testing.T, list []*take, language string, outputs []string) {
	t.Helper()
	if len(outputs) != len(list)+1 {
		t.Fatalf("%d outputs of %d programs", len(outputs)-1, len(list))
	}
	for i, k := range list {
		if len(k.want) == 0 {
			t.Errorf("%s: nothing to compare", k.name)
		}
		k.check(t, language, outputs[i])
	}
}

// python finds an interpreter that has NumPy: the one that DESCENT_PYTHON names,
// which then must have it, else python3 and the system's own.
func python(t *testing.T) string {
	t.Helper()
	candidates := []string{"python3", "/usr/bin/python3"}
	named := os.Getenv("DESCENT_PYTHON")
	if named != "" {
		candidates = []string{named}
	}
	for _, candidate := range candidates {
		if exec.CommandContext(t.Context(), candidate, "-c", "import numpy").Run() == nil {
			return candidate
		}
	}
	if named != "" {
		t.Fatalf("%s has no NumPy", named)
	}
	t.Skip("no Python with NumPy here")
	return ""
}
