package derive

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func read(t testing.TB, id, line string) (*Formula, *SyntaxError) {
	t.Helper()
	task, _ := LookupTask(id)
	f, err := task.Read(line)
	if err != nil {
		return nil, err.(*SyntaxError)
	}
	return f, nil
}

// All spellings of one thing are read as that.
func TestSpellings(t *testing.T) {
	for want, spellings := range map[string][]string{
		"dot(theta, x_i)":                       {"theta^T x_i", "θᵀx_i", "θᵀxᵢ", "theta^T x^(i)", "θ^T x⁽ⁱ⁾", "θᵀ x^{(i)}", "dot(θ, x_i)", "θ·x_i", "theta^{T}x_{i}", "theta^T*x_i", "thetaᵀxi"},
		"x_ij":                                  {"xᵢⱼ", "x_{ij}", "x_{i,j}", "x_{i j}", "x^(i)_j", "x_j^(i)", "x⁽ⁱ⁾ⱼ", "x^{(i)}_j", "xij", "x^i_j", "(x_ij)"},
		"y_i":                                   {"yᵢ", "y^(i)", "y⁽ⁱ⁾", "y_{i}", "yi", "y^{(i)}", "y^i"},
		"h_i":                                   {"hᵢ", "h^(i)", "hi", "σ_i", "sigma_i", "σᵢ"},
		"theta_j*h_i":                           {"θ_j h_i", "θⱼhᵢ", "thetaj·hi", "theta_{j} * h_i", "θ_j × h_i"},
		"log(h_i)":                              {"ln h_i", "log h_i", "ln(h_i)", "log[h_i]", "Log(h_i)"},
		"sigma(z_i)":                            {"σ(z_i)", "sigmoid(z_i)", "sigma z_i", "σ(zᵢ)"},
		"sigma'(z_i)":                           {"σ'(z_i)", "σ′(z_i)", "sigma′(zᵢ)", "sigma' z_i"},
		"D(theta_j, h_i)":                       {"d/dtheta_j h_i", "∂/∂θ_j h_i", "∂h_i/∂θ_j", "∂/∂θⱼ hᵢ", "(d/dθ_j) h_i", "d/d theta_j h_i", "dh_i/dtheta_j", "∂ h_i / ∂ θ_j"},
		"D(theta_j, log(h_i))":                  {"∂/∂θ_j log h_i", "∂log(h_i)/∂θ_j", "d/dtheta_j ln(h_i)"},
		"y_i*x_ij":                              {"y_i x_ij", "y_ix_ij", "yixij", "y_i·x_ij", "y_i\u2062x_ij"},
		"h_i^2*(1 - h_i)":                       {"h_i² (1-h_i)", "h_i^2 [1 − h_i]", "h_i**2 (1 - h_i)"},
		"y_i/h_i":                               {"y_i ÷ h_i", "y_i ∕ h_i"},
		"1/2*y_i":                               {"½ y_i"},
		"y_i*log(h_i) + (1 - y_i)*log(1 - h_i)": {"y_i log h_i + (1-y_i) log(1-h_i)", "yᵢ log hᵢ + (1−yᵢ) log(1−hᵢ)"},
	} {
		for _, spelling := range append(spellings, want) {
			f, err := read(t, "logistic-gradient", "Σ_i ["+spelling+"]")
			if err != nil {
				t.Errorf("%s: %v", spelling, err)
				continue
			}
			if got, want := f.String(), "sum(i,1,m, "+want+")"; got != want {
				t.Errorf("%s is read as %s, not %s", spelling, got, want)
			}
		}
	}
}

func TestSumsAndScopes(t *testing.T) {
	for line, want := range map[string]string{
		"Σ_i y_i x_ij + m":            "sum(i,1,m, y_i*x_ij) + m",
		"sum_i y_i x_ij - m":          "sum(i,1,m, y_i*x_ij) - m",
		"sum_{i=1}^{m} y_i":           "sum(i,1,m, y_i)",
		"sum_(i=1)^m y_i":             "sum(i,1,m, y_i)",
		"Σᵢ₌₁ᵐ yᵢ":                    "sum(i,1,m, y_i)",
		"Σ_i=1^m y_i":                 "sum(i,1,m, y_i)",
		"sum(i, y_i)":                 "sum(i,1,m, y_i)",
		"sum(i=1,m, y_i)":             "sum(i,1,m, y_i)",
		"Σ_i -y_i h_i":                "sum(i,1,m, -y_i*h_i)",
		"Σ_i (y_i - h_i) x_ij":        "sum(i,1,m, (y_i - h_i)*x_ij)",
		"Σ_k θ_k":                     "sum(k,1,n, theta_k)",
		"Σ_k y_k":                     "sum(k,1,m, y_k)",
		"2 Σ_i y_i":                   "2*sum(i,1,m, y_i)",
		"Σ_i y_i Σ_k h_k":             "sum(i,1,m, y_i*sum(k,1,m, h_k))",
		"-1/m Σ_i y_i":                "-1/m*sum(i,1,m, y_i)",
		"∂/∂θ_j Σ_i y_i h_i + 1":      "D(theta_j, sum(i,1,m, y_i*h_i)) + 1",
		"∂/∂θ_j -Σ_i h_i":             "D(theta_j, -sum(i,1,m, h_i))",
		"Σ_i ∂/∂θ_j h_i y_i":          "sum(i,1,m, D(theta_j, h_i)*y_i)",
		"Σ_i ∂/∂θ_j log h_i y_i":      "sum(i,1,m, D(theta_j, log(h_i))*y_i)",
		"= NLL =":                     "NLL",
		"NLL = J":                     "NLL = J",
		"D(theta_j, D(theta_j, NLL))": "D(theta_j, D(theta_j, NLL))",
		"Σ_i |y_i - h_i|":             "sum(i,1,m, abs(y_i - h_i))",
		"Σ_i 1/2h_i":                  "sum(i,1,m, 1/2*h_i)",
		"Σ_i e^-z_i":                  "sum(i,1,m, e^(-z_i))",
		"Σ_i -h_i^2":                  "sum(i,1,m, -h_i^2)",
		"Σ_i y_j x_ji":                "sum(i,1,m, y_j*x_ji)",
	} {
		f, err := read(t, "logistic-gradient", line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if got := f.String(); got != want {
			t.Errorf("%s is read as %s, not %s", line, got, want)
		}
	}
}

// The echo is read back as itself, and its MathML is well formed.
func TestEchoIsReadBack(t *testing.T) {
	var lines []string
	for _, d := range rightDerivations {
		for _, line := range strings.Split(d.text, "\n") {
			if strings.TrimSpace(line) != "" {
				lines = append(lines, d.task+"\t"+line)
			}
		}
	}
	for _, m := range logisticMistakes {
		if m.id != "dropped-sum" {
			lines = append(lines, "logistic-gradient\t"+m.to)
		}
	}
	for _, line := range lines {
		task, line, _ := strings.Cut(line, "\t")
		f, err := read(t, task, line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		again, err := read(t, task, f.String())
		if err != nil || again.String() != f.String() {
			t.Errorf("%s is echoed as %s, which is read as %v, %v", line, f, again, err)
			continue
		}
		for i, side := range f.sides {
			if keyOf(f.space.lowered(side)) != keyOf(again.space.lowered(again.sides[i])) {
				t.Errorf("%s is echoed as %s, another formula", line, f)
			}
		}
		decoder := xml.NewDecoder(strings.NewReader(f.MathML()))
		decoder.Entity = xml.HTMLEntity
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.MathML(), err)
			}
		}
	}
}

func TestMathML(t *testing.T) {
	if _, err := read(t, "logistic-gradient", "∂/∂θ_j h_j = Σ_i (y_i - 2) x_ij 3^2"); err == nil {
		t.Fatal("a number after a name is read")
	}
	f, err := read(t, "logistic-gradient", "∂/∂θ_j NLL = -Σ_i ½ y_i x_ij")
	if err != nil {
		t.Fatal(err)
	}
	const want = `<math display="inline" alttext="D(theta_j, NLL) = -sum(i,1,m, 1/2*y_i*x_ij)"><mrow>` +
		`<mfrac><mo>∂</mo><mrow><mo>∂</mo><msub><mi>θ</mi><mi>j</mi></msub></mrow></mfrac><mspace width="0.17em"></mspace><mi>NLL</mi><mo>=</mo>` +
		`<mo form="prefix">−</mo><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>m</mi></munderover>` +
		`<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac><mo>&#x2062;</mo>` +
		`<msup><mi>y</mi><mrow><mo>(</mo><mi>i</mi><mo>)</mo></mrow></msup><mo>&#x2062;</mo>` +
		`<msubsup><mi>x</mi><mi>j</mi><mrow><mo>(</mo><mi>i</mi><mo>)</mo></mrow></msubsup></mrow></math>`
	if got := f.MathML(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, tt := range []struct {
		task, line string
		position   int
		part       string // of the message
		mistake    string
	}{
		{"logistic-gradient", "y_i", 0, "missing Σ", "dropped-sum"},
		{"logistic-gradient", "-Σ_i y_i x_ij + h_i x_ij", 16, "missing Σ", "dropped-sum"},
		{"logistic-gradient", "-Σ_j (y_i - h_i) x_ij", 6, "mixed up", "wrong-index"},
		{"logistic-gradient", "Σ_i x_ik", 4, "belongs to no sum", ""},
		{"logistic-gradient", "-Σ y_i", 1, "a sum needs its index: write Σ_i", ""},
		{"logistic-gradient", "D(theta_k, NLL)", 2, "index j", ""},
		{"logistic-gradient", "Σ_i Σ_i y_i", 4, "captured", ""},
		{"logistic-gradient", "D(theta_j, Σ_j y_j)", 11, "captured", ""},
		{"logistic-gradient", "Σ_i y_i x_i", 8, "vector", ""},
		{"logistic-gradient", "Σ_i (y_i - h_i) theta", 16, "vector", ""},
		{"logistic-gradient", "Σ_i σ(theta * x_i)", 6, "θᵀx_i", ""},
		{"logistic-gradient", "Σ_i σ(θᵀx)", 8, "x is the whole table", ""},
		{"logistic-gradient", "Σ_i y", 4, "y_i", ""},
		{"logistic-gradient", "Σ_i y_i lag(h_i)", 8, "log", ""},
		{"logistic-gradient", "Σ_i y_i * ", 10, "I expect a number", ""},
		{"logistic-gradient", "Σ_i (y_i - h_i", 14, "I expect )", ""},
		{"logistic-gradient", "Σ_i y_i - h_i)", 10, "missing Σ", "dropped-sum"},
		{"logistic-gradient", "Σ_i 2 3", 6, "side by side", ""},
		{"logistic-gradient", "D(theta, NLL)", 2, "θ_j", ""},
		{"logistic-gradient", "D theta_j NLL", 1, "bracket", ""},
		{"logistic-gradient", "sum(y_i)", 4, "index", ""},
		{"logistic-gradient", "Σ_i ∂σ/∂θ_j", 5, "of what", ""},
		{"logistic-gradient", "Σ_i log", 7, "log(…)", ""},
		{"logistic-gradient", "Σ_i y_i ? h_i", 8, "cannot read", ""},
		{"logistic-gradient", "", 0, "no formula", ""},
		{"logistic-gradient", "NLL = = J", 6, "after “=”", ""},
		{"logistic-gradient", "Σ_i h_i'", 7, "prime", ""},
		{"logistic-gradient", "Σ_i Σ_k Σ_l Σ_i y_i", 12, "nested", ""},
		{"sigmoid-derivative", "σ(x)", 2, "z", ""},
		{"sigmoid-derivative", "Σ_i y_i", 0, "no sums", ""},
		{"softmax-two-classes", "exp(a)/(exp(a)+exp(c))", 19, "a, b", ""},
		{"gaussian-nll", "Σ_i h_i", 4, "know", ""},
		{"gaussian-nll", "Σ_i (y_i - nu)", 11, "mu", ""},
	} {
		_, err := read(t, tt.task, tt.line)
		if err == nil {
			t.Errorf("%s is read", tt.line)
			continue
		}
		if err.Position != tt.position || !strings.Contains(err.Message, tt.part) || err.Mistake != tt.mistake {
			t.Errorf("%s: at %d, %s (%s)", tt.line, err.Position, err.Message, err.Mistake)
		}
	}
}
