package optim

import (
	"slices"
	"strings"
)

// An Equation is one line of a step worked out: Symbol Relation Formula, the
// same with numbers put in, and the result.
type Equation struct {
	Symbol   string    // "m₃"
	Relation string    // "="; of a comparison "≤", "<", ">" or "≥", the one that is true, or "≰" where one side is not defined
	Formula  string    // "0.9·m₂ + 0.1·g₃": hyper-parameters as numbers, the rest by symbol
	Numbers  []string  // with all numbers put in: one per value, or one for the whole line; none where they would tell no more
	Values   []float64 // the result; of a comparison its two sides
	Columns  int       // > 0: Values are a matrix, row by row, of so many columns
	Note     string    // a few words; may be ""
}

// Explain writes the update from step k of a run to step k+1 as a person would
// on paper: one line per quantity in the order in which they are computed, the
// gradient first, the new θ last. Vectors have the number of the update that
// makes them as index: m₃ and g₃ = ∇J(θ₂) lead to θ₃. The run need not have made
// that update. say writes one number; obj and rule are those of the run.
func Explain(obj Objective, rule Rule, r *Run, k int, say func(float64) string) []Equation {
	w := &Workings{
		t: k + 1, say: say, run: r, point: newPoint(obj),
		before: r.State(k), parts: r.Memory,
	}
	w.point.K, w.point.Theta, w.point.Gradient = k, slices.Clone(r.Theta(k)), r.Gradient(k)
	w.point.Loss, w.point.Eta = r.Losses[k], r.Etas[k]
	rule.Explain(w)
	return w.lines
}

// Workings write one step down. A rule's Explain reads the step here and adds
// its lines; [Explain] makes them and answers each line as an [Equation].
type Workings struct {
	t      int // the number of the update, from 1: it makes θ_t from θ_{t−1}
	say    func(float64) string
	run    *Run
	point  *Point // as the rule's Step gets it
	before []float64
	parts  []Part
	lines  []Equation
}

// dim is the length of θ.
func (w *Workings) dim() int { return len(w.point.Theta) }

// vector is a quantity that earlier lines, or the run, have given a symbol.
func (w *Workings) vector(symbol string, values []float64) term {
	t := term{symbol: written{symbol, bindsAll}, values: values}
	if strings.Contains(symbol, " ") { // "1 − β₁³" is a symbol too
		t.symbol.binds = bindsSum
	}
	for _, v := range values {
		t.numbers = append(t.numbers, numeral(w.say(v)))
	}
	return t
}

// memory is a part of the memory before the step.
func (w *Workings) memory(symbol string) term {
	return w.vector(symbol+subscript(w.t-1), part(w.parts, w.before, symbol))
}

// part is the stretch of a state that belongs to the part of that symbol.
func part(parts []Part, state []float64, symbol string) []float64 {
	for _, p := range parts {
		if p.Symbol == symbol {
			return state[:p.Len]
		}
		state = state[p.Len:]
	}
	panic("optim: no memory " + symbol)
}

func (w *Workings) theta() term { return w.vector("θ"+subscript(w.t-1), w.point.Theta) }

// eta is the learning rate of this update, as a number.
func (w *Workings) eta() term {
	n := numeral(w.say(w.point.Eta))
	return term{n, []written{n}, []float64{w.point.Eta}}
}

// line adds the line symbol_t = t and answers the quantity under its symbol.
func (w *Workings) line(symbol string, t term, note string) term {
	return w.add(symbol+subscript(w.t), t, note)
}

// next adds the last line, the new θ.
func (w *Workings) next(t term) { w.line("θ", t, "") }

func (w *Workings) add(symbol string, t term, note string) term {
	w.lines = append(w.lines, Equation{
		Symbol: symbol, Relation: "=", Formula: t.symbol.text, Numbers: texts(t.numbers), Values: t.values, Note: note,
	})
	return w.vector(symbol, t.values)
}

// named adds the line of a scalar that the algebra of terms cannot compute:
// formula stands for the symbols and for the numbers.
func (w *Workings) named(symbol string, formula written, value float64) term {
	return w.add(symbol, term{formula, []written{formula}, []float64{value}}, "")
}

// compare adds the line of a comparison, symbol against t, with the sign that
// is true. The left side is a number of its own.
func (w *Workings) compare(symbol string, left float64, relation string, right term, note string) {
	w.lines = append(w.lines, Equation{
		Symbol: symbol, Relation: relation, Formula: right.symbol.text,
		Numbers: []string{numeral(w.say(left)).text + " " + relation + " " + right.numbers[0].text},
		Values:  []float64{left, right.values[0]}, Note: note,
	})
}

// gradient adds the line of the gradient, and of the gradient with weight
// decay if there is one.
func (w *Workings) gradient(weightDecay float64) term {
	theta := w.theta()
	g := term{symbol: written{"∇J(" + theta.symbol.text + ")", bindsAll}, values: w.point.Gradient}
	g.numbers = []written{{"∇J(" + list(theta.numbers) + ")", bindsAll}}
	g = w.line("g", g, "")
	if weightDecay != 0 {
		g = w.line("g′", g.plus(literal(weightDecay).times(theta)), "with weight decay")
	}
	return g
}

// list is "4, −0.2".
func list(numbers []written) string {
	text := ""
	for i, n := range numbers {
		if i > 0 {
			text += ", "
		}
		text += n.text
	}
	return text
}

func texts(numbers []written) []string {
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = n.text
	}
	return list
}
