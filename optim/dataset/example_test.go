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

func ExampleGenerated() {
	clouds, err := dataset.Generated(200, 2, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(clouds.Rows, clouds.Features, clouds.Y[:4])
	// Output: 200 [x₁ x₂] [0 1 0 1]
}
