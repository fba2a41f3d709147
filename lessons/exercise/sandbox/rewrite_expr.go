package sandbox

import (
	"fmt"

	"go.starlark.net/syntax"
)

// expr rewrites an expression. Where it refuses, what it gives is not used.
func (r *rewriter) expr(e syntax.Expr) syntax.Expr {
	r.nodes++
	if r.depth++; r.depth > deepest {
		r.refuse(syntax.Start(e), "This is nested too deeply, or one formula is too long.", "Give parts of it a name of their own first.")
		return e
	}
	defer func() { r.depth-- }()
	switch e := e.(type) {
	case *syntax.Ident:
	case *syntax.Literal:
		r.literal(e)
	case *syntax.ParenExpr:
		return r.expr(e.X)
	case *syntax.UnaryExpr:
		return r.unary(e)
	case *syntax.BinaryExpr:
		return r.binary(e)
	case *syntax.CondExpr:
		e.Cond, e.True, e.False = r.expr(e.Cond), r.expr(e.True), r.expr(e.False)
	case *syntax.ListExpr:
		return call(opList, e.Lbrack, r.all(e.Lbrack, e.List)...)
	case *syntax.TupleExpr:
		return call(opTuple, syntax.Start(e), r.all(syntax.Start(e), e.List)...)
	case *syntax.DictExpr:
		return r.dict(e)
	case *syntax.IndexExpr:
		return call(opIndex, e.Lbrack, r.expr(e.X), r.expr(e.Y))
	case *syntax.SliceExpr:
		return r.slice(e)
	case *syntax.CallExpr:
		return r.call(e)
	case *syntax.Comprehension:
		r.comprehension(e)
	case *syntax.DotExpr:
		r.dot(e)
	case *syntax.LambdaExpr:
		r.refuse(e.Lambda, "There is no lambda here.", "Write a function with def, above.")
	default:
		r.refuse(syntax.Start(e), "This has no place in a rule.", "")
	}
	return e
}

func (r *rewriter) literal(l *syntax.Literal) {
	switch {
	case l.Token == syntax.BYTES:
		r.refuse(l.TokenPos, "There are no bytes here.", "Write a text without b.")
	case l.Token == syntax.INT && bigWhole(l):
		r.refuse(l.TokenPos, "Whole numbers end at 2 to the power of 53 here.", "Write a decimal number, such as 1e20.")
	case l.Token == syntax.STRING && len(l.Value.(string)) > mostText:
		r.refuse(l.TokenPos, fmt.Sprintf("A text has at most %d characters.", mostText), "")
	}
}

func (r *rewriter) unary(e *syntax.UnaryExpr) syntax.Expr {
	switch e.Op {
	case syntax.PLUS:
		return r.expr(e.X)
	case syntax.NOT:
		e.X = r.expr(e.X)
		return e
	case syntax.MINUS:
		x := r.expr(e.X)
		if l, ok := x.(*syntax.Literal); ok && l.Token != syntax.STRING {
			e.X = x
			return e
		}
		return call(opNegative, e.OpPos, x)
	}
	r.refuse(e.OpPos, fmt.Sprintf("There is no %s here.", e.Op), "")
	return e
}

func (r *rewriter) binary(e *syntax.BinaryExpr) syntax.Expr {
	switch e.Op {
	case syntax.AND, syntax.OR:
		e.X, e.Y = r.expr(e.X), r.expr(e.Y)
		return e
	case syntax.CIRCUMFLEX:
		r.refuse(e.OpPos, "^ is no power here.", "Write x*x, or pow(x, 3).")
		return e
	}
	sign, ok := signs[e.Op]
	if !ok {
		r.refuse(e.OpPos, fmt.Sprintf("There is no %s here.", e.Op), "Numbers and vectors have + - * / // %.")
		return e
	}
	out := call(sign, e.OpPos, r.expr(e.X), r.expr(e.Y))
	if e.Op == syntax.NOT_IN {
		return &syntax.UnaryExpr{OpPos: e.OpPos, Op: syntax.NOT, X: out}
	}
	return out
}

// all rewrites what stands in brackets.
func (r *rewriter) all(at syntax.Position, list []syntax.Expr) []syntax.Expr {
	if len(list) > mostWritten {
		r.refuse(at, fmt.Sprintf("More than %d entries are written out.", mostWritten), "Build a long list in a for, or with [… for i in range(n)].")
		return list
	}
	out := make([]syntax.Expr, len(list))
	for i, x := range list {
		out[i] = r.expr(x)
	}
	return out
}

func (r *rewriter) dict(e *syntax.DictExpr) syntax.Expr {
	var pairs []syntax.Expr
	for _, x := range e.List {
		entry := x.(*syntax.DictEntry)
		pairs = append(pairs, entry.Key, entry.Value)
	}
	return call(opDict, e.Lbrace, r.all(e.Lbrace, pairs)...)
}

func (r *rewriter) slice(e *syntax.SliceExpr) syntax.Expr {
	if e.Step != nil {
		r.refuse(syntax.Start(e.Step), "A part has two edges and no step.", "Write x[a:b].")
		return e
	}
	edge := func(x syntax.Expr) syntax.Expr {
		if x == nil {
			return &syntax.Ident{NamePos: e.Lbrack, Name: "None"}
		}
		return r.expr(x)
	}
	return call(opSlice, e.Lbrack, r.expr(e.X), edge(e.Lo), edge(e.Hi))
}

// call rewrites a call of a function by its name, or of a method.
func (r *rewriter) call(e *syntax.CallExpr) syntax.Expr {
	if len(e.Args) > mostWritten {
		r.refuse(e.Lparen, fmt.Sprintf("More than %d arguments are too many.", mostWritten), "")
		return e
	}
	for i, arg := range e.Args {
		if named, ok := arg.(*syntax.BinaryExpr); ok && named.Op == syntax.EQ {
			named.Y = r.expr(named.Y)
			r.nodes++
			continue
		}
		if star, ok := arg.(*syntax.UnaryExpr); ok && (star.Op == syntax.STAR || star.Op == syntax.STARSTAR) {
			r.refuse(star.OpPos, "An argument has no star here.", "Write the arguments one by one.")
			return e
		}
		e.Args[i] = r.expr(arg)
	}
	switch fn := e.Fn.(type) {
	case *syntax.Ident:
		r.nodes++
		return e
	case *syntax.DotExpr:
		if !r.dotted(fn) {
			return e
		}
		return &syntax.CallExpr{
			Fn: &syntax.Ident{NamePos: fn.Dot, Name: "." + fn.Name.Name}, Lparen: e.Lparen, Rparen: e.Rparen,
			Args: append([]syntax.Expr{r.expr(fn.X)}, e.Args...),
		}
	}
	r.refuse(e.Lparen, "Only a function with a name can be called.", "A product needs its sign: 2*(a + b).")
	return e
}

func (r *rewriter) comprehension(e *syntax.Comprehension) {
	if e.Curly {
		r.refuse(e.Lbrack, "A dict is not built with for in its brackets here.", "Fill it in a for.")
		return
	}
	for _, c := range e.Clauses {
		switch c := c.(type) {
		case *syntax.ForClause:
			r.bind(c.Vars)
			c.X = call(opEach, c.For, r.expr(c.X))
		case *syntax.IfClause:
			c.Cond = r.expr(c.Cond)
		}
	}
	e.Body = call(opElement, syntax.Start(e.Body), r.expr(e.Body))
}

// modules are what programs in Python begin names with.
var modules = map[string]bool{"np": true, "numpy": true, "math": true, "torch": true, "random": true}

// dot refuses a dot that is no method's call.
func (r *rewriter) dot(e *syntax.DotExpr) {
	if r.dotted(e) {
		r.refuse(e.Dot, fmt.Sprintf("%s is called with brackets.", e.Name.Name), fmt.Sprintf("Write .%s(…).", e.Name.Name))
	}
}

// dotted checks what stands before and after a dot.
func (r *rewriter) dotted(e *syntax.DotExpr) bool {
	name := e.Name.Name
	if id, ok := e.X.(*syntax.Ident); ok && modules[id.Name] {
		instead := "Vectors are calculated with as they are: theta - eta*gradient."
		if _, ok := predeclared[name]; ok {
			instead = fmt.Sprintf("Write %s(…).", name)
		}
		r.refuse(e.Dot, fmt.Sprintf("There is no module %s here.", id.Name), instead)
		return false
	}
	if _, ok := predeclared["."+name]; ok {
		return true
	}
	instead := "Lists have append, pop and clear, dicts get, keys, values, items, setdefault, pop and clear."
	if _, ok := predeclared[name]; ok {
		instead = fmt.Sprintf("Write %s(…) with the value in the brackets.", name)
	}
	r.refuse(e.Dot, fmt.Sprintf("There is no .%s here.", name), instead)
	return false
}
