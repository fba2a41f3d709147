// Package descent holds only a test of the structure: which package may import
// which. The rooms are described in ARCHITECTURE.md.
package descent

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed lists, for each room, the rooms of the project that its packages may
// import besides packages of the same room. The first entry that is a prefix
// of a package's path is its room.
var allowed = []struct {
	room    string
	imports []string
}{
	{"optim/logistic/kernel/gen", []string{"optim"}},
	{"optim", nil},
	{"lessons/cell", []string{"optim"}},
	{"lessons/race", []string{"lessons/cell", "optim"}},
	{"lessons/formula/gen", []string{"lessons", "optim"}},
	{"lessons/formula", nil},
	{"lessons/block", []string{"optim"}},
	{"lessons/exercise", []string{"lessons/block", "lessons/cell", "optim"}},
	{"lessons", []string{"lessons/formula", "lessons/block", "lessons/exercise", "optim"}},
	{"classroom/sqlite", []string{"classroom"}},
	{"classroom/storetest", []string{"classroom"}},
	{"classroom/classroomtest", []string{"classroom"}},
	{"classroom", nil},
	{"static", nil},
	{"views/chart", nil},
	{"views/export", []string{"lessons/cell", "optim"}},
	{"views", []string{"views/chart", "views/export", "static", "lessons", "optim", "classroom"}},
	{"handlers", []string{"views", "static", "lessons", "optim", "classroom"}},
	{"cmd/web", []string{"handlers", "lessons", "classroom/sqlite", "classroom"}},
}

// only lists the rooms that alone may import a module from elsewhere, or a package that is one of several to choose from.
var only = []struct {
	module string
	rooms  []string
}{
	{"descent/classroom/sqlite", []string{"cmd/web"}},
	{"descent/classroom/storetest", nil},
	{"descent/classroom/classroomtest", nil},
	{"github.com/labstack/echo", []string{"handlers"}},
	{"github.com/a-h/templ", []string{"views", "handlers"}},
	{"gonum.org/v1/plot", []string{"views/chart"}},
	{"github.com/yuin/goldmark", []string{"lessons"}},
	{"go.starlark.net", []string{"lessons/exercise"}},
	{"github.com/dop251/goja", []string{"lessons/formula"}},
	{"modernc.org/sqlite", []string{"classroom/sqlite"}},
	{"github.com/mmcloughlin/avo", []string{"optim/logistic/kernel/gen"}},
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestArrows(t *testing.T) {
	packages := list(t)
	if len(packages) < 10 {
		t.Fatalf("only %d packages were found", len(packages))
	}
	for _, p := range packages {
		path := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "descent"), "/")
		if path == "" {
			continue
		}
		room := roomOf(path)
		if room < 0 {
			t.Errorf("%s belongs to no room: add it to ARCHITECTURE.md and to this test", path)
			continue
		}
		for _, imported := range p.Imports {
			checkImport(t, path, room, imported)
		}
	}
}

func checkImport(t *testing.T, path string, room int, imported string) {
	t.Helper()
	name := allowed[room].room
	for _, o := range only {
		if strings.HasPrefix(imported, o.module) && !slices.Contains(o.rooms, name) {
			t.Errorf("%s imports %s: only %v may", path, imported, o.rooms)
		}
	}
	if inner, ok := strings.CutPrefix(imported, "descent/"); ok {
		target := roomOf(inner)
		if target != room && (target < 0 || !slices.ContainsFunc(allowed[room].imports, func(r string) bool { return strings.HasPrefix(inner+"/", r+"/") })) {
			t.Errorf("%s imports %s: the arrows go the other way", path, inner)
		}
		return
	}
	external := strings.Contains(strings.Split(imported, "/")[0], ".")
	if name == "optim" && external && !strings.HasPrefix(imported, "gonum.org/v1/gonum/") {
		t.Errorf("%s imports %s: optim uses the standard library and gonum's numerics only", path, imported)
	}
}

func roomOf(path string) int {
	return slices.IndexFunc(allowed, func(a struct {
		room    string
		imports []string
	}) bool {
		return path == a.room || strings.HasPrefix(path, a.room+"/")
	})
}

func list(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
