package lessons

import "descent/lessons/exercise"

// A Lesson is one file, parsed and rendered.
type Lesson struct {
	Number    int       // NN of the file's name
	Slug      string    // the rest of it
	Title     string    // plain text, as are Question and Summary
	Question  string    // what the lesson answers
	Summary   string    // one sentence for the contents
	Thumbnail string    // id of the cell that stands for the lesson in the contents; "": the first
	Intro     []Block   // before the first section
	Sections  []Section // one for each second-level heading
	File      string    // name of the file
	links     []link    // for Load
}

// A Section is what one second-level heading opens: one idea, one slide.
type Section struct {
	ID        string  // kebab case: the fragment of its address and the id of its slide
	Title     string  // plain text
	TitleHTML string  // with its formulas
	Blocks    []Block // in the file's order, without its notes
	NotesHTML string  // the speaker's notes; "" for none
}

// A Block is prose, a cell or an exercise: exactly one of the fields is set.
type Block struct {
	HTML     string             // a run of paragraphs, lists, formulas …, or one <details class="reveal">
	Cell     *Cell              // an instrument
	Exercise *exercise.Exercise // a task whose answers are checked
}

// A Cell is an instrument with this lesson's values.
type Cell struct {
	ID, Kind, Title string            // Kind as the lesson names it; Title is plain text
	CaptionHTML     string            // paragraphs; "" for none
	Set             map[string]string // values by parameter, as written; never nil
	Show            []string          // controls on the page, in order
	Figures         []string          // figures shown, in order; nil for those of the kind
	Presets         []Preset          // buttons, in order
	Predict         *Predict          // what the cell asks before it shows; nil: nothing
	Line            int               // of the file, from 1, where the block begins
}

// A Predict is a question that a cell asks before it shows its answer.
type Predict struct {
	Ask      string // what a guess is, as the kind names it: "next-point"
	Question string // plain text
}

// A Preset is a button of a cell: values that replace those of the same name.
type Preset struct {
	Label string            // plain text
	Set   map[string]string // not empty
}

// A CheckCell reports the mistakes in a use of a kind: the kind itself, names
// and values in set, names in show and in figures, and what it is to ask before
// it shows ("": nothing). A mistake that begins with a
// name and a colon, as in "eta: must be …", is reported at the key that
// gives it.
type CheckCell func(kind string, set map[string]string, show, figures []string, ask string) []error
