#!/usr/bin/env bash
# Makes the subset fonts in this folder, and that of views/chart/fonts. Needs Debian's fonttools, python3-brotli and fonts-lmodern, and npm.
# Sources: npm source-serif 4.5.1 and source-sans 3.52.0 (Adobe, SIL OFL 1.1), Debian fonts-lmodern (Latin Modern Math, GUST).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in source-serif@4.5.1 source-sans@3.52.0; do
  npm pack --silent "$package"
  mkdir "${package%@*}" && tar xzf "${package/@/-}.tgz" -C "${package%@*}" --strip-components 1
done

python=/usr/bin/python3
latin='U+20-7E,U+A0,U+A7,U+AB,U+B0-B1,U+B5,U+B7,U+BB-BE,U+C0-FF,U+152-153,U+2010-2015,U+2018-201E,U+2026,U+2039-203A'
greek='U+394,U+398,U+39B,U+3A3,U+3A9,U+3B1-3C9'
signs='U+2032-2033,U+2190-2193,U+21D2,U+2202,U+2207,U+2208,U+2211-2212,U+221A,U+221E,U+2248,U+2260,U+2264-2265,U+B7,U+D7,U+2016,U+2070-209C,U+B9,U+B2,U+B3,U+1D40,U+1D62-1D65,U+2C7C'
# Figures are tabular and lining by default in both families; running text asks for old-style ones.
features='kern,liga,onum'

# Axes are cut to what the pages use: text sizes only, weights 400 to 700.
"$python" -m fontTools.varLib.instancer -q --no-recalc-timestamp source-serif/VAR/SourceSerif4Variable-Roman.ttf opsz=16 wght=400:600 -o serif.ttf
"$python" -m fontTools.varLib.instancer -q --no-recalc-timestamp source-serif/VAR/SourceSerif4Variable-Italic.ttf opsz=16 wght=400 -o serif-italic.ttf
"$python" -m fontTools.varLib.instancer -q --no-recalc-timestamp source-sans/VF/SourceSans3VF-Upright.ttf wght=400:700 -o sans.ttf

subset() { "$python" -m fontTools.subset "$1" --unicodes="$2" --layout-features="$3" --flavor=woff2 --no-hinting --desubroutinize --output-file="$here/$4" "${@:5}"; }
subset serif.ttf "$latin,$greek,$signs" "$features" source-serif-4.woff2
subset serif-italic.ttf "$latin,$greek,U+B2-B3,U+B9,U+2032,U+2070-2089,U+2190-2193,U+2202,U+2212,U+2248,U+2264-2265" "$features" source-serif-4-italic.woff2
subset sans.ttf "$latin,$greek,$signs" kern,liga source-sans-3.woff2

# Pictures of pixels are set in an upright face of its own file, which has no ∇: it is a Δ that stands on its tip.
cat > nabla.py <<'PYTHON'
import sys
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)
glyphs, delta = font.getGlyphSet(), font.getBestCmap()[0x394]
top = font["glyf"][delta].yMax
pen = TTGlyphPen(glyphs)
glyphs[delta].draw(TransformPen(pen, (1, 0, 0, -1, 0, top)))
font.setGlyphOrder(font.getGlyphOrder() + ["nabla"])
font["glyf"]["nabla"] = pen.glyph()
font["hmtx"]["nabla"] = font["hmtx"][delta]
for table in font["cmap"].tables:
    table.cmap[0x2207] = "nabla"
font.save(sys.argv[2])
PYTHON
"$python" nabla.py source-sans/TTF/SourceSans3-Regular.ttf picture.ttf
"$python" -m fontTools.subset picture.ttf --unicodes="$latin,$greek,$signs" --layout-features=kern --no-hinting --no-recalc-timestamp --output-file="$here/../../views/chart/fonts/source-sans-3.ttf"

# Combining accents are drawn to the left of their origin, for use in text. As a stretchy accent of MathML that is too
# narrow to need a wider variant, browsers put such a glyph beside its letter, so each is moved to the right of its origin.
cat > accents.py <<'PYTHON'
import sys
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)
glyphs, names = font.getGlyphSet(), font.getBestCmap()
cff = font["CFF "].cff.topDictIndex[0]
attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
for code in (0x302, 0x303, 0x305, 0x307, 0x308, 0x20D7):
    name = names[code]
    bounds = BoundsPen(glyphs)
    glyphs[name].draw(bounds)
    left, _, right, _ = bounds.bounds
    width = round(right - left)
    pen = T2CharStringPen(width, glyphs)
    glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, -left, 0)))
    old = cff.CharStrings[name]
    cff.CharStrings[name] = pen.getCharString(old.private, old.globalSubrs)
    font["hmtx"][name] = (width, 0)
    attachment.TopAccentAttachment[attachment.TopAccentCoverage.glyphs.index(name)].Value = width // 2
# The arrow of \vec keeps its size over every letter, as in TeX, instead of becoming a bar with a small head.
variants = font["MATH"].table.MathVariants
at = variants.HorizGlyphCoverage.glyphs.index(names[0x20D7])
del variants.HorizGlyphCoverage.glyphs[at], variants.HorizGlyphConstruction[at]
variants.HorizGlyphCount -= 1
font.save(sys.argv[2])
PYTHON
"$python" accents.py /usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf math.otf

# The MATH table is kept, and with it the size variants of brackets, roots, sums and accents.
math='U+20-7E,U+A0,U+2009,U+AC,U+B0-B1,U+B7,U+D7,U+F7,U+131,U+237,U+302-303,U+305,U+307-308,U+20D7,U+393-3A9,U+3B1-3F5,U+2016,U+2022,U+2026,U+2032-2033,U+2061-2064,U+210E,U+211D,U+2115,U+2190-2194,U+21A6,U+21D2,U+21D4,U+23DE-23DF,U+2200,U+2202-2203,U+2205,U+2207-2208,U+220F,U+2211-2213,U+2216-221A,U+221E,U+2223,U+2225-222B,U+223C,U+2248,U+2260-2261,U+2264-2265,U+226A-226B,U+2282,U+22A4,U+22C5,U+22EE-22F1,U+227A-227B,U+27E8-27E9,U+27F8-27FA,U+2A7D-2A7E,U+2AAF-2AB0,U+1D400-1D433,U+1D434-1D467,U+1D539,U+1D6FC-1D71B'
subset math.otf "$math" '' latin-modern-math.woff2

cp source-serif/LICENSE.md "$here/LICENSE-Source-Serif.md"
cp source-sans/LICENSE.md "$here/LICENSE-Source-Sans.md"
cp /usr/share/texmf/doc/fonts/lm-math/GUST-FONT-LICENSE.txt "$here/LICENSE-Latin-Modern-Math.txt"
ls -l "$here"/*.woff2 "$here"/../../views/chart/fonts/*.ttf
