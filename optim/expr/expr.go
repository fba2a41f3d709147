package expr

// An Expr is a formula in one or two variables. It does not change and may be shared.
type Expr struct {
	source string
	root   *node
	greek  bool // θ1, θ2 rather than x, y
	vars   []uint8
	notes  []string
}

func newExpr(source string, root *node, greek bool, notes []string) *Expr {
	e := &Expr{source: source, root: root, greek: greek, notes: notes}
	for i := range uint8(2) {
		if root.vars>>i&1 == 1 {
			e.vars = append(e.vars, i)
		}
	}
	if e.vars == nil {
		e.vars = []uint8{0}
	}
	return e
}

// Source returns what was typed; for a derivative, the same as String.
func (e *Expr) Source() string {
	if e.source == "" {
		return e.String()
	}
	return e.source
}

// String returns the formula as it was understood, in plain text: numbers by their source text, every product with *,
// θ as θ1 and θ2, each function by its one name. Parsed again it gives the same formula, unless the signs and brackets
// that are now written out pass the limits of [Parse]; to keep a formula, keep its Source.
func (e *Expr) String() string { return textOf(e.root, e.greek) }

// Variables returns the names of the variables that occur, x before y and θ1 before θ2; for a constant, x. A derivative
// has the variables of the formula it comes from, whether or not they still occur.
func (e *Expr) Variables() []string {
	list := make([]string, len(e.vars))
	for i, v := range e.vars {
		list[i] = variableName(v, e.greek)
	}
	return list
}

// Dim is the number of Variables, 1 or 2.
func (e *Expr) Dim() int { return len(e.vars) }

// Notes returns a sentence for each place where readers could disagree about the meaning, in the order of the text.
func (e *Expr) Notes() []string { return append([]string(nil), e.notes...) }

// Derivative returns the partial derivative with respect to Variables()[i], tidied as a person would write it. It is
// exact wherever the formula is differentiable; the package comment states what holds at kinks. It panics unless
// 0 ≤ i < Dim().
func (e *Expr) Derivative(i int) *Expr {
	return e.derivative(&differentiator{v: e.vars[i]})
}

func (e *Expr) derivative(d *differentiator) *Expr {
	return &Expr{root: turned(d.derivative(e.root)), greek: e.greek, vars: e.vars}
}

// Gradient returns the partial derivatives in the order of Variables.
func (e *Expr) Gradient() []*Expr {
	g := make([]*Expr, e.Dim())
	for i := range g {
		g[i] = e.Derivative(i)
	}
	return g
}

// Hessian returns the second partial derivatives: row i, column j is ∂²/∂i∂j. The matrix is symmetric, and the entries
// above the diagonal are the ones below it.
func (e *Expr) Hessian() [][]*Expr {
	d := make([]*differentiator, e.Dim())
	for i := range d {
		d[i] = &differentiator{v: e.vars[i]}
	}
	h := make([][]*Expr, e.Dim())
	for i := range h {
		g := e.derivative(d[i])
		h[i] = make([]*Expr, e.Dim())
		for j := range i + 1 {
			h[i][j] = g.derivative(d[j])
			h[j][i] = h[i][j]
		}
	}
	return h
}
