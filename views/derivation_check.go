package views

import "descent/optim/derive"

// DerivationAddress is the page on which anybody can have a derivation checked.
const DerivationAddress = "/lab/derivation/check"

// A DerivationPage is the sheet outside of a lesson: nothing is kept.
type DerivationPage struct {
	Page
	Editor *DerivationEditor
	Report *derive.Report // of what was sent; nil: nothing was
	Notes  []string       // quiet remarks on the address
}

func derivationAddress(t *derive.Task) string { return DerivationAddress + "?task=" + t.ID }
