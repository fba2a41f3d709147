package static

import (
	"regexp"
	"strings"
	"testing"
)

func TestAssets(t *testing.T) {
	a := Load(map[string][]byte{"css/zz.css": []byte(".zz{}")})
	for name, kind := range map[string]string{
		"descent.css": "text/css", "descent.js": "text/javascript", "js/theme.js": "text/javascript", "icon.svg": "image/svg+xml",
		"vendor/htmx.min.js": "text/javascript", "fonts/source-serif-4.woff2": "font/woff2",
	} {
		url := a.URL(name)
		if !regexp.MustCompile(`^/static/[\w.-]+\.[0-9a-f]{10}\.\w+$`).MatchString(url) {
			t.Errorf("%s is served as %s, without a hash", name, url)
		}
		asset, ok := a.Get(strings.TrimPrefix(url, Prefix))
		if !ok || !strings.HasPrefix(asset.Type, kind) || len(asset.Body) == 0 {
			t.Errorf("%s: %q, %d bytes", name, asset.Type, len(asset.Body))
		}
	}
	if _, ok := a.Get("descent.css"); ok {
		t.Error("a name without hash is served: it would be cached for ever")
	}
}

// Every file that the style sheet refers to is served, and scripts of the
// bundle do not hold the one that is loaded alone.
func TestBundles(t *testing.T) {
	a := Load(map[string][]byte{"css/zz.css": []byte(".zz{}")})
	css, _ := a.Get(strings.TrimPrefix(a.URL("descent.css"), Prefix))
	if !strings.Contains(string(css.Body), ".zz{}") {
		t.Error("the extra style sheet is missing")
	}
	urls := regexp.MustCompile(`url\("?([^")]+)"?\)`).FindAllStringSubmatch(string(css.Body), -1)
	if len(urls) < 4 {
		t.Errorf("only %d references", len(urls))
	}
	for _, u := range urls {
		if _, ok := a.Get(strings.TrimPrefix(u[1], Prefix)); !ok {
			t.Errorf("the style sheet refers to %s, which is not served", u[1])
		}
	}
	js, _ := a.Get(strings.TrimPrefix(a.URL("descent.js"), Prefix))
	theme, _ := a.Get(strings.TrimPrefix(a.URL("js/theme.js"), Prefix))
	if strings.Contains(string(js.Body), string(theme.Body)) {
		t.Error("theme.js is in the bundle, where it would run too late")
	}
}
