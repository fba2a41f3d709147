package static_test

import (
	"fmt"
	"path"
	"strings"

	"descent/static"
)

// A page links to the name with the hash; the handler finds the file under it.
func ExampleAssets() {
	assets := static.Load(nil)
	address := assets.URL("icon.svg")
	asset, ok := assets.Get(strings.TrimPrefix(address, static.Prefix))
	fmt.Println(path.Dir(address), path.Ext(address), asset.Type, ok)
	_, ok = assets.Get("icon.svg")
	fmt.Println(ok)
	// Output:
	// /static .svg image/svg+xml true
	// false
}
