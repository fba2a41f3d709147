package param_test

import (
	"fmt"
	"net/url"

	"descent/optim/param"
)

var table = param.Table{
	{Name: "method", Label: "method", Type: param.Choice, Default: "gd", Options: []param.Option{
		{Value: "gd", Label: "gradient descent"}, {Value: "momentum", Label: "momentum"},
	}},
	{Name: "momentum", Label: "momentum", Symbol: "μ", Max: 1, Default: "0.9", When: param.Condition{Param: "method", In: []string{"momentum"}}},
	{Name: "eta", Label: "learning rate", Symbol: "η", Min: 1e-6, Max: 1000, Scale: param.Log, Default: "0.1"},
}

// A table reads a query; what it does not say has its default, and what does
// not matter is not written.
func ExampleTable() {
	query, _ := url.ParseQuery("method=momentum&eta=5e-2")
	v, _, errs := table.Parse(query, param.Values{})
	fmt.Println(errs == nil, v.Float("eta"), v.Float("momentum"))
	fmt.Println(v.Encode(nil))
	// Output:
	// true 0.05 0.9
	// method=momentum&momentum=0.9&eta=0.05
}

// Mistakes are told field by field, and a wrong name with the nearest right one.
func ExampleTable_Parse() {
	query, _ := url.ParseQuery("eta=-1&metod=gd")
	_, unknown, errs := table.Parse(query, param.Values{})
	fmt.Println(errs)
	fmt.Println(unknown[0].Message())
	// Output:
	// eta: must be between 0.000001 and 1000
	// there is no parameter “metod” here; did you mean “method”?
}

// Values over a base: what the query leaves out is the base's.
func ExampleValues() {
	base, _ := table.Defaults(map[string]string{"eta": "0.5"})
	v, _, _ := table.Parse(url.Values{"method": {"momentum"}}, base)
	fmt.Println(v.Text("method"), v.Float("eta"), v.Differing(base))
	// Output: momentum 0.5 [method]
}

// Which word a misspelt one most likely means.
func ExampleNearest() {
	words := []string{"momentum", "nesterov", "adam"}
	fmt.Printf("%q %q %q\n", param.Nearest("momentun", words), param.Nearest("adma", words), param.Nearest("newton", words))
	// Output:
	// "momentum" "adam" ""
}
