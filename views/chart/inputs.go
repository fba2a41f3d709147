package chart

// An Ink is what a line or a mark means, and with that its colour: one meaning, one colour, in every figure.
// The zero Ink is InkText. Runs that are compared have inks of their own: InkRun.
type Ink string

// The inks. Each is a class and a custom property of chart.css.
const (
	InkText     Ink = "ink"      // neutral: curves of a function, critical points
	InkTheta    Ink = "theta"    // parameters and their path
	InkGradient Ink = "gradient" // gradients, tangents, slopes
	InkLoss     Ink = "loss"     // losses
	InkMemory   Ink = "memory"   // what a method remembers and where it looks
	InkTheory   Ink = "theory"   // what a formula predicts: drawn dashed
	InkClass0   Ink = "class0"   // label 0
	InkClass1   Ink = "class1"   // label 1
	InkGuess    Ink = "soft"     // what a reader guessed: hollow or dashed
)

// A Window is the part of the plane that the axes show, in data units. A window that is empty or not finite is
// replaced by one around the data, or [-1, 1] when there are none.
type Window struct{ XMin, XMax, YMin, YMax float64 }

// A Grid samples a function over a window: Values[j*NX+i] is its value at XMin+i·(XMax−XMin)/(NX−1),
// YMin+j·(YMax−YMin)/(NY−1). NX and NY are at least 2 and len(Values) is NX·NY; any other grid draws nothing.
type Grid struct {
	NX, NY int       // samples in each direction, the edges included
	Values []float64 // NY×NX, row by row from below; NaN where the function is not defined
}

// A Line is a named line through (X[k], Y[k]); it breaks where a value is not finite. If the slices differ in length
// the rest of the longer one is ignored. A nil X stands for 0, 1, 2 ….
type Line struct {
	Label  string    // written at the line's end; "" for none
	Ink    Ink       // zero: the figure's own choice
	X, Y   []float64 // in data units
	Dashed bool      // what is predicted rather than measured
}

// A Path is what a run did: one point per step, the start first.
type Path struct {
	Label  string    // written at the last point that is visible; "" for none. With an InkRun: the run's name
	Ink    Ink       // zero: InkTheta; an InkRun says that the path is one of several that are compared
	X, Y   []float64 // in data units; a point that is not finite is left out
	Quiet  bool      // a path beside the main one: thinner, without dots
	Dashed bool

	// Slopes, in a Curve only, are the derivatives at the points and draw a short tangent at each, but not where runs are
	// compared; nil draws none.
	Slopes []float64

	// Film lets the reader walk along the path step by step; nil: it is shown as a whole. One path of a figure has one.
	Film *Film

	// ArrowX, ArrowY is a vector in data units drawn as an arrow from the last point, −∇J or the next step: true in
	// direction, its length kept between 14 and 90 units so that it can be seen. Zero or non-finite: no arrow.
	ArrowX, ArrowY float64
	ArrowLabel     string
}

// A MarkKind is the shape of a mark; the zero kind is MarkPoint.
type MarkKind string

// The kinds of marks. Shapes differ, so that colour is never the only sign.
const (
	MarkPoint   MarkKind = "point"   // filled disc
	MarkStart   MarkKind = "start"   // ring
	MarkEnd     MarkKind = "end"     // filled disc with a rim
	MarkMinimum MarkKind = "minimum" // star of four points
	MarkMaximum MarkKind = "maximum" // triangle
	MarkSaddle  MarkKind = "saddle"  // cross ×
)

// A Mark is a labelled point, drawn on the overlay. Outside the window it is left out.
type Mark struct {
	X, Y  float64  // in data units
	Kind  MarkKind // zero: MarkPoint
	Ink   Ink      // zero: InkTheta for points, starts and ends, else InkText
	Label string   // written beside it; "" for none
	Drop  bool     // in a Curve: a thin vertical line from the mark to the x-axis

	// ArrowX, ArrowY is a vector in data units drawn as an arrow from the mark, as a Path's is.
	ArrowX, ArrowY float64
	ArrowLabel     string
}
