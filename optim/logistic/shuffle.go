package logistic

import "math/rand/v2"

// manyRows is beyond how many rows a permutation no longer fits in a processor's
// second cache, where Fisher and Yates's exchanges of rows far apart are slow.
const manyRows = 1 << 16

// shuffle puts the rows in a new order, each order being as likely as any other.
//
// Many rows are dealt to 256 bins by a random byte each, and each bin is shuffled by
// itself (C. R. Rao, Sankhyā 23, 1961; M. Sandelius, Journal of the Royal
// Statistical Society B 24, 1962).
func (b *Batches) shuffle() {
	if b.rows <= manyRows {
		b.rng.Shuffle(b.rows, func(i, j int) {
			b.permutation[i], b.permutation[j] = b.permutation[j], b.permutation[i]
		})
		return
	}
	// The bytes are drawn twice, rather than kept: to count, and to deal.
	again := *b.source
	var ends [256]int32
	for row := 0; row < b.rows; row += 8 {
		bits := b.source.Uint64()
		for range min(8, b.rows-row) {
			ends[byte(bits)]++
			bits >>= 8
		}
	}
	total := int32(0)
	for bin, size := range ends {
		ends[bin] = total // the start, until the rows are dealt
		total += size
	}
	for row := 0; row < b.rows; row += 8 {
		bits := again.Uint64()
		for k := range min(8, b.rows-row) {
			bin := byte(bits)
			b.permutation[ends[bin]] = int32(row + k)
			ends[bin]++
			bits >>= 8
		}
	}
	draw := halves{source: b.source}
	start := int32(0)
	for _, end := range ends {
		bin := b.permutation[start:end]
		for i := len(bin) - 1; i > 0; i-- {
			j := draw.below(uint32(i + 1))
			bin[i], bin[j] = bin[j], bin[i]
		}
		start = end
	}
}

// halves makes two random numbers of each of its source.
type halves struct {
	source *rand.PCG
	other  uint32
	full   bool
}

func (h *halves) next() uint32 {
	if h.full = !h.full; h.full {
		v := h.source.Uint64()
		h.other = uint32(v >> 32)
		return uint32(v)
	}
	return h.other
}

// below is a number from 0 to n − 1, each as likely (D. Lemire, ACM Transactions on
// Modeling and Computer Simulation 29, 2019).
func (h *halves) below(n uint32) uint32 {
	product := uint64(h.next()) * uint64(n)
	if uint32(product) < n {
		for least := -n % n; uint32(product) < least; {
			product = uint64(h.next()) * uint64(n)
		}
	}
	return uint32(product >> 32)
}
