package logistic

import "descent/optim/logistic/kernel"

// Advance makes so many updates, the same to the bit as so many calls of Update.
// It is faster for gradient descent with a constant rate by single rows, without an
// average.
func (t *Trainer) Advance(updates int) {
	c, m := t.config, t.model
	plain := c.Rule == nil && c.Rate == nil && t.average == nil
	if !plain || t.batches == nil || c.Batch != 1 || m.dim-1 > kernel.MaxDescend {
		for range updates {
			t.Update()
		}
		return
	}
	for updates > 0 {
		list, count := t.batches.nextRows(updates)
		m.descend(list, count, t.theta, c.Eta)
		updates -= count
		t.updates += count
		t.examples += count
	}
}

// descend makes a step of length rate by the gradient over each of the first count
// rows of list, one after the other; those after them are fetched into the cache
// meanwhile.
func (m *Model) descend(list []int, count int, theta []float64, rate float64) {
	m.mustHave(list[:count])
	var ahead []int
	if len(list) >= count+fetchAhead {
		ahead = list[fetchAhead : fetchAhead+count]
	}
	decay := m.l2 * m.share(1)
	kernel.Descend(m.x, list[:count], ahead, m.y, theta, rate, decay)
}
