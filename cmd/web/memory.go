package main

import "runtime/debug"

// What the garbage collector may leave uncollected, in per cent of what is in use, and where it begins to spare
// memory. Requests make garbage and keep nothing, and what is in use is little but the backdrops (see package views): so
// much keeps the collector out of the way and the process below 96 MB, of which a quarter is the program itself.
//
// Data for long computations, up to some 340 MB, and readers' own, up to 64 MB, come on top: while they are alive the limit is higher by as much. Without
// that the collector would run all the time, and without a limit it would let them grow fourfold.
const (
	garbage     = 300
	memoryLimit = 66 << 20
)

// tuneMemory sets both unless Go's own variables do. The function that it returns is to be told how many bytes of
// data are alive; where GOMEMLIMIT is set it leaves the limit alone. What is not in use any more is given back at once.
func tuneMemory(getenv func(string) string) (heavyData func(bytes int64)) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	limited := getenv("GOMEMLIMIT") != ""
	if !limited {
		debug.SetMemoryLimit(memoryLimit)
	}
	before := int64(0)
	return func(bytes int64) {
		if !limited {
			debug.SetMemoryLimit(memoryLimit + bytes)
		}
		if bytes < before {
			go debug.FreeOSMemory() // the caller holds a lock
		}
		before = bytes
	}
}
