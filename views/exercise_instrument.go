package views

// heldWord says whether a requirement is met.
func heldWord(holds bool) string {
	if holds {
		return "met"
	}
	return "not met"
}
