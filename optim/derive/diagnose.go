package derive

func (c *checker) explain(line *Line, from, to *node, r *comparison) {}
