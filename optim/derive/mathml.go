package derive

import (
	"html"
	"slices"
	"strings"
)

// MathML is the formula as a <math> element in the slides' notation: Σ with its bounds, ∂/∂θ_j, rows raised in brackets.
// What a derivative or a sum reaches over stands in brackets. Its alttext is String().
func (f *Formula) MathML() string { return f.MarkedMathML([2]int{}) }

// MarkedMathML is MathML with what stands at mark in the text, from the first character to before the second, each part in
// an <mrow class="changed">: the largest parts within, or the smallest around. Both zero: nothing is marked. See [Line.Mark].
func (f *Formula) MarkedMathML(mark [2]int) string {
	p := mathPrinter{marked: f.within(mark)}
	p.put(`<math display="inline" alttext="`, html.EscapeString(f.String()), `"><mrow>`)
	for i, side := range f.sides {
		if i > 0 {
			p.put("<mo>=</mo>")
		}
		p.write(side, bindsSum)
	}
	p.put("</mrow></math>")
	return p.out.String()
}

// within are the largest parts that stand within a mark, or the smallest one around it; nil for none.
func (f *Formula) within(mark [2]int) []*node {
	if mark[0] >= mark[1] {
		return nil
	}
	var inside []*node
	var around *node
	for _, side := range f.sides {
		side.walk(func(n *node) bool {
			switch {
			case n.end == n.pos:
			case mark[0] <= n.pos && n.end <= mark[1]:
				inside = append(inside, n)
			case n.pos <= mark[0] && mark[1] <= n.end && (around == nil || n.end-n.pos < around.end-around.pos):
				around = n
			}
			return true
		})
	}
	inside = slices.DeleteFunc(inside, func(n *node) bool { // parts of parts
		return slices.ContainsFunc(inside, func(o *node) bool { return o != n && (o.a == n || o.b == n) })
	})
	if inside == nil && around != nil {
		return []*node{around}
	}
	return inside
}

type mathPrinter struct {
	out    strings.Builder
	marked []*node // written with the class "changed"
}

func (p *mathPrinter) put(s ...string) {
	for _, part := range s {
		p.out.WriteString(part)
	}
}

// binds differs from the echo's in one thing: a fraction's bar brackets its parts, while a sum or derivative does not end by itself.
func (p *mathPrinter) binds(n *node) binding {
	switch n.op {
	case opDiv:
		return bindsPower
	case opSum, opD:
		return bindsSign
	}
	return n.binds()
}

func (p *mathPrinter) write(n *node, place binding) {
	if slices.Contains(p.marked, n) {
		p.put(`<mrow class="changed">`)
		defer p.put(`</mrow>`)
	}
	if p.binds(n) < place {
		p.put(`<mrow><mo>(</mo>`)
		defer p.put(`<mo>)</mo></mrow>`)
	}
	switch n.op {
	case opNumber:
		p.put("<mn>", n.text, "</mn>")
	case opConstant, opScalar:
		p.name(n.text)
	case opLoss:
		p.put("<mi>", n.text, "</mi>")
	case opOrdinal:
		p.put("<mi>", n.i.name, "</mi>")
	case opCount:
		p.put("<mi>", n.over.bound(), "</mi>")
	case opTheta:
		p.put("<mi>θ</mi>")
	case opThetaAt:
		p.put("<msub><mi>θ</mi><mi>", n.i.name, "</mi></msub>")
	case opX:
		p.put("<msubsup><mi>x</mi><mi>", n.k.name, "</mi>", raised(n.i), "</msubsup>")
	case opRow:
		p.atRow("x", n.i)
	case opY:
		p.atRow("y", n.i)
	case opH:
		p.atRow("h", n.i)
	case opZ:
		p.atRow("z", n.i)
	case opNeg:
		p.put(`<mo form="prefix">−</mo>`)
		place := bindsProduct
		if n.a.op == opSum || n.a.op == opD {
			place = bindsSign
		}
		p.write(n.a, place)
	case opAdd:
		p.infix(n, bindsSum, "<mo>+</mo>", bindsProduct)
	case opSub:
		p.infix(n, bindsSum, "<mo>−</mo>", bindsProduct)
	case opMul:
		sign := "<mo>&#x2062;</mo>"
		if leads(n.b) {
			sign = "<mo>·</mo>"
		} else if leadsWithName(n.b) {
			sign += `<mspace width="0.17em"></mspace>`
		}
		p.infix(n, bindsProduct, sign, bindsPower)
	case opDiv:
		p.put("<mfrac>")
		p.row(n.a, bindsSum)
		p.row(n.b, bindsSum)
		p.put("</mfrac>")
	case opPow:
		p.put("<msup>")
		p.row(n.a, bindsAll)
		p.row(n.b, bindsSum)
		p.put("</msup>")
	case opCall:
		p.call(n)
	case opDot:
		p.put("<msup>")
		p.row(n.a, bindsAll)
		p.put("<mi>T</mi></msup><mo>&#x2062;</mo>")
		p.write(n.b, bindsAll)
	case opSum:
		p.put("<munderover><mo>∑</mo><mrow><mi>", n.i.name, "</mi><mo>=</mo><mn>1</mn></mrow><mi>", n.over.bound(), "</mi></munderover>")
		if n.b.op == opMul {
			p.reached(n.b, bindsProduct) // a sum always takes the whole product
		} else {
			p.reach(n.b)
		}
	case opD:
		p.put("<mfrac><mo>∂</mo><mrow><mo>∂</mo>")
		p.write(n.a, bindsAll)
		p.put(`</mrow></mfrac><mspace width="0.17em"></mspace>`)
		p.reach(n.b)
	}
}

// leads reports whether n begins with a digit, before which an invisible product would be misread.
func leads(n *node) bool {
	for n.op == opMul || n.op == opPow {
		n = n.a
	}
	return n.op == opNumber
}

// leadsWithName reports whether n begins with the name of a function, as exp, before which there is a thin space.
func leadsWithName(n *node) bool {
	for n.op == opMul || n.op == opPow {
		n = n.a
	}
	return n.op == opCall && n.fn != fnSigma && n.fn != fnSigmaPrime && n.fn != fnSqrt && n.fn != fnAbs
}

// reach writes that over which a sum or derivative reaches: in brackets unless it is one symbol or a function, or a product behind Σ.
func (p *mathPrinter) reach(n *node) { p.reached(n, bindsAll) }

func (p *mathPrinter) reached(n *node, place binding) {
	if n.op == opDiv || n.op == opPow {
		place = bindsPower
	}
	if n.op == opSum || n.op == opD {
		place = bindsSum
	}
	p.write(n, place)
}

func (p *mathPrinter) row(n *node, place binding) {
	p.put("<mrow>")
	p.write(n, place)
	p.put("</mrow>")
}

func (p *mathPrinter) infix(n *node, left binding, sign string, right binding) {
	p.write(n.a, left)
	p.put(sign)
	p.write(n.b, right)
}

func raised(i ref) string {
	return "<mrow><mo>(</mo><mi>" + i.name + "</mi><mo>)</mo></mrow>"
}

func (p *mathPrinter) atRow(name string, i ref) {
	p.put("<msup><mi>", name, "</mi>", raised(i), "</msup>")
}

// name writes a variable: digits and what follows _ are its index.
func (p *mathPrinter) name(text string) {
	base := strings.TrimRight(text, "0123456789")
	index := text[len(base):]
	if letters, rest, ok := strings.Cut(text, "_"); ok {
		base, index = letters, rest
	}
	if letter := greekLetter[base]; letter != "" {
		base = letter
	}
	if index == "" || base == "" {
		p.put("<mi>", base, index, "</mi>")
		return
	}
	p.put("<msub><mi>", base, "</mi><mi>", index, "</mi></msub>")
}

func (p *mathPrinter) call(n *node) {
	switch n.fn {
	case fnSqrt:
		p.put("<msqrt>")
		p.write(n.a, bindsSum)
		p.put("</msqrt>")
		return
	case fnAbs:
		p.put("<mrow><mo>|</mo>")
		p.write(n.a, bindsSum)
		p.put("<mo>|</mo></mrow>")
		return
	case fnSigma:
		p.put("<mi>σ</mi>")
	case fnSigmaPrime:
		p.put("<msup><mi>σ</mi><mo>′</mo></msup>")
	default:
		p.put("<mi>", functionNames[n.fn], "</mi>")
	}
	p.put("<mo>&#x2061;</mo><mrow><mo>(</mo>")
	p.write(n.a, bindsSum)
	if n.b != nil {
		p.put("<mo>,</mo>")
		p.write(n.b, bindsSum)
	}
	p.put("<mo>)</mo></mrow>")
}
