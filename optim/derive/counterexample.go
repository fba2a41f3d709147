package derive

import "math/big"

// A Counterexample is a point at which two formulas differ, or at which only one is defined.
type Counterexample struct {
	Point map[string]float64 // values by name: z, theta_1, x_12 (row 1, feature 2), y_1, and the sizes m and n and the index j
	A, B  float64            // NaN: not defined there
}

// counter is the counterexample at a scene.
func (t *tally) counter(s *scene) *Counterexample {
	if s == nil {
		return nil
	}
	c := &Counterexample{Point: map[string]float64{}}
	c.A, c.B = t.ev.at(t.a, s, nil).v, t.ev.at(t.b, s, nil).v
	t.space.describe(c.Point, s, t.a, t.b)
	return c
}

// describe names the values that formulas use at a scene.
func (s *space) describe(point map[string]float64, at *scene, codes ...*code) {
	digit := func(i int) string { return string(rune('1' + i)) }
	for _, c := range codes {
		for i := range c.list {
			switch in := &c.list[i]; in.op {
			case opScalar:
				point[in.node.text] = at.scalars[in.i].v
			case opThetaAt, opDot, opRowCall:
				for k := range at.n {
					point["theta_"+digit(k)] = at.theta[k]
				}
			case opY:
				for i := range at.m {
					point["y_"+digit(i)] = at.y[i]
				}
			}
			switch c.list[i].op {
			case opX, opDot, opRowCall:
				for i := range at.m {
					for k := range at.n {
						point["x_"+digit(i)+digit(k)] = at.x[i][k]
					}
				}
			}
		}
		if c.data {
			point["m"], point["n"] = float64(at.m), float64(at.n)
		}
		for slot := range slotSum {
			if c.uses[slot] && slot != slotLoss && c.data && (slot != slotJ || c.mentions(slotJ)) {
				name := "j"
				if slot != slotJ {
					name = string(indexLetters[slot-slotFree])
				}
				point[name] = float64(at.free[slot] + 1)
			}
		}
	}
}

// mentions reports whether an index really occurs: an unused one has slot 0 too.
func (c *code) mentions(slot int) bool {
	for i := range c.list {
		if c.list[i].op == opRowCall && int(c.list[i].i) == slot {
			return true
		}
		switch n := c.list[i].node; n.op {
		case opThetaAt, opY, opOrdinal:
			if n.i.slot == slot {
				return true
			}
		case opX, opDelta:
			if n.i.slot == slot || n.k.slot == slot {
				return true
			}
		case opDot:
			if n.a.op == opRow && n.a.i.slot == slot || n.b.op == opRow && n.b.i.slot == slot {
				return true
			}
		}
	}
	return false
}

// exactCounter looks for a counterexample in exact arithmetic.
func (c *comparer) exactCounter(a, b *code) *Counterexample {
	for at := int64(1); at < 6; at++ {
		point := map[string]float64{}
		var scalars []*big.Rat
		for k, name := range c.space.names {
			q := big.NewRat(at+int64(2*k), 3)
			switch c.space.domains[k] {
			case Unit:
				q = big.NewRat(at, at+int64(k)+1)
			case Binary:
				q = big.NewRat((at>>(k%3))&1, 1)
			}
			scalars = append(scalars, q)
			point[name], _ = q.Float64()
		}
		va, oka := exactly(a, int32(len(a.list)-1), scalars)
		vb, okb := exactly(b, int32(len(b.list)-1), scalars)
		if oka && okb && va.Cmp(vb) != 0 {
			counter := &Counterexample{Point: point}
			counter.A, _ = va.Float64()
			counter.B, _ = vb.Float64()
			return counter
		}
	}
	return nil
}
