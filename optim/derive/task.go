package derive

type Task struct {
	symbols string
	rows    bool
}
