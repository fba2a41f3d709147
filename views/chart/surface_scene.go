package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Half the sides of the box, in its own units, and how many units of the figure one of them is. Its ground is as wide
// to its depth as the contours' data area, and it fits into the figure from every side, with room for the labels.
const (
	halfX, halfY, halfZ = 1.2, 1, 0.62
	boxUnit             = 114
)

// mostCells is how many cells the surface has along each side.
const mostCells = 33

// A scene is a surface in its box, seen from one side by parallel rays. Places on the ground are shares of the window,
// (0, 0) its lower left corner, and heights are those of heights.
type scene struct {
	window  Window
	grid    Grid
	heights heights
	levels  []float64 // heights at which the shade changes, ascending
	band    []int     // the shade below each, and above all

	sinA, cosA, sinE, cosE float64

	nx, ny int        // nodes of the mesh, which are every strideth sample and the last one
	stride [2]int     // along x and y
	z      []float64  // ny×nx: the nodes' heights, NaN where the function has none
	at     []vg.Point // ny×nx: where they are seen
}

func newScene(g Grid, w Window, minimum float64, known bool, azimuth, elevation float64) *scene {
	if g.NX < 2 || g.NY < 2 || len(g.Values) != g.NX*g.NY {
		g = Grid{}
	}
	s := &scene{window: w, grid: g, heights: heightsFor(g, minimum, known)}
	s.sinA, s.cosA = direct(azimuth, false)
	s.sinE, s.cosE = direct(elevation, true)
	if len(g.Values) > 0 {
		s.mesh()
	}
	// Of a map's levels those that a surface needs, whose heights are seen: such as differ by some share of the box, and
	// some of those that crowd at the bottom.
	const share, crowded = 0.1, 7
	levels := contourLevels(g, minimum, known)
	last := len(levels)
	for k := len(levels) - 1; k >= 0; k-- {
		z := s.heights.at(levels[k])
		if last == len(levels) || last-k >= crowded || s.levels[len(s.levels)-1]-z >= share {
			s.levels, s.band, last = append(s.levels, z), append(s.band, k*bandCount/len(levels)), k
		}
	}
	slices.Reverse(s.levels)
	slices.Reverse(s.band)
	s.band = append(s.band, bandCount)
	s.thin()
	return s
}

// direct is sine and cosine of an angle in degrees, exact where they are 0 or 1.
func direct(angle float64, kept bool) (sin, cos float64) {
	if kept {
		angle = min(max(angle, 0), 90)
	}
	quarter := math.Mod(angle, 360) / 90
	if quarter == math.Trunc(quarter) {
		k := (int(quarter) + 4) % 4
		return [...]float64{0, 1, 0, -1}[k], [...]float64{1, 0, -1, 0}[k]
	}
	return math.Sincos(math.Mod(angle, 360) * math.Pi / 180)
}

func (s *scene) mesh() {
	s.stride = [2]int{strideOver(s.grid.NX), strideOver(s.grid.NY)}
	s.nx, s.ny = nodes(s.grid.NX, s.stride[0]), nodes(s.grid.NY, s.stride[1])
	s.z, s.at = make([]float64, s.nx*s.ny), make([]vg.Point, s.nx*s.ny)
	for j := range s.ny {
		for i := range s.nx {
			n, u, v := j*s.nx+i, min(i*s.stride[0], s.grid.NX-1), min(j*s.stride[1], s.grid.NY-1)
			s.z[n] = s.heights.at(s.grid.Values[v*s.grid.NX+u])
			s.at[n] = s.see(float64(u)/float64(s.grid.NX-1), float64(v)/float64(s.grid.NY-1), s.z[n])
		}
	}
}

// thin leaves out levels, evenly, where the mesh crosses them more often than the wire will bear.
func (s *scene) thin() {
	const most, least = 540, 3
	n := len(s.levels)
	kept := max(least, int(float64(n)*most/float64(max(s.crossings(), 1))))
	if kept >= n {
		return
	}
	var levels []float64
	var band []int
	for k := range kept {
		at := k * n / kept
		levels, band = append(levels, s.levels[at]), append(band, s.band[at])
	}
	s.levels, s.band = levels, append(band, bandCount)
}

// crossings counts how often lines of the mesh pass a level.
func (s *scene) crossings() int {
	bands := make([]int, len(s.z))
	for n, z := range s.z {
		bands[n] = s.bandOf(z)
	}
	count := 0
	for j := range s.ny {
		for i := range s.nx {
			n := j*s.nx + i
			if i > 0 {
				count += abs(bands[n] - bands[n-1])
			}
			if j > 0 {
				count += abs(bands[n] - bands[n-s.nx])
			}
		}
	}
	return count
}

func abs(n int) int { return max(n, -n) }

// bandOf is the place in band of a height's shade: the number of levels at or below it.
func (s *scene) bandOf(z float64) int {
	k := 0
	for k < len(s.levels) && s.levels[k] <= z {
		k++
	}
	return k
}

func strideOver(samples int) int      { return (samples - 2 + mostCells) / mostCells }
func nodes(samples, stride int) int   { return (samples-2+stride)/stride + 1 }
func (s *scene) node(i, j int) meshed { return meshed{s.at[j*s.nx+i], s.z[j*s.nx+i]} }
func (s *scene) ground(x, y float64) (u, v float64) {
	return (x - s.window.XMin) / (s.window.XMax - s.window.XMin), (y - s.window.YMin) / (s.window.YMax - s.window.YMin)
}

// A meshed node is where it is seen, and its height.
type meshed struct {
	at vg.Point
	z  float64
}

func (m meshed) there() bool { return !math.IsNaN(m.z) }

// see is where a point of the box is seen, in units of the figure.
func (s *scene) see(u, v, z float64) vg.Point {
	x, y, up := (2*u-1)*halfX, (2*v-1)*halfY, (2*z-1)*halfZ
	return vg.Point{
		X: vg.Length(surfaceSize.width/2 + boxUnit*(x*s.cosA+y*s.sinA)),
		Y: vg.Length(surfaceSize.height/2 + boxUnit*((y*s.cosA-x*s.sinA)*s.sinE+up*s.cosE)),
	}
}

// height is the drawn surface's over a place on the ground, which must lie in the window; NaN where there is none.
func (s *scene) height(u, v float64) float64 {
	if s.nx == 0 {
		return nan
	}
	i, fu := cellOf(u, s.grid.NX, s.stride[0], s.nx)
	j, fv := cellOf(v, s.grid.NY, s.stride[1], s.ny)
	n := j*s.nx + i
	below := s.z[n] + fu*(s.z[n+1]-s.z[n])
	above := s.z[n+s.nx] + fu*(s.z[n+s.nx+1]-s.z[n+s.nx])
	return below + fv*(above-below)
}

// cellOf is the cell that holds a share of a side, and the place in it.
func cellOf(share float64, samples, stride, nodes int) (cell int, place float64) {
	at := share * float64(samples-1)
	cell = min(max(int(at)/stride, 0), nodes-2)
	from, to := cell*stride, min((cell+1)*stride, samples-1)
	return cell, (at - float64(from)) / float64(to-from)
}

// seen reports whether the surface leaves a point free: no part of it stands between the point and the eye.
func (s *scene) seen(u, v, z float64) bool {
	const (
		step = 0.03  // of the box's units: half a cell
		slip = 0.012 // of the height: how far a point may lie under the surface on which it stands
	)
	if s.cosE < 1e-6 {
		return z > s.height(u, v)-slip || math.IsNaN(s.height(u, v))
	}
	du, dv, dz := step*s.sinA/(2*halfX), -step*s.cosA/(2*halfY), step*s.sinE/s.cosE/(2*halfZ)
	for z += slip; u >= 0 && u <= 1 && v >= 0 && v <= 1 && z <= 1; u, v, z = u+du, v+dv, z+dz {
		if s.height(u, v) > z {
			return false
		}
	}
	return true
}
