package expr

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	for _, c := range []struct{ source, golang, python string }{
		{"x^2", "x*x", "x**2"},
		{"y/x^2", "y/(x*x)", "y/x**2"},
		{"x^3 - x^4", "x*x*x - math.Pow(x, 4)", "x**3 - x**4"},
		{rosenbrock, "math.Pow(1 - x, 2) + 100*math.Pow(y - x*x, 2)", "(1 - x)**2 + 100*(y - x**2)**2"},
		{"-x^2 + (-x)^2", "-x*x + math.Pow(-x, 2)", "-x**2 + (-x)**2"},
		{"2^-x", "math.Pow(2, -x)", "2**(-x)"},
		{"e^(2x) + exp(1)", "math.Exp(2*x) + math.Exp(1)", "np.exp(2*x) + np.exp(1)"},
		{"1/2x", "1.0/2*x", "1/2*x"},
		{"(1+2)/(3+4)x", "float64(1 + 2)/(3 + 4)*x", "(1 + 2)/(3 + 4)*x"},
		{"x^(1/3)", "math.Pow(x, 1.0/3)", "x**(1/3)"},
		{"0.1 + 0.2 + x", "float64(0.1) + float64(0.2) + x", "0.1 + 0.2 + x"},
		{"010x + .5 + 5.", "10*x + .5 + 5.", "10*x + .5 + 5."},
		{"9^9^9 + x/0", "math.Inf(1) + x/0", "np.inf + x/0"},
		{"0/0 - 1e300*1e300 + x", "math.NaN() + x", "np.nan + x"},
		{"2^0.5x", "math.Pow(2, 0.5)*x", "np.float64(2)**0.5*x"},
		{"12345678901234567890x", "12345678901234567890.0*x", "12345678901234567890.0*x"},
		{"|x| + max(x, pi, y)", "math.Abs(x) + math.Max(math.Max(x, math.Pi), y)", "np.abs(x) + np.maximum(np.maximum(x, np.pi), y)"},
		{"θ1^2 σ(θ2)", "theta1*theta1*sigma(theta2)", "theta1**2*sigma(theta2)"},
		{"1/(1+exp(-x))", "sigma(x)", "sigma(x)"},
		{"log(1+e^x) - log(1-sigma(x))", "softplus(x) + softplus(x)", "softplus(x) + softplus(x)"},
		{"-log(sigma(x)) + log(1+x^2)", "softplus(-x) + math.Log1p(x*x)", "softplus(-x) + np.log1p(x**2)"},
		{"sgn(x) step(x) relu(x)", "sign(x)*step(x)*relu(x)", "np.sign(x)*step(x)*relu(x)"},
	} {
		e := mustParse(t, c.source)
		if got := e.Go(); got != c.golang {
			t.Errorf("%s in Go: %s, want %s", c.source, got, c.golang)
		}
		if got := e.Python(); got != c.python {
			t.Errorf("%s in Python: %s, want %s", c.source, got, c.python)
		}
	}
}

func TestPreludes(t *testing.T) {
	for _, c := range []struct{ source, golang, python string }{
		{"x^2 + sin(x)", "", ""},
		{"log(1+exp(x))", "softplus", "softplus"},
		{"relu(x) + sgn(y)", "relu sign", "relu"},
		{"1/(1+exp(-x)) + step(y)", "sigma step", "sigma step"},
	} {
		e := mustParse(t, c.source)
		for _, p := range []struct{ text, keyword, want string }{
			{GoPrelude(e), "func ", c.golang}, {PythonPrelude(e), "def ", c.python},
		} {
			var names []string
			for _, part := range strings.Split("\n"+p.text, "\n"+p.keyword)[1:] {
				names = append(names, part[:strings.Index(part, "(")])
			}
			if got := strings.Join(names, " "); got != p.want {
				t.Errorf("%s: prelude with %q, want %q", c.source, got, p.want)
			}
		}
	}
}

// A sample is a formula and where it is evaluated.
type sample struct {
	e      *Expr
	points [][]float64
}

// samples are the reference formulas with their gradients, and what each language does differently.
func samples(t *testing.T) []sample {
	var list []sample
	core, textbook := loadReference(t)
	for _, c := range append(core, textbook...) {
		s := sample{e: mustParse(t, c.Input)}
		for _, p := range c.Points {
			theta := make([]float64, s.e.Dim())
			for i, v := range s.e.vars {
				theta[i] = p[v]
			}
			s.points = append(s.points, theta)
		}
		list = append(list, s)
		for _, g := range s.e.Gradient() {
			list = append(list, sample{g, s.points})
		}
	}
	edges := [][]float64{{0}, {-1}, {1e-20}, {800}, {-800}, {math.NaN()}, {math.Inf(1)}, {0.5}, {3}}
	for _, source := range []string{
		"1/(1+exp(-x))", "exp(x)/(1+exp(x))", "log(1+e^x)", "log(sigma(x))", "log(1-sigma(x))", "log(1+x)", "sgn(x)", "step(x)", "relu(x)",
		"softplus(x)", "max(x, 1)", "min(x, 1)", "(1/2)x + 7/2", "(0.1 + 0.2 - 0.3)x", "x^0.5", "x^-1", "x^(1/3)", "(-2)^x", "(-2)^0.5 x",
		"9^9^9 - x", "1/0 + x", "(1+2)/(3+4)x", "010x", "|x|^3", "x^7", "x^x", "0x", "5", "1e300*1e300", "-log(0)",
	} {
		list = append(list, sample{mustParse(t, source), edges})
	}
	return list
}

// checkOutput compares a program's lines, one value each, with the Evaluator: to 8 units in the last place of 1 + |value|,
// since powers and exact constants round differently.
func checkOutput(t *testing.T, list []sample, output []byte) {
	t.Helper()
	lines := strings.Fields(string(output))
	for _, s := range list {
		ev := s.e.Compile().NewEvaluator()
		for _, theta := range s.points {
			if len(lines) == 0 {
				t.Fatal("the output is too short")
			}
			got, err := strconv.ParseFloat(lines[0], 64)
			if err != nil {
				t.Fatal(err)
			}
			lines = lines[1:]
			want := ev.Eval(theta, nil)
			if !same(got, want) && !(math.Abs(got-want) <= 8*0x1p-52*(1+math.Abs(want))) {
				t.Errorf("%s at %v = %v, the Evaluator gives %v (%s, %s)", s.e, theta, got, want, s.e.Go(), s.e.Python())
			}
		}
	}
}

func TestGoRuns(t *testing.T) {
	list := samples(t)
	var functions, calls strings.Builder
	formulas := make([]*Expr, len(list))
	for i, s := range list {
		formulas[i] = s.e
		fmt.Fprintf(&functions, "func f%d(%s float64) float64 {\n\treturn %s\n}\n\n", i, strings.Join(s.e.Identifiers(), ", "), s.e.Go())
		for _, theta := range s.points {
			bits := make([]string, len(theta))
			for j, x := range theta {
				bits[j] = fmt.Sprintf("math.Float64frombits(%#x)", math.Float64bits(x))
			}
			fmt.Fprintf(&calls, "\tfmt.Println(f%d(%s))\n", i, strings.Join(bits, ", "))
		}
	}
	program := "package main\n\nimport (\n\t\"fmt\"\n\t\"math\"\n)\n\n" + GoPrelude(formulas...) + functions.String() +
		"func main() {\n" + calls.String() + "}\n"
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "go", "run", file)
	command.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	checkOutput(t, list, run(t, command))
}

// python finds an interpreter that has NumPy: the one that DESCENT_PYTHON names, which then must have it, else python3, and
// the system's own beside another one that comes first in the path. Without any the test is skipped.
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

func TestPythonRuns(t *testing.T) {
	interpreter := python(t)
	list := samples(t)
	var calls strings.Builder
	formulas := make([]*Expr, len(list))
	for i, s := range list {
		formulas[i] = s.e
		arguments := strings.Join(s.e.Identifiers(), ", ")
		fmt.Fprintf(&calls, "f = lambda %s: %s\n", arguments, s.e.Python())
		var columns []string
		for j := range s.e.Dim() {
			column := make([]string, len(s.points))
			for k, theta := range s.points {
				column[k] = fmt.Sprintf("float('%v')", theta[j])
			}
			columns = append(columns, "np.array(["+strings.Join(column, ", ")+"])")
		}
		fmt.Fprintf(&calls, "check(f, %s)\n", strings.Join(columns, ", "))
	}
	// Arrays may take other routes through NumPy than single numbers: both are calculated.
	script := "import numpy as np\n\nnp.seterr(all='ignore')\n\n\n" + PythonPrelude(formulas...) + `
def check(f, *columns):
    whole = np.broadcast_to(f(*columns), columns[0].shape)
    for i in range(len(whole)):
        single = f(*(c[i] for c in columns))
        assert np.allclose(single, whole[i], rtol=1e-15, atol=1e-15, equal_nan=True), (single, whole[i])
        print(float(single))

` + calls.String()
	command := exec.CommandContext(t.Context(), interpreter, "-")
	command.Stdin = strings.NewReader(script)
	checkOutput(t, list, run(t, command))
}

func run(t *testing.T, command *exec.Cmd) []byte {
	t.Helper()
	var problems bytes.Buffer
	command.Stderr = &problems
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command.Args, err, problems.String()[:min(problems.Len(), 4000)])
	}
	return output
}
