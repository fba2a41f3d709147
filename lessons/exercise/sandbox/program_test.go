package sandbox

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

// once calls a program once with θ = (1, 2), ∇J = (0.5, −1), η = 0.1, t = 3.
func once(t *testing.T, source string) ([]float64, *Budget, error) {
	t.Helper()
	b := NewBudget()
	p, err := Compile(source, rule)
	if err != nil {
		return nil, b, err
	}
	m, err := p.Start(t.Context(), b)
	if err != nil {
		return nil, b, err
	}
	out, err := m.Call(t.Context(), map[string]any{"theta": []float64{1, 2}, "gradient": []float64{0.5, -1}, "eta": 0.1, "t": 3}, 2)
	return out, b, err
}

func TestPrograms(t *testing.T) {
	for _, c := range []struct {
		name, source string
		want         []float64
	}{
		{"gradient descent", step("return theta - eta * gradient"), []float64{0.95, 2.1}},
		{"entry by entry", step("theta[0] -= eta*gradient[0]\n    theta[1] = theta[1] - eta*gradient[1]\n    return theta"), []float64{0.95, 2.1}},
		{"a list", step("return [theta[i] - eta*gradient[i] for i in range(len(theta))]"), []float64{0.95, 2.1}},
		{"zip", step("return [x - eta*g for x, g in zip(theta, gradient)]"), []float64{0.95, 2.1}},
		{"a tuple", step("a, b = theta\n    return a - eta*gradient[0], b - eta*gradient[1]"), []float64{0.95, 2.1}},
		{"unpacked into entries", step("theta[0], theta[1] = theta[1], theta[0]\n    return theta"), []float64{2, 1}},
		{"augmented", step("theta -= eta*gradient\n    return theta"), []float64{0.95, 2.1}},
		{"fewer parameters", "def step(gradient, theta):\n    return theta + gradient", []float64{1.5, 1}},
		{"a name outside", "beta = 1/2\ndef step(theta):\n    return beta*theta", []float64{0.5, 1}},
		{"a vector outside", "v = vector([1, 2])\ndef half(x):\n    return x/2\ndef step(theta):\n    return half(v)", []float64{0.5, 1}},
		{"whole numbers", step("return [7 // 2 + 7 % 3, -7 // 2 + -7 % 3]"), []float64{4, -2}},
		{"decimal numbers", step("return [7.5 // 2, -7.5 % 2]"), []float64{3, 0.5}},
		{"division of whole numbers", step("return [1/2, -3/2]"), []float64{0.5, -1.5}},
		{"functions", step("return [exp(0) + log(1) + sqrt(4) + abs(-1) + sigmoid(0), sin(0) + cos(0) + tanh(0) + sign(-3) + pow(2, 3)]"), []float64{4.5, 8}},
		{"functions of vectors", step("return abs(gradient) + sign(gradient)*max(theta, 1.5)"), []float64{2, -1}},
		{"dot, norm, sum", step("return [dot(theta, gradient), norm([3, 4]) + sum(theta) + min(theta) + max(1, 2.5)]"), []float64{-1.5, 11.5}},
		{"sum of vectors", step("return sum([theta, theta, gradient])"), []float64{2.5, 3}},
		{"conditions", step("if t > 2 and not t == 4 and t != None:\n        return theta\n    elif True:\n        return None\n    return gradient"), []float64{1, 2}},
		{"a conditional value", step("return theta if 1 < t and t <= 3 else gradient"), []float64{1, 2}},
		{"break", step("n = 0\n    for i in range(100):\n        if i == 5:\n            break\n        n += i\n    return [n, 0]"), []float64{10, 0}},
		{"a state", step("state[\"m\"] = state.get(\"m\", zeros(2)) + gradient\n    state[\"m\"][0] *= 2\n    return state[\"m\"]"), []float64{1, -1}},
		{"membership", step("if \"m\" not in state and 2 in theta and 3 not in [1, 2]:\n        return theta"), []float64{1, 2}},
		{"dicts", step("d = {\"a\": 1, \"b\": 2}\n    d.setdefault(\"c\", 3)\n    d.pop(\"a\")\n    return [sum(d.values()), len(d.keys()) + len(d.items()) + d.get(\"x\", 10)]"), []float64{5, 14}},
		{"lists", step("a = []\n    a.append(1)\n    a.append(2)\n    a.append(3)\n    b = a.pop() + a.pop(0)\n    a[0] = 7\n    return [b, a[-1]]"), []float64{4, 7}},
		{"parts", step("a = [1, 2, 3, 4]\n    return a[1:3] if len(a[:-1]) == 3 else theta[:1]"), []float64{2, 3}},
		{"NaN is a result", step("return [log(-1), exp(1000)]"), []float64{math.NaN(), math.Inf(1)}},
		{"NaN equals nothing", step("x = log(-1)\n    return [1 if x == x else 0, 1 if x != x else 0]"), []float64{0, 1}},
		{"remainders", step("return [7.5 % -2, 1e300 % 3]"), []float64{-0.5, math.NaN()}},
		{"Greek names", step("θ = theta\n    η = eta\n    return θ - η*gradient"), []float64{0.95, 2.1}},
		{"remarks and Windows' line ends", "# a remark: −×²\r\ndef step(theta):\r\n    \"what it does\"\r\n    return theta # “so”\r\n", []float64{1, 2}},
		{"no-break spaces", "def step(theta):\n\u00a0\u00a0\u00a0\u00a0return theta", []float64{1, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := once(t, c.source)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got, c.want, func(a, b float64) bool { return a == b || a != a && b != b }) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name, source string
		line         int
		quote, says  string
	}{
		{"empty", " \n", 0, "", "Begin with def step(theta, gradient, eta, t, state):"},
		{"another name", "def update(theta):\n    return theta", 0, "", "There is no function step."},
		{"another parameter", "def step(theta, rate):\n    return theta", 1, "def step(theta, rate):", "Its parameters are theta, gradient, eta, t, state"},
		{"no colon", "def step(theta)\n    return theta", 1, "def step(theta)", "lacks its colon"},
		{"not moved in", "def step(theta):\nreturn theta", 2, "return theta", "four spaces"},
		{"moved in differently", "def step(theta):\n    a = 1\n  return theta", 3, "return theta", "same spaces"},
		{"bracket open", "def step(theta):\n    return (theta\n", 3, "", "Is a bracket of the line before not closed?"},
		{"comparisons chained", step("return theta if 1 < t < 3 else gradient"), 2, "return theta if 1 < t < 3 else gradient", "a < b and b < c"},
		{"no product", step("return 2(theta)"), 2, "return 2(theta)", "A product needs its sign"},
		{"power", step("return theta ** 2"), 2, "return theta ** 2", "pow(x, 3)"},
		{"hat", step("return theta ^ 2"), 2, "return theta ^ 2", "^ is no power"},
		{"import", "import numpy as np\ndef step(theta):\n    return theta", 1, "import numpy as np", "There is no import here"},
		{"numpy", step("return np.exp(theta)"), 2, "return np.exp(theta)", "Write exp(…)."},
		{"misspelt", step("return theta - eta*gradeint"), 2, "return theta - eta*gradeint", "Did you mean gradient?"},
		{"no parameter", "def step(theta, gradient):\n    return theta - eta*gradient", 2, "return theta - eta*gradient", "Add it to the parameters"},
		{"no return", step("theta - eta*gradient"), 1, "def step(theta, gradient, eta, t, state):", "step returns nothing."},
		{"a number returned", step("return norm(theta)"), 1, "def step(theta, gradient, eta, t, state):", "returns a number, not a vector with 2 entries"},
		{"too many entries", step("return [1, 2, 3]"), 1, "def step(theta, gradient, eta, t, state):", "a vector with 3 entries, where one with 2 entries is expected"},
		{"before it has a value", step("return m\n    m = 1"), 2, "return m", "“m” has no value yet"},
		{"entry beyond", step("return theta[2]"), 2, "return theta[2]", "counted from 0 to 1"},
		{"state empty", step("return state[\"m\"]"), 2, "return state[\"m\"]", "state.get"},
		{"divided by zero", step("return theta / (t - 3)"), 2, "return theta / (t - 3)", "divides by 0"},
		{"an entry divided by zero", step("return 1 / vector([1, 0])"), 2, "return 1 / vector([1, 0])", "by 0 in entry 1"},
		{"lengths", step("return theta + zeros(3)"), 2, "return theta + zeros(3)", "do not fit together"},
		{"unpacked", step("a, b, c = theta\n    return theta"), 2, "a, b, c = theta", "number of names on the left"},
		{"data changed", "v = vector([1, 2])\ndef step(theta):\n    v[0] = 1\n    return v", 3, "v[0] = 1", "may not be changed"},
		{"in a function that is called", "def half(x):\n    return x/0\ndef step(theta):\n    return half(theta)", 2, "return x/0", "divides by 0"},
		{"for over a number", step("for i in 3:\n        pass\n    return theta"), 2, "for i in 3:", "range(n)"},
		{"outside", "for i in range(3):\n    pass\ndef step(theta):\n    return theta", 1, "for i in range(3):", "Outside of functions"},
		{"vector compared", step("if theta > 0:\n        return theta"), 2, "if theta > 0:", "norm(theta)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := once(t, c.source)
			var f *Fault
			if !errors.As(err, &f) {
				t.Fatalf("got %v", err)
			}
			if f.Line != c.line || f.Quote != c.quote || !strings.Contains(f.Error(), c.says) {
				t.Errorf("got line %d, %q: %s", f.Line, f.Quote, f)
			}
		})
	}
}

func TestPrint(t *testing.T) {
	_, b, err := once(t, step("print(\"t =\", t, theta, {\"m\": [1, 2.5]}, None, (1, \"a\"), norm)\n    print()\n    return theta"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "t = 3 [1, 2] {\"m\": [1, 2.5]} None (1, \"a\") a function\n\n"; b.Printed() != want {
		t.Errorf("got %q, want %q", b.Printed(), want)
	}
}

// TestStateStays shows that a machine keeps its state, and another one of the same program has its own.
func TestStateStays(t *testing.T) {
	p, err := Compile("def step(theta, state):\n    state[\"n\"] = state.get(\"n\", 0) + 1\n    return [state[\"n\"]]", rule)
	if err != nil {
		t.Fatal(err)
	}
	b := NewBudget()
	for range 2 {
		m, err := p.Start(t.Context(), b)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 3 {
			if got, err := m.Call(t.Context(), map[string]any{"theta": []float64{0}}, 1); err != nil || got[0] != float64(n+1) {
				t.Errorf("call %d gives %v, %v", n, got, err)
			}
		}
	}
}

// BenchmarkStep is one step of momentum in Starlark; TestHostile's budget is to be seen beside it.
func BenchmarkStep(b *testing.B) {
	p, err := Compile(step("m = 0.9*state.get(\"m\", zeros(2)) + gradient\n    state[\"m\"] = m\n    return theta - eta*m"), rule)
	if err != nil {
		b.Fatal(err)
	}
	values := map[string]any{"theta": []float64{1, 2}, "gradient": []float64{0.5, -1}, "eta": 0.1, "t": 3}
	budget := NewBudget()
	m, err := p.Start(b.Context(), budget)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		if n++; n%1000 == 0 {
			budget = NewBudget()
			if m, err = p.Start(b.Context(), budget); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := m.Call(b.Context(), values, 2); err != nil {
			b.Fatal(err)
		}
	}
}
