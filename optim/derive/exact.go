package derive

import "math/big"

// exactly evaluates a rational formula of variables in exact arithmetic, in small numbers; ok is false where that takes too long or it is undefined.
func exactly(c *code, at int32, scalars []*big.Rat) (*big.Rat, bool) {
	in := &c.list[at]
	switch in.op {
	case opNumber:
		return in.node.rat, true
	case opScalar:
		return scalars[in.i], true
	}
	if in.op == opSum || in.op == opDot || in.node.a == nil {
		return nil, false
	}
	a, ok := exactly(c, in.a, scalars)
	if !ok {
		return nil, false
	}
	r := new(big.Rat)
	switch in.op {
	case opNeg:
		return r.Neg(a), true
	case opPow:
		k, _ := in.node.wholePower()
		if k < 0 {
			if a.Sign() == 0 {
				return nil, false
			}
			a, k = new(big.Rat).Inv(a), -k
		}
		if int(k)*max(a.Num().BitLen(), a.Denom().BitLen()) > 1<<16 {
			return nil, false
		}
		e := big.NewInt(k)
		return r.SetFrac(new(big.Int).Exp(a.Num(), e, nil), new(big.Int).Exp(a.Denom(), e, nil)), true
	}
	b, ok := exactly(c, in.b, scalars)
	if !ok || a.Num().BitLen()+b.Num().BitLen() > 1<<16 {
		return nil, false
	}
	switch in.op {
	case opAdd:
		return r.Add(a, b), true
	case opSub:
		return r.Sub(a, b), true
	case opMul:
		return r.Mul(a, b), true
	case opDiv:
		if b.Sign() == 0 {
			return nil, false
		}
		return r.Quo(a, b), true
	case opWhere:
		return b, true
	}
	return nil, false
}
