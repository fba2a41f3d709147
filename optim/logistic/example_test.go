package logistic_test

import (
	"context"
	"fmt"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

func ExampleModel_Optimum() {
	data, _ := dataset.Iris().Scaled(dataset.Standard)
	m := logistic.New(data.X, data.Y, data.Cols, 0)
	optimum, err := m.Optimum(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("NLL %.6f, accuracy %.2f\n", optimum.NLL, m.Accuracy(optimum.Theta))
	fmt.Printf("θ %.3f\n", optimum.Theta)
	// Output:
	// NLL 5.949273, accuracy 0.98
	// θ [-0.354 -1.626 -2.212 7.746 7.728]
}

// Well-separated data have no minimum: the loss falls for ever along Direction.
func ExampleModel_Optimum_separable() {
	data, err := dataset.Generate(dataset.Recipe{Shape: dataset.Gaussians, Rows: 100, Cols: 2, Distance: 10, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	m := logistic.New(data.X, data.Y, data.Cols, 0)
	optimum, err := m.Optimum(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(optimum.Separable, m.Accuracy(optimum.Direction))
	// Output: true 1
}

func ExampleTrain() {
	data, _ := dataset.Iris().Scaled(dataset.Standard)
	m := logistic.New(data.X, data.Y, data.Cols, 0)
	run, err := logistic.Train(context.Background(), m, logistic.Config{
		Eta: 0.02, Batch: 10, Order: logistic.Sequential, Updates: 20, Every: 10,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range run.Steps {
		fmt.Printf("epoch %g: NLL %.3f, accuracy %.2f\n", step.Epoch, step.NLL, step.Accuracy)
	}
	// Output:
	// epoch 0: NLL 69.315, accuracy 0.50
	// epoch 1: NLL 36.487, accuracy 0.93
	// epoch 2: NLL 28.961, accuracy 0.94
}

func ExampleNewBatches() {
	batches := logistic.NewBatches(5, 2, logistic.Sequential, 0)
	for range 4 {
		fmt.Println(batches.Next())
	}
	// Output:
	// [0 1]
	// [2 3]
	// [4]
	// [0 1]
}

func ExampleModel_Noise() {
	data, _ := dataset.Iris().Scaled(dataset.Standard)
	m := logistic.New(data.X, data.Y, data.Cols, 0)
	noise := m.Noise(make([]float64, m.Dim()))
	for _, b := range []int{1, 10, 100} {
		fmt.Printf("b = %d: %.4f\n", b, noise.BatchVariance(b, false))
	}
	// Output:
	// b = 1: 0.8391
	// b = 10: 0.0763
	// b = 100: 0.0000
}
