package derive

import "math/rand/v2"

// A pool has the values that a variable takes by turns.
type pool struct {
	special []value // where something may happen: whole numbers, halves, the numbers of the formulas and what lies beside them
	near    []value // close to those
}

// pools are the values for each domain, given the numbers that occur in formulas.
func pools(codes ...*code) map[Domain]*pool {
	special := []value{whole(2), fraction(1, 2), whole(3), whole(-2), whole(-1), fraction(-3, 2), whole(1), whole(0)}
	var near []value
	have := map[[2]int64]bool{}
	for _, v := range special {
		have[[2]int64{v.n, v.d}] = true
	}
	insert := func(v value) {
		if v.d != 0 && v.d < largest && small(v.n) && !have[[2]int64{v.n, v.d}] && len(special) < 40 {
			have[[2]int64{v.n, v.d}] = true
			special = append(special, v)
		}
	}
	for _, c := range codes {
		for i := range c.list {
			in := &c.list[i]
			if in.op != opNumber || in.num.d == 0 || !small(in.num.n) || in.num.d > 1<<20 || in.num.isZero() {
				continue
			}
			for _, v := range []value{in.num, in.num.negated()} {
				insert(v)
				for _, k := range []int64{1, -1} {
					insert(plus(v, whole(k)))
				}
				if len(near) < 96 {
					for _, by := range []float64{1e-3, -1e-3, 0.03, -0.03} {
						near = append(near, real(v.v+by), real(v.v*(1+by)))
					}
				}
			}
		}
	}
	near = append(near, real(1.001), real(0.97), real(-1.03), real(-0.999), real(1.01), real(1e-3), real(-1e-3))
	all := map[Domain]*pool{Binary: {special: []value{whole(0), whole(1)}, near: []value{whole(0), whole(1)}}}
	for _, d := range []Domain{Real, Positive, Unit} {
		p := &pool{}
		for _, v := range special {
			if d.has(v.v) {
				p.special = append(p.special, v)
			}
		}
		for _, v := range near {
			if d.has(v.v) {
				p.near = append(p.near, v)
			}
		}
		for _, v := range []value{fraction(1, 4), fraction(3, 4), fraction(1, 3)} {
			if d == Unit {
				p.special = append(p.special, v)
			}
		}
		all[d] = p
	}
	return all
}

func (d Domain) has(v float64) bool {
	switch d {
	case Positive:
		return v > 0
	case Unit:
		return 0 < v && v < 1
	case Binary:
		return v == 0 || v == 1
	}
	return true
}

// scaled is a random value of a domain whose magnitude is about scale.
func scaled(rng *rand.Rand, d Domain, scale float64) value {
	v := scale * (0.5 + rng.Float64())
	switch d {
	case Unit:
		if v >= 1 {
			v = 1 - 1/(v+2)
		}
	case Binary:
		return whole(int64(rng.IntN(2)))
	case Real:
		if rng.IntN(2) == 0 {
			v = -v
		}
	}
	return real(v)
}

// plainScenes are the points for formulas without sums, those that are easy to follow first. They are made from the
// domains and from the numbers in the formulas.
func plainScenes(domains []Domain, codes ...*code) []*scene {
	rng := rand.New(rand.NewPCG(seed, 4))
	all := pools(codes...)
	var scenes []*scene
	put := func(general bool, pick func(k int, d Domain) value) {
		s := &scene{generic: general, order: -1, scalars: make([]value, len(domains))}
		for k, d := range domains {
			s.scalars[k] = pick(k, d)
		}
		scenes = append(scenes, s)
	}
	if len(domains) == 0 {
		put(true, nil)
		return scenes
	}
	if countBinary(domains) == len(domains) && len(domains) <= 8 {
		for bits := range 1 << len(domains) {
			put(true, func(k int, d Domain) value { return whole(int64(bits >> k & 1)) })
		}
		return scenes
	}
	pick := func(from []value) value { return from[rng.IntN(len(from))] }
	longest := 0
	for _, d := range domains {
		longest = max(longest, len(all[d].special))
	}
	for at := range longest { // each special value, with others beside it
		put(false, func(k int, d Domain) value {
			special := all[d].special
			return special[(at*(2*k+1)+3*k)%len(special)]
		})
	}
	for range 24 {
		put(true, func(k int, d Domain) value { return generic(rng, d) })
	}
	if len(domains) <= 3 && hasPower(codes) { // every combination of a few values: whole and broken powers of what is negative
		few := []value{whole(-1), whole(2), fraction(1, 2), whole(-2), fraction(1, 3)}
		for at := range power5(len(domains)) {
			put(false, func(k int, d Domain) value {
				if v := few[at/power5(k)%5]; d.has(v.v) {
					return v
				}
				return pick(all[d].special)
			})
		}
	}
	if len(domains) > 1 {
		for range 24 { // pairs of special values, equal ones among them
			v := pick(all[Real].special)
			put(false, func(k int, d Domain) value {
				if rng.IntN(2) == 0 && d.has(v.v) {
					return v
				}
				if w := v.negated(); rng.IntN(4) == 0 && d.has(w.v) {
					return w
				}
				return pick(all[d].special)
			})
		}
		for range 16 { // about 1 apart, where high powers of differences neither vanish nor overflow
			base := between(rng, 0.2, 2)
			put(false, func(k int, d Domain) value {
				v := base + float64(rng.IntN(3)-1) + 0.02*rng.Float64()
				if d.has(v) {
					return real(v)
				}
				return generic(rng, d)
			})
		}
	}
	for at := range max(len(all[Real].near)*min(len(domains), 2), 12) {
		put(false, func(k int, d Domain) value {
			near := all[d].near
			if len(domains) > 1 && rng.IntN(2) == 0 || len(near) == 0 {
				return generic(rng, d)
			}
			return near[at%len(near)]
		})
	}
	for _, scale := range []float64{0.01, 1e-5, 7, 30, 200, 1e4, 1e8, 0.3, 15} {
		for range 4 {
			put(true, func(k int, d Domain) value {
				if len(domains) > 1 && rng.IntN(4) == 0 {
					return generic(rng, d)
				}
				return scaled(rng, d, scale)
			})
		}
	}
	return scenes
}

// moreScenes are further points, at scales that have not been looked at as closely, for formulas that are rarely defined.
func moreScenes(domains []Domain, codes ...*code) []*scene {
	rng := rand.New(rand.NewPCG(seed, 5))
	all := pools(codes...)
	var scenes []*scene
	for at := range 400 {
		s := &scene{generic: true, order: -1}
		scale := []float64{0.3, 1, 3, 10, 100}[at%5]
		for _, d := range domains {
			v := scaled(rng, d, scale)
			if near := all[d].special; at%3 == 0 && d != Binary {
				if w := near[rng.IntN(len(near))].v * (1 + 0.3*rng.NormFloat64()); d.has(w) {
					v = real(w)
				}
			}
			s.scalars = append(s.scalars, v)
		}
		scenes = append(scenes, s)
	}
	return scenes
}

// beside are points close to s, where a difference that was seen at s must show again.
func beside(s *scene) []*scene {
	var list []*scene
	for _, by := range []float64{1e-9, -1e-9, 1e-6, -1e-6, 1e-4, -1e-4} {
		at := *s
		at.order, at.scalars = -1, nil
		for _, v := range s.scalars {
			if v.d == 1 && (v.n == 0 || v.n == 1) {
				at.scalars = append(at.scalars, v)
				continue
			}
			at.scalars = append(at.scalars, real(v.v*(1+by)))
		}
		list = append(list, &at)
	}
	return list
}

func power5(k int) int {
	n := 1
	for range k {
		n *= 5
	}
	return n
}

// hasPower reports whether there is a power whose exponent is no number.
func hasPower(codes []*code) bool {
	for _, c := range codes {
		for i := range c.list {
			if n := c.list[i].node; n.op == opPow {
				if _, constant := n.constantPower(); !constant {
					return true
				}
			}
		}
	}
	return false
}
