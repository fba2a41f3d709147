package optim

import (
	"math"
	"slices"

	"descent/optim/param"
)

// A Method is one catalogue entry: all that a form, an address, a lesson or a
// test may ask about a method.
type Method struct {
	ID      string      // in addresses and JSON: "momentum"
	Title   string      // name in words
	Short   string      // the title where room is scarce; "" where Title is short itself
	Formula string      // TeX of the update, one display
	Source  string      // where the method and this variant of it come from
	Params  param.Table // hyper-parameters besides the learning rate
	// New makes the rule from values of a table that has Params, which may have
	// others besides; it panics where they lack one.
	New func(param.Values) Rule
	Eta float64 // the learning rate that a form offers first
	// Rateless says that the method has no use for a learning rate.
	Rateless bool
	// Exact says that an update looks at J around θ, or at its second derivatives,
	// so that a mini-batch's gradient is not enough for it: it calls Point.Eval or
	// Point.Hessian, or compares gradients of two steps.
	Exact bool
	// StableEta is the rate below which the method converges on a quadratic
	// whose largest eigenvalue is lambdaMax > 0, 0 where it converges with none;
	// nil where there is no such bound.
	StableEta func(v param.Values, lambdaMax float64) float64
	// Factor is what one update multiplies the distance to the minimum by, after
	// many steps, on a quadratic of curvature lambda: the spectral radius of the
	// update. Below 1 the method converges. Nil where theory has no such number.
	Factor func(v param.Values, eta, lambda float64) float64
}

// Label is the name for a label in a picture.
func (m *Method) Label() string {
	if m.Short != "" {
		return m.Short
	}
	return m.Title
}

// Methods is the catalogue in teaching order. The indices of the formulas are
// those of PyTorch's documentation: g_t leads from θ_{t−1} to θ_t. It is read
// only.
var Methods = []*Method{
	{
		ID: "gd", Title: "gradient descent",
		Formula: `\vec{\theta}_{t+1} = \vec{\theta}_t - \eta\, \nabla J(\vec{\theta}_t)`,
		Source:  "A. Cauchy, Comptes Rendus 25 (1847), 536–538",
		Params:  param.Table{weightDecay},
		New:     func(v param.Values) Rule { return gd{v.Float("weight_decay")} },
		Eta:     0.1,
		StableEta: func(v param.Values, lambdaMax float64) float64 {
			return 2 / (lambdaMax + v.Float("weight_decay"))
		},
		Factor: func(v param.Values, eta, lambda float64) float64 {
			return math.Abs(1 - eta*(lambda+v.Float("weight_decay")))
		},
	},
	{
		ID: "momentum", Title: "momentum (heavy ball)", Short: "momentum",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{b}_1 &= \vec{g}_1, \quad \vec{b}_t = \mu\, \vec{b}_{t-1} + (1 - d)\, \vec{g}_t \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, \vec{b}_t \end{aligned}`,
		Source:  "B. T. Polyak, USSR Comp. Math. Math. Phys. 4 (1964), 1–17, in PyTorch’s variant: the rate stands outside the buffer, and the first buffer is the plain gradient",
		Params: param.Table{
			velocity("0.9", 2),
			{Name: "dampening", Label: "dampening", Symbol: "d", Help: "Shrinks the new gradient’s share to 1 − d.", Max: 1, Step: 0.01, Default: "0"},
			weightDecay,
		},
		New: func(v param.Values) Rule {
			return momentum{v.Float("momentum"), v.Float("dampening"), v.Float("weight_decay")}
		},
		Eta: 0.02,
		// From momentumRoots: both roots lie inside the unit circle while μ < 1 and
		// η(1−d)λ < 2(1 + μ).
		StableEta: func(v param.Values, lambdaMax float64) float64 {
			mu := v.Float("momentum")
			if mu >= 1 {
				return 0
			}
			if v.Float("dampening") == 1 { // after the first step no gradient counts
				return math.NaN()
			}
			return 2 * (1 + mu) / ((1 - v.Float("dampening")) * (lambdaMax + v.Float("weight_decay")))
		},
		Factor: func(v param.Values, eta, lambda float64) float64 {
			return spectralRadius(momentumRoots(v, eta, lambda))
		},
	},
	{
		ID: "nesterov", Title: "Nesterov momentum", Short: "Nesterov",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{b}_t &= \mu\, \vec{b}_{t-1} + \vec{g}_t \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, (\vec{g}_t + \mu\, \vec{b}_t) \end{aligned}`,
		Source:  "Y. Nesterov, Soviet Mathematics Doklady 27 (1983), 372–376, in the form of I. Sutskever and others (ICML 2013), written for the point where the gradient is taken, as in PyTorch",
		Params:  param.Table{velocity("0.9", 2), weightDecay},
		New:     func(v param.Values) Rule { return nesterov{v.Float("momentum"), v.Float("weight_decay")} },
		Eta:     0.02,
		// From nesterovRoots: for μ ≤ 1 both roots lie inside the unit circle while
		// ηλ(1 + 2μ) < 2(1 + μ).
		StableEta: func(v param.Values, lambdaMax float64) float64 {
			mu := v.Float("momentum")
			if mu > 1 { // stable between two bounds, of which the lower one excludes flat directions
				return math.NaN()
			}
			return 2 * (1 + mu) / ((1 + 2*mu) * (lambdaMax + v.Float("weight_decay")))
		},
		Factor: func(v param.Values, eta, lambda float64) float64 {
			return spectralRadius(nesterovRoots(v, eta, lambda))
		},
	},
	{
		ID: "adagrad", Title: "AdaGrad",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{s}_t &= \vec{s}_{t-1} + \vec{g}_t^2 \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \frac{\eta}{1 + (t-1)\,c}\, \frac{\vec{g}_t}{\sqrt{\vec{s}_t} + \epsilon} \end{aligned}`,
		Source:  "J. Duchi, E. Hazan and Y. Singer, JMLR 12 (2011), 2121–2159, with a diagonal matrix; ε and the decay of the rate as in PyTorch",
		Params: param.Table{
			{Name: "lr_decay", Label: "decay of the rate", Symbol: "c", Help: "Divides the rate by 1 + (t − 1)c.", Max: 100, SoftMax: 1, Step: 0.01, Default: "0"},
			{Name: "initial_accumulator_value", Label: "first sum", Symbol: "s₀", Help: "What the sum of squared gradients starts with.", Max: 1000, SoftMax: 1, Step: 0.01, Default: "0"},
			stabiliser("1e-10"), weightDecay,
		},
		New: func(v param.Values) Rule {
			return adagrad{v.Float("lr_decay"), v.Float("initial_accumulator_value"), v.Float("eps"), v.Float("weight_decay")}
		},
		Eta: 0.5,
	},
	{
		ID: "rmsprop", Title: "RMSprop",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{v}_t &= \alpha\, \vec{v}_{t-1} + (1 - \alpha)\, \vec{g}_t^2 \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, \frac{\vec{g}_t}{\sqrt{\vec{v}_t} + \epsilon} \end{aligned}`,
		Source:  "T. Tieleman and G. Hinton, Neural Networks for Machine Learning, lecture 6.5 (2012); centred and with momentum as in A. Graves, arXiv:1308.0850 (2013), equations 38–45; ε outside the root, as in PyTorch",
		Params: param.Table{
			{Name: "alpha", Label: "decay of the mean", Symbol: "α", Help: "How slowly the mean of the squared gradients forgets.", Max: 0.9999, Step: 0.01, Default: "0.99"},
			stabiliser("1e-8"), velocity("0", 2),
			{Name: "centered", Label: "centred", Help: "Divides by the standard deviation of the gradients instead of their root mean square.", Type: param.Flag, Default: "false"},
			weightDecay,
		},
		New: func(v param.Values) Rule {
			return rmsprop{v.Float("alpha"), v.Float("eps"), v.Float("momentum"), v.Float("weight_decay"), v.Flag("centered")}
		},
		Eta: 0.1,
	},
	{
		ID: "adadelta", Title: "Adadelta",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{v}_t &= \rho\, \vec{v}_{t-1} + (1 - \rho)\, \vec{g}_t^2 \\ \vec{\Delta}_t &= \frac{\sqrt{\vec{u}_{t-1} + \epsilon}}{\sqrt{\vec{v}_t + \epsilon}}\, \vec{g}_t \\ \vec{u}_t &= \rho\, \vec{u}_{t-1} + (1 - \rho)\, \vec{\Delta}_t^2 \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, \vec{\Delta}_t \end{aligned}`,
		Source:  "M. D. Zeiler, arXiv:1212.5701 (2012), algorithm 1; the rate is PyTorch’s",
		Params: param.Table{
			{Name: "rho", Label: "decay of the means", Symbol: "ρ", Help: "How slowly the means of squared gradients and steps forget.", Max: 0.9999, Step: 0.01, Default: "0.9"},
			stabiliser("1e-6"), weightDecay,
		},
		New: func(v param.Values) Rule { return adadelta{v.Float("rho"), v.Float("eps"), v.Float("weight_decay")} },
		Eta: 1,
	},
	{
		ID: "adam", Title: "Adam",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{m}_t &= \beta_1 \vec{m}_{t-1} + (1-\beta_1)\, \vec{g}_t \\ \vec{v}_t &= \beta_2 \vec{v}_{t-1} + (1-\beta_2)\, \vec{g}_t^2 \\ \hat{m}_t &= \frac{\vec{m}_t}{1-\beta_1^t}, \quad \hat{v}_t = \frac{\vec{v}_t}{1-\beta_2^t} \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} \end{aligned}`,
		Source:  "D. P. Kingma and J. Ba, arXiv:1412.6980 (2014), algorithm 1",
		Params:  adamParams(weightDecay),
		New:     func(v param.Values) Rule { return newAdam(v) },
		Eta:     0.2,
	},
	{
		ID: "amsgrad", Title: "AMSGrad",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{m}_t &= \beta_1 \vec{m}_{t-1} + (1-\beta_1)\, \vec{g}_t \\ \vec{v}_t &= \beta_2 \vec{v}_{t-1} + (1-\beta_2)\, \vec{g}_t^2 \\ \vec{v}^{\max}_t &= \max(\vec{v}^{\max}_{t-1}, \vec{v}_t) \\ \hat{m}_t &= \frac{\vec{m}_t}{1-\beta_1^t}, \quad \hat{v}_t = \frac{\vec{v}^{\max}_t}{1-\beta_2^t} \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} \end{aligned}`,
		Source:  "S. Reddi, S. Kale and S. Kumar, ICLR 2018, algorithm 2, with Adam’s bias corrections, made after the maximum, as in PyTorch",
		Params:  adamParams(weightDecay),
		New: func(v param.Values) Rule {
			r := newAdam(v)
			r.largest = true
			return r
		},
		Eta: 0.2,
	},
	{
		ID: "adamax", Title: "AdaMax",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{m}_t &= \beta_1 \vec{m}_{t-1} + (1-\beta_1)\, \vec{g}_t \\ \vec{u}_t &= \max(\beta_2 \vec{u}_{t-1}, |\vec{g}_t| + \epsilon) \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \frac{\eta}{1-\beta_1^t}\, \frac{\vec{m}_t}{\vec{u}_t} \end{aligned}`,
		Source:  "D. P. Kingma and J. Ba, arXiv:1412.6980 (2014), algorithm 2; ε as in PyTorch",
		Params:  adamParams(weightDecay),
		New: func(v param.Values) Rule {
			return adamax{v.Float("beta1"), v.Float("beta2"), v.Float("eps"), v.Float("weight_decay")}
		},
		Eta: 0.2,
	},
	{
		ID: "adamw", Title: "AdamW",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{m}_t &= \beta_1 \vec{m}_{t-1} + (1-\beta_1)\, \vec{g}_t \\ \vec{v}_t &= \beta_2 \vec{v}_{t-1} + (1-\beta_2)\, \vec{g}_t^2 \\ \hat{m}_t &= \frac{\vec{m}_t}{1-\beta_1^t}, \quad \hat{v}_t = \frac{\vec{v}_t}{1-\beta_2^t} \\ \vec{\theta}_t &= (1 - \eta\lambda)\, \vec{\theta}_{t-1} - \eta\, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} \end{aligned}`,
		Source:  "I. Loshchilov and F. Hutter, arXiv:1711.05101 (2017), algorithm 2; the rate multiplies the decay, as in PyTorch",
		Params: adamParams(decoupledDecay,
			param.Param{Name: "amsgrad", Label: "AMSGrad", Help: "Divides by the largest second moment so far.", Type: param.Flag, Default: "false"}),
		New: func(v param.Values) Rule {
			r := newAdam(v)
			r.decoupled, r.largest = true, v.Flag("amsgrad")
			return r
		},
		Eta: 0.2,
	},
	{
		ID: "nadam", Title: "NAdam",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \mu_t &= \beta_1\left(1 - \tfrac{1}{2}\, 0.96^{t\psi}\right) \\ \vec{m}_t &= \beta_1 \vec{m}_{t-1} + (1-\beta_1)\, \vec{g}_t \\ \vec{v}_t &= \beta_2 \vec{v}_{t-1} + (1-\beta_2)\, \vec{g}_t^2 \\ \hat{m}_t &= \frac{\mu_{t+1}\, \vec{m}_t}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1 - \mu_t)\, \vec{g}_t}{1 - \prod_{i=1}^{t} \mu_i}, \quad \hat{v}_t = \frac{\vec{v}_t}{1-\beta_2^t} \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} \end{aligned}`,
		Source:  "T. Dozat, Incorporating Nesterov Momentum into Adam, ICLR 2016 workshop, as in PyTorch 2",
		Params: adamParams(
			param.Param{Name: "momentum_decay", Label: "decay of the momentum’s rise", Symbol: "ψ", Help: "How fast the momentum μ grows to β₁.", Max: 1, SoftMax: 0.1, Step: 0.001, Default: "0.004"},
			weightDecay),
		New: func(v param.Values) Rule {
			return nadam{v.Float("beta1"), v.Float("beta2"), v.Float("eps"), v.Float("momentum_decay"), v.Float("weight_decay")}
		},
		Eta: 0.2,
	},
	{
		ID: "radam", Title: "RAdam",
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{m}_t &= \beta_1 \vec{m}_{t-1} + (1-\beta_1)\, \vec{g}_t \\ \vec{v}_t &= \beta_2 \vec{v}_{t-1} + (1-\beta_2)\, \vec{g}_t^2 \\ \rho_t &= \rho_\infty - \frac{2t\beta_2^t}{1-\beta_2^t}, \quad \rho_\infty = \frac{2}{1-\beta_2} - 1 \\ r_t &= \sqrt{\frac{(\rho_t-4)(\rho_t-2)\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\rho_t}} \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, \frac{\vec{m}_t}{1-\beta_1^t} \begin{cases} r_t\, \dfrac{\sqrt{1-\beta_2^t}}{\sqrt{\vec{v}_t} + \epsilon} & \rho_t > 5 \\ 1 & \rho_t \le 5 \end{cases} \end{aligned}`,
		Source:  "L. Liu and others, On the Variance of the Adaptive Learning Rate and Beyond, arXiv:1908.03265 (2019), algorithm 2; ε and the threshold 5 as in PyTorch",
		Params:  adamParams(weightDecay),
		New: func(v param.Values) Rule {
			return radam{v.Float("beta1"), v.Float("beta2"), v.Float("eps"), v.Float("weight_decay")}
		},
		Eta: 0.2,
	},
	{
		ID: "newton", Title: "Newton’s method", Short: "Newton", Exact: true,
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}), \quad \mathbf{H}_t = \nabla^2 J(\vec{\theta}_{t-1}) \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \eta\, (\mathbf{H}_t + \delta\, \mathbf{I})^{-1} \vec{g}_t \end{aligned}`,
		Source:  "J. Nocedal and S. Wright, Numerical Optimization (2006), section 3.3; damping: K. Levenberg, Quarterly of Applied Mathematics 2 (1944), 164–168",
		Params: param.Table{
			{Name: "damping", Label: "damping", Symbol: "δ", Help: "Adds δ to every eigenvalue of the Hessian: shorter steps, more like gradient descent.", Max: 1e6, SoftMax: 10, Step: 0.1, Default: "0"},
			weightDecay,
		},
		New: func(v param.Values) Rule { return newton{v.Float("damping"), v.Float("weight_decay")} },
		Eta: 1,
		// η(λ)/(λ + δ) < 2 is hardest for the largest eigenvalue.
		StableEta: func(v param.Values, lambdaMax float64) float64 {
			return 2 * (1 + v.Float("damping")/(lambdaMax+v.Float("weight_decay")))
		},
		Factor: newtonFactor,
	},
	{
		ID: "linesearch", Title: "steepest descent with line search", Short: "line search", Exact: true,
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \alpha_t &= \text{the first of } \eta,\ \eta\tau,\ \eta\tau^2, \ldots \text{ with} \\ & \phantom{=}\ J(\vec{\theta}_{t-1} - \alpha \vec{g}_t) \le J(\vec{\theta}_{t-1}) - c_1 \alpha \lVert \vec{g}_t \rVert^2 \\ \vec{\theta}_t &= \vec{\theta}_{t-1} - \alpha_t\, \vec{g}_t \end{aligned}`,
		Source:  "L. Armijo, Pacific Journal of Mathematics 16 (1966), 1–3; J. Nocedal and S. Wright, Numerical Optimization (2006), algorithm 3.1",
		Params: param.Table{
			enough,
			{Name: "shrink", Label: "shrinking", Symbol: "τ", Help: "What a length that is too long is multiplied by.", Min: 0.01, Max: 0.9, Step: 0.01, Default: "0.5"},
			weightDecay,
		},
		New: func(v param.Values) Rule {
			return steepest{v.Float("c1"), v.Float("shrink"), v.Float("weight_decay")}
		},
		Eta: 1,
	},
	{
		ID: "cg", Title: "conjugate gradients", Short: "conj. gradients", Exact: true,
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \beta_t &= \max\left(0, \frac{\vec{g}_t^T (\vec{g}_t - \vec{g}_{t-1})}{\vec{g}_{t-1}^T \vec{g}_{t-1}}\right) \\ \vec{d}_t &= -\vec{g}_t + \beta_t\, \vec{d}_{t-1} \\ \vec{\theta}_t &= \vec{\theta}_{t-1} + \alpha_t\, \vec{d}_t \end{aligned}`,
		Source:  "E. Polak and G. Ribière (1969); J. Nocedal and S. Wright, Numerical Optimization (2006), equation 5.45 (PR+), α by algorithms 3.5 and 3.6 (strong Wolfe conditions); η multiplies the length tried first",
		Params:  param.Table{enough, flatness("0.1"), weightDecay},
		New:     func(v param.Values) Rule { return conjugate{wolfeSearch(v), v.Float("weight_decay")} },
		Eta:     1,
	},
	{
		ID: "bfgs", Title: "BFGS", Exact: true,
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{s} &= \vec{\theta}_{t-1} - \vec{\theta}_{t-2}, \quad \vec{y} = \vec{g}_t - \vec{g}_{t-1}, \quad \rho = \frac{1}{\vec{s}^T \vec{y}} \\ \mathbf{H}^{-1}_t &= (\mathbf{I} - \rho\, \vec{s}\, \vec{y}^T)\, \mathbf{H}^{-1}_{t-1}\, (\mathbf{I} - \rho\, \vec{y}\, \vec{s}^T) + \rho\, \vec{s}\, \vec{s}^T \\ \vec{d}_t &= -\mathbf{H}^{-1}_t \vec{g}_t \\ \vec{\theta}_t &= \vec{\theta}_{t-1} + \alpha_t\, \vec{d}_t \end{aligned}`,
		Source:  "J. Nocedal and S. Wright, Numerical Optimization (2006), algorithm 6.1 with the first scaling 6.20, α by algorithms 3.5 and 3.6 (strong Wolfe conditions); η is the length tried first",
		Params:  param.Table{enough, flatness("0.9"), weightDecay},
		New:     func(v param.Values) Rule { return bfgs{wolfeSearch(v), v.Float("weight_decay")} },
		Eta:     1,
	},
	{
		ID: "lbfgs", Title: "L-BFGS", Exact: true,
		Formula: `\begin{aligned} \vec{g}_t &= \nabla J(\vec{\theta}_{t-1}) \\ \vec{s}_i &= \vec{\theta}_i - \vec{\theta}_{i-1}, \quad \vec{y}_i = \vec{g}_{i+1} - \vec{g}_i \\ \vec{d}_t &= -\mathbf{H}^{-1} \vec{g}_t, \quad \mathbf{H}^{-1} \text{ from the last } k \text{ pairs } (\vec{s}_i, \vec{y}_i) \\ \vec{\theta}_t &= \vec{\theta}_{t-1} + \alpha_t\, \vec{d}_t \end{aligned}`,
		Source:  "D. C. Liu and J. Nocedal, Mathematical Programming 45 (1989), 503–528; J. Nocedal and S. Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5, α by algorithms 3.5 and 3.6 (strong Wolfe conditions); η is the length tried first",
		Params: param.Table{
			{Name: "memory", Label: "pairs remembered", Symbol: "k", Help: "How many of the last steps the picture of the curvature is made of.", Type: param.Integer, Min: 1, Max: mostPairs, Default: "10"},
			enough, flatness("0.9"), weightDecay,
		},
		New: func(v param.Values) Rule { return lbfgs{wolfeSearch(v), v.Int("memory"), v.Float("weight_decay")} },
		Eta: 1,
	},
	{
		ID: "neldermead", Title: "Nelder–Mead simplex", Short: "Nelder–Mead", Exact: true,
		Formula: `\begin{aligned} \vec{m} &= \frac{1}{n} \sum_{i=1}^{n} \vec{x}_i, \quad J(\vec{x}_1) \le \cdots \le J(\vec{x}_{n+1}) \\ \vec{r} &= \vec{m} + (\vec{m} - \vec{x}_{n+1}), \quad \vec{e} = \vec{m} + 2(\vec{m} - \vec{x}_{n+1}) \\ \vec{c} &= \vec{m} \pm \tfrac{1}{2}(\vec{m} - \vec{x}_{n+1}) \\ \vec{x}_{n+1} &\leftarrow \vec{r},\ \vec{e} \text{ or } \vec{c}; \text{ where none helps } \vec{x}_i \leftarrow \tfrac{1}{2}(\vec{x}_1 + \vec{x}_i) \\ \vec{\theta}_t &= \text{ the best vertex} \end{aligned}`,
		Source:  "J. A. Nelder and R. Mead, The Computer Journal 7 (1965), 308–313, with the rules of J. C. Lagarias and others, SIAM Journal on Optimization 9 (1998), 112–147, section 2",
		Params: param.Table{
			{Name: "size", Label: "size of the first simplex", Symbol: "a", Help: "How far the other vertices of the first simplex are from the start.", Min: 1e-6, Max: 1e6, SoftMin: 0.01, SoftMax: 10, Step: 0.1, Scale: param.Log, Default: "1"},
			weightDecay,
		},
		New:      func(v param.Values) Rule { return neldermead{v.Float("size"), v.Float("weight_decay")} },
		Eta:      1,
		Rateless: true,
	},
}

func adamParams(more ...param.Param) param.Table { return append(slices.Clone(moments), more...) }

func newAdam(v param.Values) adam {
	return adam{beta1: v.Float("beta1"), beta2: v.Float("beta2"), eps: v.Float("eps"), weightDecay: v.Float("weight_decay")}
}

// GradientMethods are those of [Methods] whose updates need a gradient alone, so
// that a mini-batch's will do.
func GradientMethods() []*Method {
	return slices.DeleteFunc(slices.Clone(Methods), func(m *Method) bool { return m.Exact })
}

// FindMethod finds a method by its id; nil when there is none.
func FindMethod(id string) *Method {
	for _, m := range Methods {
		if m.ID == id {
			return m
		}
	}
	return nil
}
