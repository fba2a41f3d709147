package dataset_test

import (
	"fmt"

	"descent/optim/dataset"
)

func ExampleIris() {
	petals, err := dataset.Iris().Select([]int{2, 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(petals.Rows, petals.Features)
	fmt.Println(petals.Classes[int(petals.Y[0])], petals.Row(0))
	// Output:
	// 100 [petal length (cm) petal width (cm)]
	// versicolor [4.7 1.4]
}

func ExampleSet_Scaled() {
	_, scaling := dataset.Iris().Scaled(dataset.Standard)
	centre := []float64{0, 0, 0, 0}
	scaling.Invert(centre)
	fmt.Printf("%.3f\n", centre)
	// Output: [6.262 2.872 4.906 1.676]
}

func ExampleGenerate() {
	moons, err := dataset.Generate(dataset.Recipe{Shape: dataset.Moons, Rows: 200, Cols: 3, Noise: 0.1, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(moons.Rows, moons.Features, moons.Y[:4])
	// Output: 200 [x₁ x₂ x₃] [0 1 0 1]
}

func ExampleShipped() {
	digits, _ := dataset.Shipped("digits-3-8")
	fmt.Println(digits.Title, digits.Rows, digits.Cols, digits.Image)
	fmt.Println(digits.Row(0)[24:32])
	// Output:
	// Handwritten digits: 3 or 8? 357 64 [8 8]
	// [0 0 2 15 11 1 0 0]
}

// The plane in which the flowers vary most shows nine tenths of their variance.
func ExamplePrincipal() {
	scaled, _ := dataset.Iris().Scaled(dataset.Standard)
	_, components, explained := dataset.Principal(scaled)
	fmt.Printf("%.2f\n%.2f", explained, components[0])
	// Output:
	// [0.74 0.14]
	// [0.51 0.43 0.54 0.51]
}
