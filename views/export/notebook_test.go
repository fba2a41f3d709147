package export

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The cells of a notebook run one after the other, with matplotlib (a stand-in
// that takes every call) and without it.
func TestNotebookRuns(t *testing.T) {
	t.Parallel()
	interpreter := python(t)
	folder := t.TempDir()
	var picked []*take
	seen := map[string]bool{}
	for _, k := range takes(t) { // one of each kind and dimension
		p := newProgram(k.result)
		key := p.Kind
		if p.Function != nil {
			key += fmt.Sprint(p.Dim())
		}
		if !seen[key] {
			seen[key] = true
			picked = append(picked, k)
		}
	}
	var scripts []string
	for i, k := range picked {
		var n notebookFile
		if err := json.Unmarshal([]byte(k.write(t, "ipynb")), &n); err != nil {
			t.Fatal(err)
		}
		var code strings.Builder
		for _, c := range n.Cells {
			if c.Type == "code" {
				code.WriteString(strings.Join(c.Source, "") + "\n")
			}
		}
		name := filepath.Join(folder, fmt.Sprint(i)+".py")
		if err := os.WriteFile(name, []byte(code.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		scripts = append(scripts, name)
	}
	names, err := json.Marshal(scripts)
	if err != nil {
		t.Fatal(err)
	}
	driver := `import sys
from unittest.mock import MagicMock
names, mode = ` + string(names) + `, sys.argv[1]
plots = MagicMock()
plots.subplots = lambda *shape, **_: (MagicMock(), (MagicMock(), MagicMock()) if shape else MagicMock())
if mode == "with":
    sys.modules["matplotlib"], sys.modules["matplotlib.pyplot"] = MagicMock(pyplot=plots), plots
else:
    sys.modules["matplotlib"] = None
for name in names:
    exec(compile(open(name, encoding="utf-8").read(), name, "exec"), {"__name__": "__main__"})
    sys.stdout.write("` + strings.ReplaceAll(separator, "\n", `\n`) + `")
if mode == "with":
    assert plots.show.call_count == ` + fmt.Sprint(len(picked)-1) + `, plots.show.call_count  # a derivation has no picture
`
	for _, mode := range []string{"with", "without"} {
		outputs := runAll(t, exec.CommandContext(t.Context(), interpreter, "-c", driver, mode))
		compareAll(t, picked, "the notebook "+mode+" matplotlib", outputs)
		if mode == "without" && !strings.Contains(outputs[0], "For the picture install matplotlib") {
			t.Errorf("no word about matplotlib: %s", outputs[0])
		}
	}
}
