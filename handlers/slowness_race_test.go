//go:build race

package handlers

const slowness = 10
