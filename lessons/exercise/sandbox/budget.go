package sandbox

import (
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
)

// What the programs of one budget may do together. A run of 100 steps of a usual rule takes some 10,000
// operations; all of them take about 20 ms on one core.
const (
	MaxOperations = 300_000
	MaxBytes      = 8 << 20
	MaxPrinted    = 2_000 // characters
)

// Limits of single values.
const (
	mostEntries = 10_000  // of a list, tuple, vector or range
	mostKeys    = 100     // of a dict
	mostText    = 1_000   // bytes of a text
	mostWhole   = 1 << 53 // up to here a float64 knows every whole number
)

// A Budget is what programs that run one after the other may use. It is spent once, and not safe for concurrent use.
type Budget struct {
	thread  *starlark.Thread
	bytes   int
	printed strings.Builder
	letters int // characters printed
}

// NewBudget is a full budget.
func NewBudget() *Budget {
	b := &Budget{thread: &starlark.Thread{Name: "program"}, bytes: MaxBytes}
	b.thread.SetMaxExecutionSteps(MaxOperations)
	b.thread.SetLocal(budgetKey, b)
	return b
}

const budgetKey = "budget"

// Operations and Bytes are how much has been spent, as it is counted here.
func (b *Budget) Operations() int { return int(min(b.thread.ExecutionSteps(), MaxOperations)) }
func (b *Budget) Bytes() int      { return MaxBytes - max(b.bytes, 0) }

// Printed is what was printed: at most MaxPrinted characters, with … at the end where there was more.
func (b *Budget) Printed() string { return b.printed.String() }

// take charges memory.
func (b *Budget) take(bytes int) error {
	if b.bytes -= bytes; b.bytes < 0 {
		return refuse("Keep fewer and shorter lists.", "The program used up its memory of %d MB.", MaxBytes>>20)
	}
	return nil
}

// work charges time beside the operation itself. The interpreter stops before its next operation.
func (b *Budget) work(operations int) { b.thread.Steps += uint64(operations) }

// spent reports whether the operations are used up.
func (b *Budget) spent() bool { return b.thread.ExecutionSteps() >= MaxOperations }

// print adds to what was printed, up to its limit.
func (b *Budget) print(text string) {
	for _, r := range text {
		if b.letters++; b.letters >= MaxPrinted {
			if b.letters == MaxPrinted {
				b.printed.WriteRune('…')
			}
			return
		}
		b.printed.WriteRune(r)
	}
	b.work(utf8.RuneCountInString(text) / 8)
}

// Hush makes print do nothing from now on.
func (b *Budget) Hush() { b.letters = max(b.letters, MaxPrinted) }
