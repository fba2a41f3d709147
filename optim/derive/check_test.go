package derive

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
)

func check(t testing.TB, id, text string) *Report {
	t.Helper()
	task, ok := LookupTask(id)
	if !ok {
		t.Fatalf("no task %s", id)
	}
	r, err := Check(context.Background(), task, text)
	if err != nil {
		t.Error(err)
		return &Report{}
	}
	return r
}

// rightDerivations are complete and right, in many styles.
var rightDerivations = []struct{ name, task, text string }{
	{"loss of theta", "logistic-gradient", "∂NLL(θ)/∂θ_j = d/dθ_j NLL(θ) = -Σ_i (y_i - h_i) x_ij"},
	{"one line", "logistic-gradient", "D(theta_j, NLL) = -sum(i,1,m, (y_i - sigma(dot(theta, x_i))) * x_ij)"},
	{"ASCII, step by step", "logistic-gradient", `
D(theta_j, NLL)
= D(theta_j, -sum(i,1,m, y_i log(sigma(dot(theta,x_i))) + (1-y_i) log(1-sigma(dot(theta,x_i)))))
= -sum(i,1,m, y_i D(theta_j, log(sigma(dot(theta,x_i)))) + (1-y_i) D(theta_j, log(1-sigma(dot(theta,x_i)))))
= -sum(i,1,m, y_i/sigma(dot(theta,x_i)) * D(theta_j, sigma(dot(theta,x_i))) - (1-y_i)/(1-sigma(dot(theta,x_i))) * D(theta_j, sigma(dot(theta,x_i))))
= -sum(i,1,m, (y_i/sigma(dot(theta,x_i)) - (1-y_i)/(1-sigma(dot(theta,x_i)))) * sigma(dot(theta,x_i)) * (1-sigma(dot(theta,x_i))) * x_ij)
= -sum(i,1,m, (y_i*(1-sigma(dot(theta,x_i))) - (1-y_i)*sigma(dot(theta,x_i))) * x_ij)
= -sum(i,1,m, (y_i - sigma(dot(theta,x_i))) * x_ij)`},
	{"slides", "logistic-gradient", `
∂/∂θ_j NLL
= −Σᵢ [ y⁽ⁱ⁾ ∂/∂θ_j log σ(θᵀx⁽ⁱ⁾) + (1 − y⁽ⁱ⁾) ∂/∂θ_j log(1 − σ(θᵀx⁽ⁱ⁾)) ]
= −Σᵢ [ y⁽ⁱ⁾/σ(θᵀx⁽ⁱ⁾) − (1 − y⁽ⁱ⁾)/(1 − σ(θᵀx⁽ⁱ⁾)) ] ∂/∂θ_j σ(θᵀx⁽ⁱ⁾)
= −Σᵢ [ y⁽ⁱ⁾/σ(θᵀx⁽ⁱ⁾) − (1 − y⁽ⁱ⁾)/(1 − σ(θᵀx⁽ⁱ⁾)) ] σ(θᵀx⁽ⁱ⁾) (1 − σ(θᵀx⁽ⁱ⁾)) ∂/∂θ_j θᵀx⁽ⁱ⁾
= −Σᵢ (y⁽ⁱ⁾ − σ(θᵀx⁽ⁱ⁾)) x⁽ⁱ⁾ⱼ`},
	{"abbreviations", "logistic-gradient", `
dJ/dtheta_j
= -sum_i [y_i (1/h_i) d/dtheta_j h_i - (1-y_i) (1/(1-h_i)) d/dtheta_j h_i]
= -sum_i (y_i - h_i)/(h_i (1-h_i)) * h_i (1-h_i) x_ij
= -sum_i (y_i - h_i) x_ij`},
	{"prime", "logistic-gradient", `
D(theta_j, NLL)
= -Σ_i [y_i σ'(z_i) x_ij/σ(z_i) - (1-y_i) σ'(z_i) x_ij/(1-σ(z_i))]
= -Σ_i [y_i (1 - σ(z_i)) x_ij - (1-y_i) σ(z_i) x_ij]
= Σ_i (σ(z_i) - y_i) x_ij`},
	{"other letters", "logistic-gradient", `
D(theta_j, NLL)
= -sum(k,1,m, (y_k - h_k) D(theta_j, dot(x_k, theta)))
= -sum(l,1,m, (y_l - h_l) x_lj)`},
	{"two sums", "logistic-gradient", `
∂NLL/∂θ_j = -Σ_i y_i (1-h_i) x_ij + Σ_i (1-y_i) h_i x_ij
= -Σ_i y_i x_ij + Σ_i h_i x_ij`},
	{"softplus form", "logistic-gradient", `
D(theta_j, NLL)
= D(theta_j, Σ_i [log(1+exp(z_i)) - y_i z_i])
= Σ_i [exp(z_i)/(1+exp(z_i)) x_ij - y_i x_ij]
= Σ_i [σ(z_i) - y_i] x_ij`},
	{"exponential form", "logistic-gradient", `
D(theta_j, NLL)
= D(theta_j, Σ_i [y_i log(1+e^(-θᵀx_i)) + (1-y_i) log(1+e^(θᵀx_i))])
= Σ_i [-y_i e^(-θᵀx_i)/(1+e^(-θᵀx_i)) + (1-y_i) e^(θᵀx_i)/(1+e^(θᵀx_i))] x_ij
= Σ_i [-y_i (1-h_i) + (1-y_i) h_i] x_ij`},
	{"dot product as a sum", "logistic-gradient", `
D(theta_j, NLL)
= -Σ_i (y_i - h_i) D(theta_j, Σ_k theta_k x_ik)
= -sum_{i=1}^{m} (y_i - sigma(sum(k,1,n, theta_k x_ik))) x_{ij}`},
	{"chain rule by name", "logistic-gradient", `
D(theta_j, NLL)
= -Σ_i [y_i D(h_i, log h_i) + (1-y_i) D(h_i, log(1-h_i))] D(z_i, σ(z_i)) D(theta_j, z_i)
= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) x_ij
= -Σ_i (y_i - h_i) x_ij`},
	{"log likelihood product", "logistic-gradient", `
D(theta_j, J)
= -D(theta_j, Σ_i log(h_i^y_i (1-h_i)^(1-y_i)))
= -Σ_i D(theta_j, y_i log h_i + (1-y_i) log(1-h_i))
= -Σ_i (y_i - h_i) x_ij`},
	{"both sides each time", "logistic-gradient", `
D(theta_j, NLL) = -Σ_i D(theta_j, y_i log h_i + (1-y_i) log(1-h_i))
D(theta_j, NLL) = -Σ_i (y_i - h_i) x_ij`},
	{"quotient rule", "sigmoid-derivative", `
D(z, 1/(1+exp(-z)))
= (0 (1+exp(-z)) - 1 (-exp(-z)))/(1+exp(-z))^2
= exp(-z)/(1+exp(-z))²
= 1/(1+exp(-z)) * (1 + exp(-z) - 1)/(1+exp(-z))
= σ(z) (1 - σ(z))`},
	{"chain rule", "sigmoid-derivative", `
d/dz (1+e^(-z))^(-1)
= -(1+e^(-z))^(-2) d/dz (1+e^(-z))
= -(1+e^(-z))^(-2) (-e^(-z))
= σ(z)^2 e^(-z)
= σ(z) - σ(z)²`},
	{"without an argument", "sigmoid-derivative", "dσ/dz = d/dz [1/(1+e^-z)] = e^-z/(1+e^-z)^2 = σ(z)(1-σ(z))"},
	{"likelihood of labels", "logistic-gradient", "D(theta_j, -Σ_i log(y_i h_i + (1-y_i)(1-h_i)))\n= D(theta_j, NLL)\n= " + lineGoal},
	{"by name", "sigmoid-derivative", "dσ(z)/dz = σ'(z) = σ(z)(1-σ(z))"},
	{"half outside", "quadratic-gradient", `
∂/∂θ_j [½ Σ_i (θᵀx_i − y_i)²]
= ½ Σ_i 2 (θᵀx_i − y_i) ∂/∂θ_j (θᵀx_i − y_i)
= Σ_i (θᵀx_i − y_i) x_ij`},
	{"multiplied out", "quadratic-gradient", `
D(theta_j, J) = D(theta_j, 1/2 sum(i,1,m, z_i^2 - 2 z_i y_i + y_i^2))
= sum(i,1,m, z_i x_ij) - sum(i,1,m, y_i x_ij)`},
	{"by mu", "gaussian-nll", `
D(mu, NLL)
= sum(i,1,m, D(mu, (y_i - mu)^2)/(2 exp(s)))
= sum(i,1,m, -2 (y_i - mu)/(2 exp(s)))
= -(1/exp(s)) Σ_i (y_i - μ)`},
	{"by s", "gaussian-nll", `
∂/∂s NLL
= Σ_i [∂/∂s (s/2) + ½ (y_i − μ)² ∂/∂s exp(−s)]
= Σ_i [1/2 − ½ (y_i − μ)² exp(−s)]
= m/2 − exp(−s)/2 Σ_i (y_i − μ)²`},
	{"divided", "softmax-two-classes", "exp(a)/(exp(a)+exp(b))\n= 1/(1 + exp(b)/exp(a))\n= 1/(1+exp(-(a-b)))\n= sigma(a-b)"},
	{"e", "softmax-two-classes", "e^a/(e^b + e^a) = σ(a − b)"},
}

func TestRightDerivationsAreComplete(t *testing.T) {
	for _, d := range rightDerivations {
		r := check(t, d.task, d.text)
		if !r.Complete || r.FirstBreak != 0 {
			t.Errorf("%s, %s: complete %v, first break %d", d.task, d.name, r.Complete, r.FirstBreak)
		}
		for i, l := range r.Lines {
			want := Follows
			if i == 0 {
				want = Start
			}
			if l.Verdict != want && l.Verdict != FollowsWhereDefined {
				t.Errorf("%s, %s: line %d, %s: %s, %s", d.task, d.name, l.N, l.Text, l.Verdict, l.Note)
			}
		}
	}
}

// Half a derivation is right but not complete.
func TestUnfinishedDerivations(t *testing.T) {
	for _, d := range []struct{ task, text string }{
		{"logistic-gradient", "D(theta_j, NLL)"},
		{"logistic-gradient", lineNLL + "\n= " + lineInside},
		{"logistic-gradient", lineNLL + "\n= " + linePrime},
		{"sigmoid-derivative", "D(z, 1/(1+exp(-z)))\n= σ'(z)"},
		{"softmax-two-classes", "exp(a)/(exp(a)+exp(b))"},
		{"softmax-two-classes", "exp(a)/(exp(a)+exp(b))\n= 1/(1+exp(b-a))"},
		{"logistic-gradient", ""},
	} {
		if r := check(t, d.task, d.text); r.Complete || r.FirstBreak != 0 {
			t.Errorf("%s: %q: complete %v, first break %d", d.task, d.text, r.Complete, r.FirstBreak)
		}
	}
}

// Mistakes in the other derivations are found and named.
func TestOtherMistakesAreNamed(t *testing.T) {
	for _, d := range []struct{ id, task, from, to string }{
		{"inner-minus", "sigmoid-derivative", "D(z, 1/(1+exp(-z)))", "-exp(-z)/(1+exp(-z))^2"},
		{"quotient-rule", "sigmoid-derivative", "D(z, 1/(1+exp(-z)))", "exp(-z)/(1+exp(-z))"},
		{"exp-derivative", "sigmoid-derivative", "D(z, 1/(1+exp(-z)))", "1/(1+exp(-z))^2"},
		{"sigma-prime-sigma", "sigmoid-derivative", "D(z, σ(z))", "σ(z)"},
		{"sigma-prime-one-minus", "sigmoid-derivative", "D(z, σ(z))", "1-σ(z)"},
		{"power-rule", "quadratic-gradient", "D(theta_j, J)", "Σ_i 2 (z_i - y_i) x_ij"},
		{"power-rule", "quadratic-gradient", "D(theta_j, J)", "½ Σ_i (z_i - y_i) x_ij"},
		{"chain-x", "quadratic-gradient", "D(theta_j, J)", "Σ_i (z_i - y_i)"},
		{"theta-for-x", "quadratic-gradient", "D(theta_j, J)", "Σ_i (z_i - y_i) theta_j"},
		{"wrong-index", "quadratic-gradient", "D(theta_j, J)", "Σ_i (z_i - y_i) x_ji"},
		{"extra-mean", "quadratic-gradient", "D(theta_j, J)", "1/m Σ_i (z_i - y_i) x_ij"},
		{"sign", "quadratic-gradient", "D(theta_j, J)", "-Σ_i (z_i - y_i) x_ij"},
		{"inner-minus", "gaussian-nll", "D(mu, NLL)", "Σ_i (y_i - μ)/exp(s)"},
		{"power-rule", "gaussian-nll", "D(mu, NLL)", "-Σ_i (y_i - μ)/(2 exp(s))"},
		{"cancellation", "softmax-two-classes", "exp(a)/(exp(a)+exp(b))", "1/exp(b)"},
		{"cancellation", "softmax-two-classes", "exp(a)/(exp(a)+exp(b))", "1/(1+exp(b))"},
	} {
		r := check(t, d.task, d.from+"\n= "+d.to)
		if r.FirstBreak != 2 || r.Lines[1].Diagnosis != d.id {
			t.Errorf("%s: from %s to %s: first break %d, %q, also %q, %s", d.id, d.from, d.to, r.FirstBreak, r.Lines[1].Diagnosis, r.Lines[1].Also, r.Lines[1].Note)
		}
	}
}

func TestLinesAreCountedAsTyped(t *testing.T) {
	r := check(t, "logistic-gradient", "\nD(theta_j, NLL)\r\n\n= -Σ_i (y_i + h_i) x_ij\n\n= foo\n= -Σ_i (y_i + h_i) x_ij = -Σ_i y_i x_ij - Σ_i h_i x_ij")
	var n []int
	var verdicts []LineVerdict
	for _, l := range r.Lines {
		n, verdicts = append(n, l.N), append(verdicts, l.Verdict)
	}
	if !slices.Equal(n, []int{2, 4, 6, 7}) || !slices.Equal(verdicts, []LineVerdict{Start, Breaks, NotUnderstood, Follows}) || r.FirstBreak != 4 {
		t.Errorf("%v %v, first break %d", n, verdicts, r.FirstBreak)
	}
	if line := r.Lines[2]; line.Position != 2 || !strings.Contains(line.Note, "foo") {
		t.Errorf("position %d, %s", line.Position, line.Note)
	}
}

// The left side may be repeated after a break, which counts once.
func TestRepeatedLeftSide(t *testing.T) {
	r := check(t, "logistic-gradient", "D(theta_j, NLL) = -Σ_i (y_i + h_i) x_ij\nD(theta_j, NLL) = -Σ_i y_i x_ij - Σ_i h_i x_ij\nD(theta_j, NLL) = "+lineGoal+"\nD(theta_j, NLL) = 3")
	var verdicts []LineVerdict
	for _, l := range r.Lines {
		verdicts = append(verdicts, l.Verdict)
	}
	if want := []LineVerdict{Breaks, Follows, Follows, Breaks}; !slices.Equal(verdicts, want) || r.FirstBreak != 1 {
		t.Errorf("%v, first break %d", verdicts, r.FirstBreak)
	}
}

func TestFirstLineIsTheTask(t *testing.T) {
	for _, d := range []struct{ text, note string }{
		{"NLL", "∂/∂θⱼ in front"},
		{lineGoal, "this is right, but"},
		{"D(theta_j, Σ_i [y_i log h_i + (1-y_i) log(1-h_i)])", "sign"},
		{"Σ_i y_i", "D(theta_j, NLL)"},
		{"∂/∂θ_j ½ Σ_i y_i", "reaches over 1/2 only"},
	} {
		r := check(t, "logistic-gradient", d.text+"\n= "+d.text)
		if r.FirstBreak != 1 || r.Lines[0].Verdict != Breaks || r.Lines[1].Verdict != Follows || !strings.Contains(r.Lines[0].Note, d.note) {
			t.Errorf("%s: %+v", d.text, r.Lines[0])
		}
	}
}

func TestMissingDerivativeIsSaidInWords(t *testing.T) {
	r := check(t, "logistic-gradient", lineNLL+"\n= -Σ_i [y_i log h_i + (1-y_i) log(1-h_i)]\n= "+lineGoal)
	for i, want := range []string{"write ∂/∂θⱼ in front", "write ∂/∂θⱼ in front of that line"} {
		if l := r.Lines[i+1]; l.Diagnosis != "" || l.Verdict != Breaks || !strings.Contains(l.Note, want) {
			t.Errorf("%s %s: %s", l.Verdict, l.Diagnosis, l.Note)
		}
	}
}

// A step that is right for labels only is accepted with a note, where y is a label.
func TestLabelsAreZeroOrOne(t *testing.T) {
	r := check(t, "logistic-gradient", lineNLL+"\n= "+lineGoal+"\n= -Σ_i (y_i^2 - h_i) x_ij")
	if l := r.Lines[2]; l.Verdict != Follows || !strings.Contains(l.Note, "y is 0 or 1") {
		t.Errorf("%s: %s", l.Verdict, l.Note)
	}
	r = check(t, "quadratic-gradient", "D(theta_j, J)\n= Σ_i (z_i - y_i) x_ij\n= Σ_i (z_i - y_i^2) x_ij")
	if r.FirstBreak != 3 {
		t.Errorf("y is any number there: first break %d", r.FirstBreak)
	}
}

func TestChangedPartIsMarked(t *testing.T) {
	for _, d := range []struct{ from, to, part, math string }{
		{lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1+h_i)] D(theta_j, h_i)", "1+h_i", "<mn>1</mn><mo>+</mo><msup><mi>h"},
		{lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i^2 x_ij", "h_i^2 x_ij", "<msup><mrow><msup><mi>h"},
		{lineGoal, "-Σ_i (y_i - 3 h_i) x_ij", "3 h_i", "<mn>3</mn><mo>&#x2062;</mo><msup><mi>h"},
		{lineSigma, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) theta_j", "theta_j", "<msub><mi>θ</mi><mi>j</mi></msub></mrow>"},
	} {
		r := check(t, "logistic-gradient", lineNLL+"\n"+d.from+"\n"+d.to)
		mark := r.Lines[2].Mark
		if part := string([]rune(d.to)[mark[0]:mark[1]]); part != d.part {
			t.Errorf("from %s to %s: marked %q", d.from, d.to, part)
		}
		_, after, _ := strings.Cut(r.Lines[2].Formula.MarkedMathML(mark), `<mrow class="changed">`)
		if !strings.HasPrefix(after, d.math) {
			t.Errorf("from %s to %s: in MathML %.80q is marked", d.from, d.to, after)
		}
	}
}

// A text that is expensive in every line is answered all the same.
func TestManyExpensiveLines(t *testing.T) {
	var text strings.Builder
	text.WriteString("D(theta_j, NLL)\n")
	for i := range MaxLines - 1 {
		text.WriteString("= Σ_i Σ_k Σ_l D(theta_j, D(theta_j, h_i h_k h_l")
		text.WriteString(strings.Repeat("+h_i", i%7))
		text.WriteString("))\n")
	}
	r := check(t, "logistic-gradient", text.String())
	if len(r.Lines) != MaxLines || r.FirstBreak == 0 || r.Complete {
		t.Errorf("%d lines, first break %d", len(r.Lines), r.FirstBreak)
	}
}

func TestRowsGoUpToM(t *testing.T) {
	r := check(t, "logistic-gradient", lineNLL+"\n= -sum(i,1,n, (y_i - h_i) x_ij)")
	if l := r.Lines[1]; l.Verdict != Breaks || !strings.Contains(l.Note, "goes up to m") {
		t.Errorf("%s: %s", l.Verdict, l.Note)
	}
}

func TestLimits(t *testing.T) {
	task, _ := LookupTask("logistic-gradient")
	for _, text := range []string{strings.Repeat("x", MaxLine+1), strings.Repeat("y_i\n", MaxText/4+1), strings.Repeat("m\n", MaxLines+1), "\xff"} {
		_, err := Check(context.Background(), task, text)
		if e, ok := err.(*InputError); !ok || e.Field != "lines" {
			t.Errorf("%.10q…: %v", text, err)
		}
	}
	deep := strings.Repeat("(", 3*MaxDepth) + "m" + strings.Repeat(")", 3*MaxDepth)
	if _, err := task.Read(deep); err == nil || !strings.Contains(err.Error(), "deep") {
		t.Error(err)
	}
	nested := strings.Repeat("D(theta_j, ", MaxDerivatives+1) + "NLL" + strings.Repeat(")", MaxDerivatives+1)
	if _, err := task.Read(nested); err == nil || !strings.Contains(err.Error(), "deep") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Check(ctx, task, lineNLL+"\n= "+lineGoal); err != context.Canceled {
		t.Error(err)
	}
}

// Tasks are shared: they may be checked at the same time.
func TestConcurrentChecks(t *testing.T) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, d := range rightDerivations {
				if r := check(t, d.task, d.text); !r.Complete {
					t.Errorf("%s, %s", d.task, d.name)
				}
			}
		})
	}
	group.Wait()
}
