//go:build !race

package handlers

// slowness is by how much more a test that looks at the clock waits where the race detector slows all down.
const slowness = 1
