package sandbox

import (
	"fmt"
	"math/big"
	"slices"

	"go.starlark.net/syntax"
)

// Limits of a program's tree.
const (
	deepest     = 60  // brackets and blocks within each other
	mostWritten = 100 // entries of a list, tuple or dict written out, arguments of a call
)

// A rewriter makes of a program's tree one whose operators are calls of this package, and refuses what has no place in
// it. It keeps the first trouble.
type rewriter struct {
	trouble *trouble
	at      syntax.Position // of the trouble
	depth   int
	nodes   int // expressions met
	widest  int // most expressions of one statement of the function: bounds its stack
	names   int // names bound in the function
	made    int // names invented for assignments to several places
}

func (r *rewriter) refuse(at syntax.Position, what, instead string) {
	if r.trouble == nil {
		r.trouble, r.at = &trouble{what, instead}, at
	}
}

// call is a call of an operation, which stands where the operator did.
func call(name string, at syntax.Position, args ...syntax.Expr) *syntax.CallExpr {
	return &syntax.CallExpr{Fn: &syntax.Ident{NamePos: at, Name: name}, Lparen: at, Args: args, Rparen: at}
}

func whole(n int, at syntax.Position) *syntax.Literal {
	return &syntax.Literal{Token: syntax.INT, TokenPos: at, Raw: fmt.Sprint(n), Value: int64(n)}
}

// file rewrites a program: functions and named values at the left margin.
func (r *rewriter) file(f *syntax.File) {
	for _, s := range f.Stmts {
		switch s := s.(type) {
		case *syntax.DefStmt:
			r.function(s)
		case *syntax.AssignStmt:
			if _, ok := s.LHS.(*syntax.Ident); !ok || s.Op != syntax.EQ {
				r.refuse(syntax.Start(s), "Outside of functions only a name gets a value.", "As in beta = 0.9.")
				continue
			}
			s.RHS = r.expr(s.RHS)
		case *syntax.LoadStmt:
			r.refuse(s.Load, "A program cannot load others.", "All that there is stands beside the field.")
		case *syntax.ExprStmt:
			if l, ok := s.X.(*syntax.Literal); ok && l.Token == syntax.STRING {
				continue // a remark
			}
			r.refuse(syntax.Start(s), "This does nothing outside of a function.", "Put it into the function, moved in by four spaces.")
		default:
			r.refuse(syntax.Start(s), "Outside of functions there are only functions and named values.", "Put it into the function, moved in by four spaces.")
		}
	}
}

func (r *rewriter) function(d *syntax.DefStmt) {
	r.names, r.widest = len(d.Params), 0
	for _, p := range d.Params {
		switch p := p.(type) {
		case *syntax.Ident:
		case *syntax.BinaryExpr: // name = value
			p.Y = r.root(p.Y)
		default:
			r.refuse(syntax.Start(p), "A parameter has no star here.", "Name each of them.")
		}
	}
	d.Body = r.block(d.Body)
	enter := &syntax.ExprStmt{X: call(opEnter, d.Def, whole(r.names+r.widest+8, d.Def))}
	d.Body = slices.Insert(d.Body, 0, syntax.Stmt(enter))
}

func (r *rewriter) block(list []syntax.Stmt) []syntax.Stmt {
	if r.depth++; r.depth > deepest {
		r.refuse(syntax.Start(list[0]), "This is nested too deeply.", "Split it into functions.")
		return list
	}
	defer func() { r.depth-- }()
	var out []syntax.Stmt
	for _, s := range list {
		out = append(out, r.stmt(s)...)
	}
	return out
}

func (r *rewriter) stmt(s syntax.Stmt) []syntax.Stmt {
	switch s := s.(type) {
	case *syntax.AssignStmt:
		return r.assign(s)
	case *syntax.ExprStmt:
		s.X = r.root(s.X)
	case *syntax.ReturnStmt:
		if s.Result != nil {
			s.Result = r.root(s.Result)
		}
	case *syntax.IfStmt:
		s.Cond = r.root(s.Cond)
		s.True = r.block(s.True)
		if s.False != nil {
			s.False = r.block(s.False)
		}
	case *syntax.ForStmt:
		r.bind(s.Vars)
		s.X = call(opEach, s.For, r.root(s.X))
		s.Body = r.block(s.Body)
	case *syntax.BranchStmt:
	case *syntax.WhileStmt:
		r.refuse(s.While, "There is no while here: it might never end.", "Write for i in range(n), and break where it is to end.")
	case *syntax.DefStmt:
		r.refuse(s.Def, "A function cannot stand within another one.", "Write it above, at the left margin.")
	case *syntax.LoadStmt:
		r.refuse(s.Load, "A program cannot load others.", "All that there is stands beside the field.")
	default:
		r.refuse(syntax.Start(s), "This has no place in a rule.", "")
	}
	return []syntax.Stmt{s}
}

// bind checks what a for, or a part of an assignment, gives values to: names.
func (r *rewriter) bind(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Ident:
		r.names++
	case *syntax.ParenExpr:
		r.bind(e.X)
	case *syntax.TupleExpr:
		for _, x := range e.List {
			r.bind(x)
		}
	default:
		r.refuse(syntax.Start(e), "Only a name can get these values.", "As in for x, y in zip(a, b).")
	}
}

// assign rewrites an assignment. One to an entry becomes a call; one that calculates an ordinary one; one to several
// places gives them to names first.
func (r *rewriter) assign(s *syntax.AssignStmt) []syntax.Stmt {
	for {
		p, ok := s.LHS.(*syntax.ParenExpr)
		if !ok {
			break
		}
		s.LHS = p.X
	}
	sign, calculates := augmented[s.Op]
	switch lhs := s.LHS.(type) {
	case *syntax.Ident:
		r.names++
		s.RHS = r.root(s.RHS)
		if calculates {
			s.RHS = call(sign, s.OpPos, &syntax.Ident{NamePos: lhs.NamePos, Name: lhs.Name}, s.RHS)
			s.Op = syntax.EQ
			return []syntax.Stmt{s}
		}
	case *syntax.IndexExpr:
		if calculates || s.Op == syntax.EQ {
			return []syntax.Stmt{r.setEntry(lhs, s.OpPos, opSet+sign, r.root(s.RHS))}
		}
	case *syntax.TupleExpr:
		if s.Op == syntax.EQ {
			s.RHS = r.root(s.RHS)
			return append([]syntax.Stmt{s}, r.places(lhs)...)
		}
	case *syntax.SliceExpr:
		r.refuse(lhs.Lbrack, "A part of a vector or list cannot be set at once.", "Set its entries one by one in a for.")
	case *syntax.DotExpr:
		r.refuse(lhs.Dot, "There are no fields here.", "Keep it in a name of its own, or between steps in state[\"m\"].")
	default:
		r.refuse(syntax.Start(lhs), "This cannot get a value.", "A name can, or an entry such as theta[0].")
	}
	if s.Op != syntax.EQ {
		r.refuse(s.OpPos, fmt.Sprintf("There is no %s here.", s.Op), "Write it out: a = a + b.")
	}
	return []syntax.Stmt{s}
}

func (r *rewriter) setEntry(lhs *syntax.IndexExpr, at syntax.Position, name string, value syntax.Expr) syntax.Stmt {
	return &syntax.ExprStmt{X: call(name, at, r.root(lhs.X), r.root(lhs.Y), value)}
}

// places replaces the entries among the places of an assignment by names, and gives what sets the entries afterwards.
func (r *rewriter) places(t *syntax.TupleExpr) (after []syntax.Stmt) {
	for i, x := range t.List {
		switch x := x.(type) {
		case *syntax.IndexExpr:
			r.made++
			name := fmt.Sprintf("entry %d", r.made)
			at := x.Lbrack
			t.List[i] = &syntax.Ident{NamePos: at, Name: name}
			after = append(after, r.setEntry(x, at, opSet, &syntax.Ident{NamePos: at, Name: name}))
			r.names++
		case *syntax.TupleExpr:
			after = append(after, r.places(x)...)
		default:
			r.bind(x)
		}
	}
	return after
}

// root rewrites an expression that stands in a statement.
func (r *rewriter) root(e syntax.Expr) syntax.Expr {
	before := r.nodes
	e = r.expr(e)
	r.widest = max(r.widest, 2*(r.nodes-before)) // an operator becomes two: what is called, and its value
	return e
}

// bigWhole reports whether a literal is beyond what a float64 holds exactly.
func bigWhole(l *syntax.Literal) bool {
	switch v := l.Value.(type) {
	case int64:
		return v > mostWhole
	case *big.Int:
		return true
	}
	return false
}
