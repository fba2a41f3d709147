// Package static holds the files that pages need besides their HTML: style
// sheets, scripts, fonts, the icon and htmx, all embedded. Nothing comes from other
// sites.
//
// Each file is served under a name that carries a hash of its content, so that a
// browser may keep it for ever; references between files are rewritten to these
// names. fonts.css and the style sheets of the folder css are one bundle,
// descent.css, and the scripts of the folder js another, descent.js, in the order
// of their names; only js/theme.js, which must run before the page is painted, is
// loaded by itself.
//
// [Load] makes the [Assets], [Assets.URL] is what pages link to, and [Assets.Get]
// what a handler serves. Assets are immutable and may be shared. Names are those of
// the files in this folder: "descent.css", "fonts/….woff2", "icon.svg".
//
// Sources and licences: NOTICE lists those of the fonts and of htmx
// (https://htmx.org). The package neither minifies nor compresses.
package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"slices"
	"strings"
)

//go:embed css js fonts vendor fonts.css icon.svg
var files embed.FS

// Prefix is the path under which the files are served; it ends in a slash.
const Prefix = "/static/"

// An Asset is one file as it is served.
type Asset struct {
	Type string // media type, such as "text/css; charset=utf-8"
	Body []byte // shared: not to be written to
}

// Assets are all files by their hashed names.
type Assets struct {
	byName map[string]Asset  // hashed name → file
	names  map[string]string // plain name → hashed name
}

// Bundles made of the files of a folder, in the order of their names.
var bundles = []struct{ name, folder string }{
	{"descent.css", "css"},
	{"descent.js", "js"},
}

// alone are files of a bundle's folder that are loaded by themselves.
var alone = []string{"js/theme.js"}

// Load reads the embedded files and the extra ones (by plain name, such as
// "css/chart.css", which joins its bundle), and makes the bundles. An extra file
// replaces an embedded one of the same name. It panics where a style sheet refers
// to a file that does not exist.
func Load(extra map[string][]byte) *Assets {
	plain := map[string][]byte{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		plain[name], err = files.ReadFile(name)
		return err
	})
	if err != nil {
		panic("static: " + err.Error()) // embedded: cannot fail
	}
	for name, body := range extra {
		plain[name] = body
	}
	a := &Assets{byName: map[string]Asset{}, names: map[string]string{}}
	for _, name := range sortedNames(plain) {
		if ext := path.Ext(name); !slices.Contains([]string{".css", ".md", ".sh", ".txt"}, ext) {
			a.add(name, plain[name])
		}
	}
	for _, b := range bundles {
		a.add(b.name, a.bundle(plain, b.folder))
	}
	return a
}

func sortedNames(m map[string][]byte) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (a *Assets) bundle(plain map[string][]byte, folder string) []byte {
	var b bytes.Buffer
	if folder == "css" {
		b.Write(a.rewrite(plain["fonts.css"]))
	}
	for _, name := range sortedNames(plain) {
		if path.Dir(name) == folder && !slices.Contains(alone, name) {
			b.Write(plain[name])
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

var reference = regexp.MustCompile(`url\(["']?([^"')]+)["']?\)`)

// rewrite replaces url(fonts/x.woff2) by the hashed address.
func (a *Assets) rewrite(css []byte) []byte {
	return reference.ReplaceAllFunc(css, func(match []byte) []byte {
		name := strings.TrimPrefix(string(reference.FindSubmatch(match)[1]), "./")
		if _, ok := a.names[name]; !ok {
			panic("static: a style sheet refers to " + name + ", which does not exist")
		}
		return []byte(`url("` + a.URL(name) + `")`)
	})
}

func (a *Assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(path.Base(name), ext) + "." + hex.EncodeToString(sum[:5]) + ext
	kind := mime.TypeByExtension(ext)
	if ext == ".woff2" {
		kind = "font/woff2"
	}
	a.names[name] = hashed
	a.byName[hashed] = Asset{kind, body}
}

// URL is the address of a file by its plain name. It panics for a name that
// does not exist: a programmer's mistake.
func (a *Assets) URL(name string) string {
	hashed, ok := a.names[name]
	if !ok {
		panic("static: no file " + name)
	}
	return Prefix + hashed
}

// Get finds a file by its hashed name, without [Prefix]; false when there is none.
func (a *Assets) Get(hashed string) (Asset, bool) {
	asset, ok := a.byName[hashed]
	return asset, ok
}
