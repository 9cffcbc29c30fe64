"""Foreign HTML with nothing left in it that could run or load, by nh3; links to notebooks lead to their handouts."""

import re

import nh3


def _words(text: str) -> set[str]:
    return set(text.split())


SHAPES = _words("""
    svg g path circle ellipse rect line polyline polygon text tspan defs clipPath linearGradient radialGradient stop use marker pattern
    title desc symbol mask""")
MATHS = _words("""
    math mrow mi mn mo mtext mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mspace mstyle semantics""")
WORDS = _words("""
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em fieldset figcaption figure form
    h1 h2 h3 h4 h5 h6 hr i img ins kbd label legend li mark meter ol optgroup option output p pre progress q s samp section select
    small span strong style sub summary sup table tbody td textarea tfoot th thead time tr u ul var button input""")
SILENT = _words(
    "script iframe object template noscript head foreignObject"
)  # gone with their contents
CONTROLS = _words(
    "button details fieldset input output select textarea"
)  # elsewhere a name could hide a part of the page from its script
ATTRIBUTES = _words("""
    class id style title lang dir role hidden tabindex open alt width height href src xlink:href datetime
    colspan rowspan scope headers start reversed
    type value checked disabled readonly selected multiple min max step low high optimum rows cols size maxlength placeholder inputmode
    autocomplete for list method
    x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy d points transform viewBox preserveAspectRatio color display visibility opacity overflow
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit paint-order vector-effect shape-rendering clip-path clip-rule clipPathUnits mask filter
    text-anchor dominant-baseline alignment-baseline baseline-shift font-family font-size font-style font-weight letter-spacing
    textLength lengthAdjust rotate offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod
    patternUnits patternTransform patternContentUnits markerWidth markerHeight markerUnits orient refX refY
    marker-start marker-mid marker-end mathvariant displaystyle columnalign stretchy""")
ALLOWED = {"*": ATTRIBUTES, "style": {"scoped"}} | {tag: {"name"} for tag in CONTROLS}
PAINT = _words("style fill stroke filter mask clip-path marker-start marker-mid marker-end")
_LOADS = re.compile(r"url\((?!#)|image-set|src\(|expression|@import|javascript:|\\", re.I)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|svg\+xml)[;,]")
_SCHEME = re.compile(r"[^/?#]*:")


def clean(fragment: str) -> str:
    """A fragment of HTML in which nothing is left that could run, load or send anything."""
    return nh3.clean(
        fragment,
        tags=SHAPES | MATHS | WORDS,
        clean_content_tags=SILENT,
        attributes=ALLOWED,
        attribute_filter=_kept,
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "src"):
        return address(tag, value.strip())
    return None if name in PAINT and loads(value) else value


def address(tag: str, value: str) -> str | None:
    """Where a tag may point, None where it must not: a place on the page, for a picture its own data, for a link the web."""
    if tag == "img":
        return value if _PICTURE.match(value) else None
    if value.startswith("#"):
        return value
    if tag != "a" or value.replace("\\", "/").startswith("//"):
        return None
    if _SCHEME.match(value):
        return value if value.lower().startswith(("http:", "https:", "mailto:")) else None
    file, mark, place = value.partition("#")
    return f"{file.removesuffix('.ipynb')}.html{mark}{place}" if file.endswith(".ipynb") else value


def loads(css: str) -> bool:
    """Whether a style asks for anything beyond the page."""
    return bool(_LOADS.search(css))
