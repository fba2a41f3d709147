package exercise

import (
	"math"
	"strings"
	"testing"
)

func TestReadNumber(t *testing.T) {
	tests := []struct {
		text string
		want float64
	}{
		{"1.8", 1.8}, {" 1.8 ", 1.8}, {"1,8", 1.8}, {"-0,5", -0.5}, {"9/5", 1.8}, {"1.8e-3", 0.0018}, {"1,8e-3", 0.0018}, {"−0.5", -0.5}, {"–0.5", -0.5}, {"2/3", 2. / 3}, {"-2/3", -2. / 3},
		{"sqrt(2)/2", math.Sqrt2 / 2}, {"2^(1/3)", math.Cbrt(2)}, {"+3", 3}, {".5", 0.5}, {"5.", 5}, {"½", 0.5}, {"pi", math.Pi}, {"1.8·10^-3", 0.0018}, {"3*10⁻²", 0.03}, {"(1+2)*3", 9},
		{"exp(1)", math.E}, {"max(1, 2)", 2}, {"1E3", 1000}, {"−9/5", -1.8},
	}
	for _, tt := range tests {
		got, message, _ := readNumberText(strings.TrimSpace(tt.text))
		if message != "" || math.Abs(got-tt.want) > 1e-15*math.Abs(tt.want) {
			t.Errorf("%q: %v, %s", tt.text, got, message)
		}
	}
}

func TestNumberThatIsRefused(t *testing.T) {
	e := mustRead(t, "kind: number\n"+common+"answer: 1.8\n")
	tests := []struct{ text, want string }{
		{"", "Type a number here."},
		{"   ", "Type a number here."},
		{strings.Repeat("1", MaxNumber+1), "This is too long: at most 100 characters."},
		{"two", "This is not a number. Write one as 1.8, −9/5 or 1.8e-3."},
		{"x", "A number is asked for here, without variables."},
		{"2x", "A number is asked for here, without variables."},
		{"1/0", "This has no finite value."},
		{"sqrt(-1)", "This has no finite value."},
		{"1e999", "This is not a number: 1e999 is too large for a number here; the largest is about 1.8e308."},
		{"1e308*10", "This has no finite value."},
		{"NaN", "This is not a number. Write one as 1.8, −9/5 or 1.8e-3."},
		{"inf", "This is not a number. Write one as 1.8, −9/5 or 1.8e-3."},
		{"1,000.5", "This is not a number: decimals are written with a point: 1.000.5."},
		{"1.2.3", "This is not a number: this number has a second point."},
		{"1..8", "This is not a number: this number has a second point."},
	}
	for _, tt := range tests {
		verdict, err := e.Task.Check(t.Context(), e.Variant(0), map[string][]string{"answer": {tt.text}})
		if err != nil || len(verdict.Errors) != 1 || verdict.Errors[0].Message != tt.want || verdict.Errors[0].Field != NumberField || verdict.Outcome != "" {
			t.Errorf("%q: %+v, %v; want %q", tt.text, verdict, err, tt.want)
		}
	}
}

func TestTolerance(t *testing.T) {
	tests := []struct {
		tolerance, answer string
		right, wrong      []string
	}{
		{"{absolute: 0.01}", "2", []string{"2.01", "1.99", "2"}, []string{"2.011", "1.98"}},
		{"{relative: 0.01}", "200", []string{"202", "198"}, []string{"202.1", "197.9"}},
		{"{digits: 3}", "2/3", []string{"0.667", "0.6667", "0.6666", "2/3", "6.67e-1"}, []string{"0.67", "0.66", "0.668", "0.666"}},
		{"{digits: 2}", "98.76", []string{"99", "98.5", "98.8"}, []string{"98", "100"}},
		{"{digits: 2}", "0", []string{"0", "-0"}, []string{"0.001"}},
		{"", "1/3", []string{"1/3", "0.3333333"}, []string{"0.3333"}},
		{"", "0", []string{"0", "1e-13"}, []string{"1e-9"}},
	}
	for _, tt := range tests {
		block := "kind: number\n" + common + "answer: " + tt.answer + "\n"
		if tt.tolerance != "" {
			block += "tolerance: " + tt.tolerance + "\n"
		}
		e := mustRead(t, block)
		for outcome, answers := range map[string][]string{"right": tt.right, "wrong": tt.wrong} {
			for _, answer := range answers {
				if got := judged(t, e, "answer="+answer); !strings.HasPrefix(got, outcome) {
					t.Errorf("%s of %s: %s is %s", tt.tolerance, tt.answer, answer, got)
				}
			}
		}
	}
}

// What is said without a stated mistake is said only where it is true.
func TestRemarksOnNumbers(t *testing.T) {
	one := mustRead(t, "kind: number\n"+common+"answer: 0.0324\ntolerance: {digits: 3}\nmistakes: [{id: forgot, answer: 0.5, feedback: You forgot.}]")
	zero := mustRead(t, "kind: number\n"+common+"answer: 0\ntolerance: {absolute: 0.001}")
	lax := mustRead(t, "kind: number\n"+common+"answer: 0.01\ntolerance: {absolute: 1}")
	tests := []struct {
		e            *Exercise
		answer, want string
	}{
		{one, "0.0324", "right"},
		{one, "0.5", "wrong forgot: You forgot."},
		{one, "-0.0324", "wrong sign: The size is right, the sign is not."},
		{one, "0.0327", "wrong rounded: That is close, but not close enough. If you rounded on the way, keep more digits until the last step."},
		{one, "0.032", "wrong rounded: That is close, but not close enough. If you rounded on the way, keep more digits until the last step."},
		{one, "0.324", "wrong power-of-ten: The digits are right, but the decimal point is not: you are off by a factor of 10."},
		{one, "3.24e-5", "wrong power-of-ten: The digits are right, but the decimal point is not: you are off by a factor of 1/1000. Write thousands without a comma or a point: both are read as the decimal sign."},
		{one, "-0.324", "wrong"},
		{one, "0", "wrong"},
		{one, "0.04", "wrong"},
		{one, "3.24e7", "wrong"},
		{zero, "0.0001", "right"},
		{zero, "-0.005", "wrong rounded: That is close, but not close enough. If you rounded on the way, keep more digits until the last step."},
		{zero, "1", "wrong"},
		{lax, "-0.01", "right"},
		{lax, "1.7", "wrong"},
	}
	for _, tt := range tests {
		if got := judged(t, tt.e, "answer="+tt.answer); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.answer, got, tt.want)
		}
	}
}

func TestUnits(t *testing.T) {
	asked := "wrong unit-missing: The number is right, but the unit m/s is missing."
	other := "wrong unit-wrong: The number is right, but its unit is not: it is asked for in m/s."
	speed := mustRead(t, "kind: number\n"+common+"answer: 4\nunit: m/s\nask_unit: true\n")
	shown := mustRead(t, "kind: number\n"+common+"answer: 4\nunit: seconds\n")
	percent := mustRead(t, "kind: number\n"+common+"answer: 12.5\nunit: \"%\"\nask_unit: true\n")
	tests := []struct {
		e            *Exercise
		answer, want string
	}{
		{speed, "4 m/s", "right"}, {speed, "4m/s", "right"}, {speed, "8/2 m / s", "right"}, {speed, "4 M/S", "right"},
		{speed, "4", asked}, {speed, "4 km/h", other}, {speed, "4 m", other}, {speed, "4 s/m", other},
		{speed, "5", "wrong"}, {speed, "5 km/h", "wrong"}, {speed, "-4 m/s", "wrong sign: The size is right, the sign is not."},
		{speed, "4 sqrt", `refused: answer: This is not a number: after “sqrt” I expect (, as in sqrt(x).`},
		{shown, "4", "right"}, {shown, "4 s", "right"}, {shown, "4 sec", "right"}, {shown, "4 second", "right"}, {shown, "4 minutes", "wrong unit-wrong: The number is right, but its unit is not: it is asked for in seconds."},
		{percent, "12.5 %", "right"}, {percent, "12.5%", "right"}, {percent, "12,5 percent", "right"}, {percent, "25/2 %", "right"}, {percent, "12.5", "wrong unit-missing: The number is right, but the unit % is missing."},
	}
	for _, tt := range tests {
		if got := judged(t, tt.e, "answer="+strings.NewReplacer("%", "%25", "+", "%2B").Replace(tt.answer)); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.answer, got, tt.want)
		}
	}
}

func TestParts(t *testing.T) {
	e := mustRead(t, "kind: number\n"+common+`vary: {a: [3]}
parts:
  - {name: x, label: "J_x", answer: 2*a}
  - {name: y, label: "J_y", answer: a}
mistakes:
  - {id: swapped, answers: {x: a, y: 2*a}, feedback: Swapped.}
  - {id: half, answers: {x: a/2}, feedback: "Half of @{a}."}
`)
	for answer, want := range map[string]string{
		"x=6&y=3":    "right",
		"x=3&y=6":    "wrong swapped: Swapped.",
		"x=1.5&y=3":  "wrong half: Half of 3.",
		"x=1.5&y=9":  "wrong half: Half of 3.",
		"x=6&y=-3":   "wrong sign: J_y: The size is right, the sign is not.",
		"x=-6&y=-3":  "wrong sign: J_x: The size is right, the sign is not.: J_y: The size is right, the sign is not.",
		"x=-6&y=4":   "wrong: J_x: The size is right, the sign is not.: J_y: This number is not right.",
		"x=6":        "refused: y: Type a number here.",
		"x=one&y=-1": "refused: x: This is not a number. Write one as 1.8, −9/5 or 1.8e-3.",
	} {
		if got := judged(t, e, answer); got != want {
			t.Errorf("%s: %s; want %s", answer, got, want)
		}
	}
}
