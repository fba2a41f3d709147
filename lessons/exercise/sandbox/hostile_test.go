package sandbox

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

var rule = Entry{Name: "step", Parameters: []string{"theta", "gradient", "eta", "t", "state"}}

// hostile are programs that would take the server's time or memory. Each must end with the message.
var hostile = []struct{ name, source, says string }{
	{"endless for within for", step(`
    for i in range(10000):
        for j in range(10000):
            pass`), "Line 3: The program was stopped here after 300000 operations"},
	{"while", step("while True:\n        pass"), "Line 2: There is no while here"},
	{"work on long vectors", step(`
    v = zeros(10000)
    for i in range(10000):
        v = exp(v)`), "stopped here"},
	{"norms of a long vector", step(`
    v = zeros(10000)
    for i in range(10000):
        norm(v)`), "stopped here"},
	{"sums of a long list", step(`
    v = [0 for i in range(5000)]
    for i in range(10000):
        sum(v)`), "stopped here"},
	{"recursion", "def step(theta):\n    return step(theta)", "Line 2: A function calls itself"},
	{"mutual recursion", "def f(x):\n    return step(x)\ndef step(theta):\n    return f(theta)", "Line 2: A function calls itself"},
	{"recursion through a value", "def f(g, x):\n    return g(g, x)\ndef step(theta):\n    return f(f, theta)", "Line 2: A function calls itself"},
	{"lambda", step("f = lambda x: x(x)\n    return f(f)"), "There is no lambda"},
	{"lambda outside", "f = lambda x: x(x)\ndef step(theta):\n    return theta", "There is no lambda"},
	{"closure", step("def g():\n        return theta\n    return g()"), "cannot stand within another"},
	{"calls doubling", "def a():\n    pass\n" + doubling() + "def step(theta):\n    f19()\n    return theta", "stopped here"},
	{"load", "load(\"os\", \"system\")\ndef step(theta):\n    return theta", "Line 1: A program cannot load others"},
	{"load within", step("load(\"os\", \"system\")\n    return theta"), "load"},
	{"list repeated", step("return [0]*10000000"), "A list with 1 entry cannot be calculated with"},
	{"list joined", step("a = [0]\n    for i in range(100):\n        a = a + a"), "cannot be calculated with"},
	{"list joined in place", step("a = [0]\n    for i in range(100):\n        a += a"), "cannot be calculated with"},
	{"extend", step("a = [0]\n    for i in range(100):\n        a.extend(a)"), "There is no .extend"},
	{"append while going through", step("a = [0]\n    for x in a:\n        a.append(x)"), "changed while a for goes through it"},
	{"append without end", step("a = []\n    for i in range(10000):\n        a.append(i)\n    a.append(0)"), "at most 10000 entries"},
	{"lists of lists", step("a = []\n    for i in range(10000):\n        a.append([0 for j in range(100)])"), "stopped here"},
	{"tuple repeated", step("return (0,)*10000000"), "A tuple with 1 entry cannot be calculated with"},
	{"tuples joined", step("a = (0, 1)\n    for i in range(100):\n        a = a + a"), "cannot be calculated with"},
	{"text repeated", step("return \"x\"*100000000"), "A text cannot be calculated with"},
	{"text doubled", step("a = \"xxxxxxxx\"\n    for i in range(100):\n        a += a"), "at most 1000 characters"},
	{"text formatted", step("return \"%1000000000d\" % 1"), "A text cannot be calculated with"},
	{"format", step("return \"{}{}\".format(\"a\", \"b\")"), "There is no .format"},
	{"join", step("return \"x\".join([\"a\"])"), "There is no .join"},
	{"replace", step("return \"x\".replace(\"\", \"xxxxx\")"), "There is no .replace"},
	{"integers doubled", step("a = 1\n    for i in range(10000):\n        a = a * 2"), "Whole numbers end at"},
	{"integers squared", step("a = 3\n    for i in range(100):\n        a *= a"), "Whole numbers end at"},
	{"shift", step("return 1 << 100000"), "There is no <<"},
	{"shift in place", step("a = 1\n    a <<= 1000"), "There is no <<="},
	{"giant literal", step("return " + strings.Repeat("9", 3000)), "Whole numbers end at"},
	{"giant hex literal", step("return 0x" + strings.Repeat("f", 3000)), "Whole numbers end at"},
	{"power", step("return 10**10**10"), "There is no ** here"},
	{"big pow", step("return int(pow(10, 300))"), "int takes a finite number"},
	{"dict growing", step("for i in range(10000):\n        state[i] = i"), "at most 100 keys"},
	{"dicts", step("a = []\n    for i in range(10000):\n        a.append({})"), "memory"},
	{"dict in brackets", step("return {i: i for i in range(10)}"), "A dict is not built"},
	{"dict of itself", step("for i in range(10000):\n        state[\"a\"] = {\"b\": state}"), "memory"},
	{"set", step("return set([1, 2])"), "There is no “set”"},
	{"deep brackets", step("return " + strings.Repeat("(", 900) + "1" + strings.Repeat(")", 900)), "nested too deeply"},
	{"very deep brackets", step("return " + strings.Repeat("[", 1900) + strings.Repeat("]", 1900)), "nested too deeply"},
	{"deep minus", step("return " + strings.Repeat("-", 3000) + "1"), "nested too deeply"},
	{"deep not", step("return " + strings.Repeat("not ", 900) + "1"), "nested too deeply"},
	{"deep blocks", deepBlocks(), "nested too deeply"},
	{"long sum", step("return 1" + strings.Repeat("+1", 1900)), "one formula is too long"},
	{"long conditions", step("return " + strings.Repeat("1 if 1 else ", 300) + "0"), "nested too deeply"},
	{"long list", step("return [" + strings.Repeat("0,", 1900) + "]"), "More than 100 entries"},
	{"long call", step("return max(" + strings.Repeat("0,", 1900) + "0)"), "More than 100 arguments"},
	{"star arguments", step("return max(*range(10000))"), "no star"},
	{"star parameters", "def f(*a):\n    return a\ndef step(theta):\n    return f()", "no star"},
	{"huge comprehension", step("return [0 for a in range(10000) for b in range(10000)]"), "stopped here"},
	{"comprehension of comprehensions", step("return [[0 for a in range(100)] for b in range(10000)]"), "Line 2"},
	{"empty comprehensions", step("r = []\n    for i in range(10000):\n        for j in range(10000):\n            [0 for a in r]"), "stopped here"},
	{"huge range", step("return max(range(1000000000))"), "range has at most"},
	{"huge range beyond 32 bits", step("return max(range(1000000000000))"), "range has at most"},
	{"sorted range", step("return sorted(range(1000))"), "There is no “sorted”"},
	{"list of a range", step("a = []\n    for i in range(10000):\n        a.append(list(range(10000)))"), "stopped here"},
	{"zips", step("for i in range(10000):\n        zip(range(10000), range(10000), range(10000))"), "memory"},
	{"vectors kept", step("a = []\n    for i in range(10000):\n        a.append(zeros(10000))"), "memory"},
	{"huge zeros", step("return zeros(100000000)"), "zeros takes a whole number from 0 to 10000"},
	{"slices kept", step("a = [0 for i in range(9000)]\n    b = []\n    for i in range(10000):\n        b.append(a[:])"), "memory"},
	{"aliases compared", step("a = [1]\n    b = [1]\n    for i in range(50):\n        a = [a, a]\n        b = [b, b]\n    return a == b"), "cannot be compared"},
	{"aliases written", step("a = [1]\n    for i in range(9000):\n        a = [a, a]\n    for i in range(10000):\n        str(a)"), "Line 6"},
	{"aliases as key", step("a = (1,)\n    for i in range(60):\n        a = (a, a)\n    state[a] = 1"), "A key is a text or a whole number"},
	{"aliases searched", step("a = [1]\n    for i in range(60):\n        a = [a, a]\n    return a in a"), "cannot be compared"},
	{"list in itself printed", step("a = []\n    a.append(a)\n    print(a)\n    return a[0][0][0]"), "does not return a vector"},
	{"deep list returned", step("a = [1]\n    for i in range(9000):\n        a = [a]\n    return a"), "does not return a vector"},
	{"deep list outside", "def f():\n    a = [1]\n    for i in range(9000):\n        a = [a]\n    return a\nx = f()\ndef step(theta):\n    return theta", "is a list"},
	{"print flood", step("for i in range(10000):\n        for j in range(10000):\n            print(theta, theta, theta)"), "stopped here"},
	{"print of long texts", step("a = \"x\"\n    for i in range(10000):\n        for j in range(10000):\n            print(str(range(1000)))"), "Line 5"},
	{"conversions", step("for i in range(10000):\n        for j in range(10000):\n            float(1)"), "stopped here"},
	{"slow remainders", step("for i in range(10000):\n        for j in range(10000):\n            1e308 % 5e-324"), "stopped here"},
	{"powers of a long vector", step("v = zeros(10000) + 1.0000001\n    for i in range(10000):\n        pow(v, 123456.7)"), "stopped here"},
	{"slow logarithms", step("v = zeros(10000) + 5e-324\n    for i in range(10000):\n        sin(log(v)*1e300)"), "stopped here"},
	{"helpers with long frames", step("for i in range(10000):\n        for j in range(10000):\n            max(min(max(min(max(min(1, 2), 3), 4), 5), 6), 7)"), "stopped here"},
	{"dir", step("return dir(theta)"), "There is no “dir”"},
	{"getattr", step("return getattr(theta, \"entries\")"), "There is no “getattr”"},
	{"hasattr", step("return hasattr(theta, \"x\")"), "There is no “hasattr”"},
	{"attribute", step("return theta.entries"), "There is no .entries"},
	{"attribute set", step("theta.x = 1\n    return theta"), "There are no fields"},
	{"method kept", step("f = state.get\n    return f"), "get is called with brackets"},
	{"fullwidth", step("return ｔｈｅｔａ"), "There is no “ｔｈｅｔａ”"},
	{"Cyrillic", step("return thetа"), "Did you mean theta?"},
	{"zero width", step("return the\u200bta"), "has no meaning"},
	{"right to left", step("return \u202etheta"), "has no meaning"},
	{"NUL", step("return theta\x00"), "NUL"},
	{"bad UTF-8", step("return \xff\xfe"), "not in UTF-8"},
	{"curly quotes", step("return state[“m”]"), "Type \""},
	{"true minus", step("return theta − gradient"), "Type -"},
	{"too long", step("return theta") + strings.Repeat(" ", 4000), "at most 4000 characters"},
	{"names by the hundred", manyNames(), "Line"},
	{"memory through state", step("state[\"all\"] = state.get(\"all\", []) \n    for i in range(5000):\n        state[\"all\"].append(zeros(100))\n    return theta"), "memory"},
}

// step is a program whose rule has this body.
func step(body string) string {
	return "def step(theta, gradient, eta, t, state):\n    " + strings.TrimLeft(body, "\n ")
}

func doubling() string {
	var s strings.Builder
	s.WriteString("def f0():\n    a()\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&s, "def f%d():\n    f%d()\n    f%d()\n", i, i-1, i-1)
	}
	return s.String()
}

func deepBlocks() string {
	var s strings.Builder
	s.WriteString("def step(theta):\n")
	for i := range 70 {
		s.WriteString(strings.Repeat(" ", i+1) + "if 1:\n")
	}
	return s.String() + strings.Repeat(" ", 71) + "pass"
}

// manyNames is a function whose frame is large, called often.
func manyNames() string {
	var s strings.Builder
	s.WriteString("def f():\n    return 0\n")
	for i := range 300 {
		fmt.Fprintf(&s, "    a%d=0\n", i)
	}
	return s.String() + "def step(theta):\n    for i in range(10000):\n        f()\n    return theta"
}

// TestHostile runs each program for up to 200 steps, as a check does, and looks at what it took.
func TestHostile(t *testing.T) {
	if len(hostile) < 40 {
		t.Fatalf("only %d programs", len(hostile))
	}
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			b := NewBudget()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := steps(t.Context(), h.source, b, 200)
			runtime.ReadMemStats(&after)
			var f *Fault
			if !errors.As(err, &f) {
				t.Fatalf("it ended with %v", err)
			}
			if !strings.Contains(f.Error(), h.says) {
				t.Errorf("it says %q, not %q", f, h.says)
			}
			if f.Line > 0 && f.Quote == "" && h.name != "deep blocks" {
				t.Errorf("line %d is not quoted", f.Line)
			}
			t.Logf("%.2f MB, charged %.2f, %d operations", float64(after.TotalAlloc-before.TotalAlloc)/(1<<20), float64(b.Bytes())/(1<<20), b.Operations())
			if mb := float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20); mb > 16 {
				t.Errorf("it allocated %.1f MB in all", mb)
			}
			if len(f.Error()) > 400 {
				t.Errorf("a message of %d bytes", len(f.Error()))
			}
			if n := len([]rune(b.Printed())); n > MaxPrinted {
				t.Errorf("it printed %d characters", n)
			}
		})
	}
}

func steps(ctx context.Context, source string, b *Budget, n int) error {
	p, err := Compile(source, rule)
	if err != nil {
		return err
	}
	m, err := p.Start(ctx, b)
	if err != nil {
		return err
	}
	theta := []float64{1, 2}
	for t := range n {
		theta, err = m.Call(ctx, map[string]any{"theta": theta, "gradient": []float64{0.1, 0.2}, "eta": 0.1, "t": t}, 2)
		if err != nil {
			return err
		}
	}
	return nil
}

// TestEnded shows that a context's end stops a program, and that it is no fault.
func TestEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := steps(ctx, step("return theta"), NewBudget(), 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	p, err := Compile(step("return theta"), rule)
	if err != nil {
		t.Fatal(err)
	}
	m, err := p.Start(t.Context(), NewBudget())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Call(ctx, nil, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkHostile gives what the slowest program of the table takes: each program's best of the rounds, so that
// other work on the machine does not count.
func BenchmarkHostile(b *testing.B) {
	best := make([]time.Duration, len(hostile))
	for b.Loop() {
		for i, h := range hostile {
			begin := time.Now()
			steps(b.Context(), h.source, NewBudget(), 200)
			if d := time.Since(begin); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	slowest := 0
	for i := range best {
		if best[i] > best[slowest] {
			slowest = i
		}
	}
	b.ReportMetric(best[slowest].Seconds()*1000, "ms-slowest")
	b.Logf("the slowest: %s, %v", hostile[slowest].name, best[slowest])
}

// FuzzCompile looks for programs that panic or take more than they may.
func FuzzCompile(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.source)
	}
	f.Add(step("m = 0.9*state.get(\"m\", zeros(len(theta))) + gradient\n    state[\"m\"] = m\n    theta[0], theta[1] = m[0], 1\n    return theta - eta*m"))
	f.Fuzz(func(t *testing.T, source string) {
		b := NewBudget()
		err := steps(t.Context(), source, b, 20)
		var fault *Fault
		if err != nil && !errors.As(err, &fault) {
			t.Fatal(err)
		}
		if fault != nil && strings.Contains(fault.What, "cannot be run") {
			t.Fatalf("a panic")
		}
	})
}
