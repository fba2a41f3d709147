package exercise

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"descent/optim/derive"
)

// readBlock reads a block as a lesson does, with Markdown left as it is.
func readBlock(t *testing.T, text string) (*Exercise, []string) {
	t.Helper()
	var problems []string
	e := Read(Source{
		Text: text, Line: 2,
		Markdown: func(text string, _ int) string { return text },
		Claim:    func(int, string) {},
		Problem: func(line int, format string, a ...any) {
			problems = append(problems, fmt.Sprintf("%d: "+format, append([]any{line}, a...)...))
		},
	})
	if e != nil {
		for _, err := range Check(context.Background(), e, e.Variants) {
			problems = append(problems, err.Error())
		}
	}
	return e, problems
}

func derivationBlock(keys string) string {
	return "kind: derivation\nid: block\ntitle: A block\nquestion: Derive.\nsolution: So.\nhints:\n  - {text: Look, cost: 0.1}\n" + keys
}

const writeBlock = `mode: write
task: logistic-gradient
model: |
  D(theta_j, NLL)
  = -Σ_i (y_i - h_i) x_ij
mistakes:
  - id: sign
    lines: |
      D(theta_j, NLL)
      = Σ_i (y_i - h_i) x_ij
    feedback: The minus!
  - id: unfinished
    lines: D(theta_j, NLL)
`

const justifyBlock = `mode: justify
task: logistic-gradient
lines:
  - line: D(theta_j, NLL)
  - line: "= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, h_i)"
    fact: [4, 3]
    feedback: {5: Not the sigmoid.}
  - line: "= -Σ_i (y_i - h_i) x_ij"
    fact: [6]
`

const findBlock = `mode: find
task: logistic-gradient
derivations:
  - lines: |
      D(theta_j, NLL)
      = -Σ_i (y_i + h_i) x_ij
      = -Σ_i [y_i x_ij + h_i x_ij]
    wrong: 2
    mistake: inner-minus
    right: "= -Σ_i (y_i - h_i) x_ij"
    solution: A minus was lost.
    feedback: {3: Only expanded.}
  - lines: |
      D(theta_j, NLL)
      = -Σ_i (y_i - h_i) x_ij
      = -Σ_i (y_i - h_i)
    wrong: 3
    right: "= Σ_i (h_i - y_i) x_ij"
    solution: The x was lost.
`

func TestDerivationBlocks(t *testing.T) {
	for _, block := range []string{writeBlock, justifyBlock, findBlock} {
		if _, problems := readBlock(t, derivationBlock(block)); len(problems) > 0 {
			t.Errorf("%s: %q", block, problems)
		}
	}
}

// An author cannot state a derivation that does not hold, nor a mistake that is none.
func TestDerivationBlocksRefused(t *testing.T) {
	for _, d := range []struct{ block, old, new, want string }{
		{writeBlock, "mode: write", "mode: wright", "write"},
		{writeBlock, "task: logistic-gradient", "task: logistic", "logistic-gradient"},
		{writeBlock, "= -Σ_i (y_i - h_i) x_ij", "= -Σ_i (y_i + h_i) x_ij", "model answer"},
		{writeBlock, "id: sign", "id: sine", "sign"},
		{writeBlock, "id: sign", "id: chain-x", "chain-x"},
		{writeBlock, "= Σ_i (y_i - h_i) x_ij", "= Σ_i (h_i - y_i) x_ij", "right"},
		{writeBlock, "model: |", "derivations: []\nmodel: |", "belongs to the mode find"},
		{justifyBlock, "(1-y_i)/(1-h_i)", "(1-y_i)/(1+h_i)", "does not follow"},
		{justifyBlock, "fact: [6]", "fact: [7]", "1 to 6"},
		{justifyBlock, "{5: Not", "{4: Not", "wrong here"},
		{justifyBlock, "line: D(theta_j, NLL)", "line: D(theta_j, NLL)\n    fact: [1]", "the first none"},
		{justifyBlock, "x_ij\"", "x_ij +\"", "I expect"},
		{findBlock, "wrong: 2", "wrong: 3", "line 2"},
		{findBlock, "y_i + h_i", "y_i - h_i", "line 2"},
		{findBlock, "= -Σ_i [y_i x_ij + h_i x_ij]", "= -Σ_i [y_i x_ij - h_i x_ij]", "line 3"},
		{findBlock, `right: "= -Σ_i (y_i - h_i) x_ij"`, `right: "= -Σ_i (y_i + h_i) x_ij"`, "right"},
		{findBlock, "mistake: inner-minus", "mistake: sign", "inner-minus"},
		{findBlock, "{3: Only", "{2: Only", "not the wrong one"},
		{findBlock, "derivations:", "variants: 3\nderivations:", "variants"},
	} {
		if !strings.Contains(d.block, d.old) {
			t.Fatalf("%q is not in the block", d.old)
		}
		_, problems := readBlock(t, derivationBlock(strings.Replace(d.block, d.old, d.new, 1)))
		if !strings.Contains(strings.Join(problems, "\n"), d.want) {
			t.Errorf("%s for %s: %q", d.new, d.old, problems)
		}
	}
}

func TestDerivationIsJudged(t *testing.T) {
	e, problems := readBlock(t, derivationBlock(writeBlock))
	if e == nil {
		t.Fatal(problems)
	}
	for _, d := range []struct {
		name, lines string
		outcome     Outcome
		diagnosis   string
		feedback    string
	}{
		{"right", "∂/∂θ_j NLL = Σ_i (h_i - y_i) x_ij", Right, "", ""},
		{"own words", "D(theta_j, NLL)\n= Σ_i (y_i - h_i) x_ij", Wrong, "sign", "The minus!"},
		{"known mistake", "D(theta_j, NLL)\n= -Σ_i (y_i - h_i)", Wrong, "chain-x", "Line 2 is the first"},
		{"missing Σ", "D(theta_j, NLL)\n= -(y_i - h_i) x_ij", Wrong, "dropped-sum", "Line 2"},
		{"unknown mistake", "D(theta_j, NLL)\n\n= -Σ_i (y_i - 3 h_i) x_ij", Wrong, "", "Line 3 is the first"},
		{"not the task", "Σ_i y_i", Wrong, "first-line", "not yet the task"},
		{"half", "D(theta_j, NLL)", Wrong, "unfinished", "holds so far"},
	} {
		v, err := e.Task.Check(context.Background(), e.Variant(0), url.Values{"lines": {d.lines}})
		if err != nil {
			t.Fatal(err)
		}
		if v.Outcome != d.outcome || v.Diagnosis != d.diagnosis || !strings.Contains(strings.Join(v.Feedback, " "), d.feedback) {
			t.Errorf("%s: %+v", d.name, v)
		}
		if r, ok := v.Detail.(*derive.Report); !ok || len(r.Lines) == 0 {
			t.Errorf("%s: no report", d.name)
		}
	}
	for _, lines := range []string{"", " \n ", "D(theta_j, NLL)\n= foo", strings.Repeat("y", derive.MaxText+1)} {
		v, err := e.Task.Check(context.Background(), e.Variant(0), url.Values{"lines": {lines}})
		if err != nil || v.Outcome != "" || v.Errors.For("lines") == nil {
			t.Errorf("%.20q: %+v %v", lines, v, err)
		}
	}
}

// A step that cannot be decided costs nothing, if the goal is reached and nothing breaks.
func TestDerivationUndecided(t *testing.T) {
	e, _ := readBlock(t, derivationBlock(writeBlock))
	v, err := e.Task.Check(context.Background(), e.Variant(0), url.Values{"lines": {"D(theta_j, NLL)\n= -Σ_i (y_i - h_i) x_ij + 10^(-30) m\n= -Σ_i (y_i - h_i) x_ij"}})
	if err != nil || v.Outcome != Undecided || len(v.Feedback) == 0 {
		t.Errorf("%+v %v", v, err)
	}
}

func TestJustificationIsJudged(t *testing.T) {
	e, problems := readBlock(t, derivationBlock(justifyBlock))
	if e == nil {
		t.Fatal(problems)
	}
	for _, d := range []struct {
		second, third string
		outcome       Outcome
		diagnosis     string
	}{
		{"4", "6", Right, ""},
		{"3", "6", Right, ""},
		{"5", "6", Wrong, "line-2-fact-5"},
		{"4", "0", Wrong, "line-3-fact-0"},
		{"1", "2", Wrong, "line-2-fact-1"},
		{"", "6", "", ""},
		{"4", "7", "", ""},
	} {
		v, err := e.Task.Check(context.Background(), e.Variant(0), url.Values{"fact-2": {d.second}, "fact-3": {d.third}})
		if err != nil || v.Outcome != d.outcome || v.Diagnosis != d.diagnosis || (v.Outcome == "") != (len(v.Errors) > 0) {
			t.Errorf("%v: %+v %v", d, v, err)
		}
	}
}

func TestWrongLineIsFound(t *testing.T) {
	e, problems := readBlock(t, derivationBlock(findBlock))
	if e == nil {
		t.Fatal(problems)
	}
	if e.Variants != 2 || !strings.Contains(e.Variant(1).SolutionHTML, "The x was lost") || strings.Contains(e.Variant(0).SolutionHTML, "The x was lost") {
		t.Errorf("%d variants: %s", e.Variants, e.Variant(1).SolutionHTML)
	}
	for _, d := range []struct {
		variant          int
		line, correction string
		outcome          Outcome
		diagnosis        string
		refused          string
	}{
		{0, "2", "", Right, "", ""},
		{0, "2", "Σ_i (h_i - y_i) x_ij", Right, "", ""},
		{0, "2", "= -Σ_i (h_i - y_i) x_ij", Wrong, "sigma-y-swapped", ""},
		{0, "2", "= -Σ_i (y_i - 7 h_i) x_ij", Wrong, "correction", ""},
		{0, "2", "= -Σ_i (y_i - ", "", "", "correction"},
		{0, "2", "m\nm", "", "", "correction"},
		{0, "2", strings.Repeat("m+", derive.MaxLine), "", "", "correction"},
		{0, "3", "", Wrong, "line-3", ""},
		{0, "1", "", Wrong, "line-1", ""},
		{0, "", "", "", "", "line"},
		{0, "4", "", "", "", "line"},
		{1, "3", "", Right, "", ""},
		{1, "2", "", Wrong, "line-2", ""},
	} {
		v, err := e.Task.Check(context.Background(), e.Variant(d.variant), url.Values{"line": {d.line}, "correction": {d.correction}})
		if err != nil || v.Outcome != d.outcome || v.Diagnosis != d.diagnosis || (v.Errors.For(d.refused) != nil) != (d.refused != "") {
			t.Errorf("%+v: %+v %v", d, v, err)
		}
	}
}
