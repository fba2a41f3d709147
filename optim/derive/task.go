package derive

import (
	"slices"
	"sync"
)

// A Task is a derivation to be written: from a start to a goal.
type Task struct {
	ID        string
	Title     string
	Statement string // what is asked for, in the language of derivations
	symbols   string // what may be used, in words
	rows      bool   // there are θ and rows x_i: z_i and h_i mean something
	logistic  bool   // y is 0 or 1
	indexed   bool   // there are sums
	scalars   []string
	loss      string // what NLL and J are
	sections  []section
	steps     []milestone
	made      func() *made
}

// A section is one start with its goal; a task for several parameters has several.
type section struct{ name, start, goal string }

// A milestone is a step that is expected on the way. Leaving it out does not hinder completion.
type milestone struct {
	name string
	met  func(*node) bool
}

// made is what a task's texts mean. It is read only, but for the space, which each reader copies.
type made struct {
	space    space
	sections []madeSection
}

type madeSection struct {
	name        string
	start, goal *node
}

// Tasks are the derivations that can be checked.
var Tasks = []*Task{
	{
		ID: "logistic-gradient", Title: "The gradient of logistic regression", Statement: "D(theta_j, NLL)",
		symbols: "θ_j, x_ij, y_i, x_i, z_i = θᵀx_i, h_i = σ(z_i), NLL, m and n", rows: true, logistic: true, indexed: true,
		loss:     "-sum(i,1,m, y_i log(h_i) + (1-y_i) log(1-h_i))",
		sections: []section{{"", "D(theta_j, NLL)", "-sum(i,1,m, (y_i - h_i) x_ij)"}},
		steps:    []milestone{{"the derivative taken into the sum", derivativeInSum}, {"the derivative of the logarithm", dividesBySigma}, {"the derivative of the sigmoid", slopeOfSigma}},
	},
	{
		ID: "sigmoid-derivative", Title: "The derivative of the sigmoid", Statement: "D(z, 1/(1+exp(-z)))",
		symbols: "z and σ", scalars: []string{"z"},
		sections: []section{{"", "D(z, 1/(1+exp(-z)))", "sigma(z) (1 - sigma(z))"}},
		steps:    []milestone{{"the quotient or chain rule", squares}},
	},
	{
		ID: "quadratic-gradient", Title: "The gradient of the squared error", Statement: "D(theta_j, 1/2 sum(i,1,m, (dot(theta, x_i) - y_i)^2))",
		symbols: "θ_j, x_ij, y_i, x_i, z_i = θᵀx_i, J, m and n", rows: true, indexed: true,
		loss:     "1/2 sum(i,1,m, (dot(theta, x_i) - y_i)^2)",
		sections: []section{{"", "D(theta_j, J)", "sum(i,1,m, (dot(theta, x_i) - y_i) x_ij)"}},
		steps:    []milestone{{"the derivative taken into the sum", derivativeInSum}},
	},
	{
		ID: "gaussian-nll", Title: "The gradient of a Gaussian’s negative log-likelihood", Statement: "D(mu, NLL) and D(s, NLL)",
		symbols: "μ, s (the logarithm of the variance), y_i, NLL and m", indexed: true, scalars: []string{"mu", "s"},
		loss: "sum(i,1,m, 1/2 log(2 pi) + s/2 + (y_i - mu)^2/(2 exp(s)))",
		sections: []section{
			{"the derivative by μ", "D(mu, NLL)", "-sum(i,1,m, (y_i - mu)/exp(s))"},
			{"the derivative by s", "D(s, NLL)", "sum(i,1,m, 1/2 - (y_i - mu)^2/(2 exp(s)))"},
		},
	},
	{
		ID: "softmax-two-classes", Title: "Softmax with two classes", Statement: "exp(a)/(exp(a)+exp(b))",
		symbols: "a, b and σ", scalars: []string{"a", "b"},
		sections: []section{{"", "exp(a)/(exp(a)+exp(b))", "sigma(a - b)"}},
		steps:    []milestone{{"numerator and denominator divided by exp(a)", oneInDenominator}},
	},
}

func init() {
	for _, t := range Tasks {
		t.made = sync.OnceValue(t.make)
	}
}

// LookupTask finds a task by its id.
func LookupTask(id string) (*Task, bool) {
	if i := slices.IndexFunc(Tasks, func(t *Task) bool { return t.ID == id }); i >= 0 {
		return Tasks[i], true
	}
	return nil, false
}

func (t *Task) make() *made {
	m := &made{space: space{indexed: t.indexed, task: t, fixed: true}}
	if t.rows {
		m.space.free = "j"
	}
	m.space.vars = Variables{}
	for _, name := range t.scalars {
		m.space.names = append(m.space.names, name)
		m.space.domains = append(m.space.domains, Real)
		m.space.vars[name] = Real
	}
	if t.loss != "" {
		loss := m.space.own(t.loss).mapped(func(n *node) *node { return nil })
		m.space.loss = inOwnRow(loss)
	}
	for _, p := range t.sections {
		m.sections = append(m.sections, madeSection{p.name, m.space.own(p.start), m.space.own(p.goal)})
	}
	return m
}

// own parses a text of this package.
func (s *space) own(text string) *node {
	f, err := parse(text, s)
	if err != nil {
		panic(text + ": " + err.Error())
	}
	return s.lowered(f.sides[0])
}

// inOwnRow is the loss n with its index in the slot that is kept for it, so that it may stand in any sum, and without places in a text.
func inOwnRow(n *node) *node {
	c := *n
	c.pos, c.end = 0, 0
	if c.a != nil {
		c.a = inOwnRow(c.a)
	}
	if c.b != nil {
		c.b = inOwnRow(c.b)
	}
	for _, i := range []*ref{&c.i, &c.k} {
		if i.slot >= slotSum {
			i.slot = slotLoss
		}
	}
	return &c
}

// read is a task's own space, in which a line is read.
func (t *Task) read() *space {
	s := t.made().space
	s.names, s.domains = slices.Clone(s.names), slices.Clone(s.domains)
	return &s
}

// Read reads a line of the task's derivation. The error is a *[SyntaxError].
func (t *Task) Read(line string) (*Formula, error) {
	f, err := parse(line, t.read())
	if err != nil {
		return nil, err
	}
	return f, nil
}

func derivativeInSum(n *node) bool {
	return n.contains(func(c *node) bool {
		return c.op == opSum && c.b.contains(func(d *node) bool { return d.op == opD })
	})
}

func isSigma(n *node) bool { return n.op == opH || n.op == opCall && n.fn == fnSigma }

func dividesBySigma(n *node) bool {
	return n.contains(func(c *node) bool {
		if c.op == opPow {
			v, ok := c.constantPower()
			return ok && v.v < 0 && c.a.contains(isSigma)
		}
		return c.op == opDiv && c.b.contains(isSigma)
	})
}

func slopeOfSigma(n *node) bool {
	return n.contains(func(c *node) bool {
		if c.op == opCall && c.fn == fnSigmaPrime {
			return true
		}
		if c.op != opMul {
			return false
		}
		var list []*node
		factorsOf(c, &list)
		one := slices.ContainsFunc(list, func(f *node) bool { return f.op == opSub && f.a.isNumber(1) && isSigma(f.b) })
		return one && slices.ContainsFunc(list, isSigma)
	})
}

func factorsOf(n *node, list *[]*node) {
	if n.op == opMul {
		factorsOf(n.a, list)
		factorsOf(n.b, list)
		return
	}
	*list = append(*list, n)
}

func squares(n *node) bool {
	return n.contains(func(c *node) bool {
		v, ok := c.constantPower()
		return ok && (v.v == 2 || v.v == -2)
	})
}

func oneInDenominator(n *node) bool {
	return n.contains(func(c *node) bool {
		return c.op == opDiv && c.b.op == opAdd && (c.b.a.isNumber(1) || c.b.b.isNumber(1))
	})
}
