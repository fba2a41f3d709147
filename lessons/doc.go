// Package lessons reads the lessons of the notebook: Markdown files with a
// header, formulas, live cells and exercises. [Load] reads a folder of them, [Embedded] is
// the built-in one. What follows is the form of a file; docs/authoring.md says the
// same to authors, with the kinds of cells.
//
// # File
//
// A lesson is a file NN-slug.md. NN, two digits, orders the lessons; slug, in
// kebab case, is the lesson's address. A file is valid CommonMark with tables.
// It begins with a header in YAML between two lines ---, with exactly these
// keys, all plain text; only the thumbnail, the id of the cell that stands for
// the lesson in the contents, may be left out (then it is the first):
//
//	---
//	title: Steepest descent
//	question: Which way is down, and how far should one step go?
//	summary: One sentence for the contents page.
//	thumbnail: valley
//	---
//
// What follows up to the first second-level heading is the opening. Each
// second-level heading starts a section, which in lecture mode is a slide, and
// states its id, in kebab case and unique among the lesson's headings:
//
//	## How far is a step? {#step-size}
//
// First-level headings are not used (the title is one), third and lower ones
// are free. Raw HTML and images are not allowed.
//
// # Formulas
//
// TeX stands between dollars: $\eta$ in a line of text, $$…$$ displayed. The
// opening dollar is not followed by a space, the closing one not preceded by
// one and not followed by a digit. A formula in a line may go on in the next
// line of its paragraph. A display formula may stand in a line of text or begin
// a line and end one, with no blank line in it. A dollar sign is written \$.
// Within a table a bar that belongs to a formula is written \mid or \Vert,
// because | ends the table's cell. Formulas are allowed wherever text is: in
// headings, tables, captions, and the summary line of a reveal.
//
// # Blocks
//
// Four fenced code blocks are special. They stand on the top level of the
// file, not in a list or a quotation. Other code blocks are code.
//
// A cell is an instrument; the block is YAML:
//
//	```cell
//	kind: descent            required: the sort of instrument
//	id: valley               required: kebab case, unique among the lesson's cells
//	title: A narrow valley   required: plain text
//	caption: Markdown text   what to do and what to look for, one paragraph
//	set: {eta: 0.1, x: 4}    values of parameters that differ from the kind's own
//	show: [eta, x]           the controls on the page, in this order
//	figures: [path]          the figures shown, in this order; all if left out
//	presets:                 buttons
//	  - {label: "too small", set: {eta: 0.005}}
//	predict: {ask: fate, question: Does it arrive?}   asked before the answer is shown
//	```
//
// A cell with predict hides its answer until the reader has made a guess, or asks to
// see it. What can be asked is the kind's business.
//
// Values are kept as they are written: 0.10 stays 0.10. Which kinds, names and
// values there are is not this package's business: see [CheckCell].
//
// An exercise is a task whose answers are checked; the block is YAML too, and package
// exercise says what stands in it. Its id is unique among those of cells and exercises.
//
// A reveal is hidden until the reader opens it; the rest of its first line is
// the summary that is always shown, and its content is Markdown:
//
//	```reveal Predict first: what happens at $\eta = 0.3$?
//	It diverges.
//	```
//
// Notes are the speaker's notes of their section, in Markdown:
//
//	```notes
//	Ask before you move the slider.
//	```
//
// # Links
//
// Links to /lessons/slug, /lessons/slug#section-id, #section-id, /lessons/slug/cells/id,
// /lessons/slug/exercises/id and /lab/kind?parameter=value must lead somewhere; [Load] checks them.
//
// # Mistakes
//
// All mistakes of a file, or of a folder, are reported at once: see [Problems].
// A lesson is returned only if there is none, and then its HTML is safe to put
// into a page as it is.
//
// # Sources
//
// Markdown is CommonMark (https://spec.commonmark.org) with GitHub's tables, read
// by goldmark; formulas are set by package formula. The idea of a notebook that is
// a valid Markdown file is Livebook's. The package draws nothing and runs nothing.
package lessons
