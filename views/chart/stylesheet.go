package chart

import _ "embed"

//go:embed chart.css
var stylesheet string

// Stylesheet is chart.css: the tokens, light and dark, and the look of every class that figures use. Pages include it
// once; standalone files carry it.
func Stylesheet() string { return stylesheet }
