package expr

import "strings"

// foreign maps spellings from other languages, textbooks and programs that are too far from ours to be guessed.
var foreign = map[string]string{
	"tg": "tan", "arctg": "atan", "atg": "atan", "lg": "log10", "ld": "log2", "lb": "log2", "sqr": "sqrt", "root": "sqrt", "wurzel": "sqrt",
	"logistic": "sigma", "expit": "sigma", "sig": "sigma", "rectifier": "relu", "absolute": "abs", "heaviside": "step", "sh": "sinh", "ch": "cosh", "th": "tanh",
	"maximum": "max", "minimum": "min", "pie": "pi", "euler": "e",
}

// absent names functions that students look for and how to write them.
var absent = map[string]string{
	"cot": "1/tan(x)", "ctg": "1/tan(x)", "sec": "1/cos(x)", "csc": "1/sin(x)", "cosec": "1/sin(x)", "cbrt": "x^(1/3)",
	"pow": "x^2", "hypot": "sqrt(x^2 + y^2)", "nthroot": "x^(1/3)",
	"asinh": "log(x + sqrt(x^2 + 1))", "arsinh": "log(x + sqrt(x^2 + 1))", "acosh": "log(x + sqrt(x^2 - 1))",
	"arcosh": "log(x + sqrt(x^2 - 1))", "atanh": "log((1 + x)/(1 - x))/2", "artanh": "log((1 + x)/(1 - x))/2",
}

func (l *lexer) unknown(length int) *SyntaxError {
	name := string(l.src[l.at : l.at+length])
	after := l.at + length
	for after < len(l.src) && l.src[after] == ' ' {
		after++
	}
	called := after < len(l.src) && l.src[after] == '('
	if err := l.equation(); err != nil {
		return err
	}
	suggestion := suggest(name)
	if digits, _ := l.index(length); suggestion == "theta" && digits == "" {
		suggestion = "theta1"
	}
	if instead, ok := absent[strings.ToLower(name)]; ok {
		return syntaxError(l.at, "I do not have %s: write %s.", name, instead)
	}
	what := "I do not know “" + name + "”"
	product := strings.ReplaceAll(name, "e", "")
	switch {
	case len(product) < len(name) && strings.Trim(product, "xy") == "":
		what += ": write * between e and a variable, as in e*x."
		suggestion = strings.Join(strings.Split(name, ""), "*")
	case suggestion != "":
		what += ". Did you mean " + suggestion + "?"
	case called || length > 2:
		what += ": the functions are " + functionNames() + "."
	default:
		what += ": the variables are x, y or θ1, θ2."
	}
	return &SyntaxError{Position: l.at, Message: what, Suggestion: suggestion}
}

func functionNames() string {
	var names []string
	for _, d := range functions {
		if d.name != "" && d.name != "sign" && d.name != "step" {
			names = append(names, d.name)
		}
	}
	return strings.Join(names, ", ")
}

// suggest returns the known word nearest to a misspelt one, or "".
func suggest(name string) string {
	lower := strings.ToLower(name)
	if s, ok := foreign[lower]; ok {
		return s
	}
	if _, ok := words[lower]; ok {
		return lower
	}
	best, bestDistance := "", 1+min(2, (len(lower)+1)/4)
	try := func(candidate string) {
		if d := distance(lower, candidate); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	for _, d := range functions {
		for _, candidate := range append([]string{d.name}, d.aliases...) {
			if len(candidate) > 2 {
				try(candidate)
			}
		}
	}
	try("pi")
	try("theta")
	return best
}

// distance counts the letters to insert, delete, change or swap with their neighbour.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
