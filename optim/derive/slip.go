package derive

// A rule names the differentiation of one sort of node, and the ways in which students break it.
type rule uint8

// A slip is a broken rule, at one node or (site nil) wherever it could be applied.
type slip struct {
	rule rule
	site *node
}

const (
	ruleNone          rule = iota
	slipMinusLost          // (a − b)′ = a′ + b′, (−a)′ = a′
	slipSigmaKept          // σ′ = σ
	slipSigmaOneMinus      // σ′ = 1 − σ
	slipSigmaSquare        // σ′ = σ²
	slipSigmaSquare2       // σ′ = (1 − σ)²
	slipSigmaSign          // σ′ = −σ(1 − σ)
	slipSigmaLost          // σ(u)′ = u′
	slipInnerLost          // σ(u)′ = σ′(u)
	slipDotOne             // (θᵀx)′ = 1
	slipDotTheta           // (θᵀx)′ = θ_j
	slipDotFlipped         // (θᵀx_i)′ = x_ji
	slipDotRow             // (θᵀx_i)′ = x_ii
	slipDotColumn          // (θᵀx_i)′ = x_jj
	slipLogOne             // log(u)′ = u′
	slipLogKept            // log(u)′ = log(u) u′
	slipLogOfSlope         // log(u)′ = log(u′)
	slipLogSquare          // log(u)′ = u′/u²
	slipPowerFactor        // (uᵏ)′ = uᵏ⁻¹ u′
	slipPowerExponent      // (uᵏ)′ = k uᵏ u′
	slipPowerInner         // (uᵏ)′ = k uᵏ⁻¹
	slipPowerUp            // (uᵏ)′ = k uᵏ⁺¹ u′
	slipPowerSign          // (uᵏ)′ = −k uᵏ⁻¹ u′
	slipQuotientSign       // (a/b)′ = (ab′ − a′b)/b²
	slipQuotientPlus       // (a/b)′ = (a′b + ab′)/b²
	slipQuotientOne        // (a/b)′ = (a′b − ab′)/b
	slipQuotientParts      // (a/b)′ = a′/b′
	slipQuotientTop        // (a/b)′ = a′/b
	slipProductLeft        // (ab)′ = a′b
	slipProductRight       // (ab)′ = ab′
	slipProductBoth        // (ab)′ = a′b′
	slipExpInner           // exp(u)′ = exp(u)
	slipExpPower           // exp(u)′ = u exp(u − 1)
	slipExpOne             // exp(u)′ = u′
	slipExpMinus           // exp(u)′ = −exp(u) u′
	slipLogInner           // log(u)′ = 1/u
	slipSigmaOne           // σ(u)′ = 1
	slipQuotientInner      // (a/b)′ = −a/b² for constant a
	slipVariableKept       // x′ = x
	slipSigmaPlus          // σ′ = σ(1 + σ)
	slipLast          = slipSigmaPlus
)
