"""What a page may hold, by name: tags, attributes, addresses, looks. Whatever is not named here goes."""

import re


def _words(text):
    return frozenset(text.split())


SHAPES = _words(
    "svg g path circle ellipse rect line polyline polygon text tspan defs clippath lineargradient radialgradient stop use marker pattern "
    "title desc symbol mask"
)
MATHS = _words(
    "math mrow mi mn mo mtext mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mspace mstyle semantics"
)
WORDS = _words(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr i img "
    "ins kbd label legend li mark meter ol optgroup option output p pre q s samp section select small span strong sub summary sup table tbody td "
    "textarea tfoot th thead time tr u ul var form input button progress"
)
TAGS = SHAPES | MATHS | WORDS
VOID = _words("br hr img input col")
OMITTED = _words("td th tr")  # HTML ends these by itself
SILENT = _words(
    "script style iframe object template noscript head foreignobject"
)  # dropped with what they hold
_OLD = _words(
    "border valign align bgcolor cellpadding cellspacing frame rules background target action formaction ping srcdoc srcset "
    "xml:base xml:space autofocus"
)
_ADDRESSES = _words("href xlink:href src cite data poster")
_PAINT = _words("style fill stroke filter mask clip-path marker-start marker-mid marker-end cursor")
_CONTROLS = _words("button details fieldset input output select textarea")
_LOADS = re.compile(r"url\((?!#)|image-set|src\(|expression|@import|javascript:|\\", re.I)
_NOTE = re.compile(r"/\*.*?\*/", re.S)
_BALANCED = re.compile(r"(?:[^{}<]|\{(?:[^{}<]|\{[^{}<]*\})*\})*")
_CLOSED = re.compile(r"""(?:[\w\s:;.,#%!+-]|\([\w\s.,#%+-]*\)|'[\w\s-]*'|"[\w\s-]*")*""")


def attribute(tag, name, value):
    """The value that an attribute may keep; None where it must go."""
    value = value or ""
    if name.startswith("on") or name in _OLD or not re.fullmatch(r"[a-z_][a-z0-9_:.-]*", name):
        return None
    if (
        name == "name" and tag not in _CONTROLS
    ):  # elsewhere a name could hide a part of the page from its script
        return None
    if name in _ADDRESSES:
        return address(tag, value.strip())
    return None if name in _PAINT and _LOADS.search(value) else value


def address(tag, value):
    """Where a tag may point, None where it must not: a place on the page, for a picture its own data, for a link the web.

    A link to a notebook beside the page becomes one to its handout.
    """
    if tag == "img":
        return value if re.match(r"data:image/(png|jpeg|gif|svg\+xml)[;,]", value) else None
    if value.startswith("#"):
        return value
    if tag != "a" or re.match(r"[\\/]{2}", value):
        return None
    if re.match(r"(https?:|mailto:)", value, re.I):
        return value
    other = re.match(r"[^/?#]*:", re.sub(r"[\s\x00-\x1f]", "", value))
    return None if other else re.sub(r"\.ipynb(?=#|$)", ".html", value)


def sheet(css):
    """Whether a style sheet may stand in the head of a page: it loads nothing, and ends all that it begins."""
    rules = _NOTE.sub("", css)
    return (
        bool(_BALANCED.fullmatch(rules))
        and "/*" not in rules
        and "<" not in css
        and not _LOADS.search(css)
    )


def look(style):
    """Whether a look may become a rule of the page's own sheet: it cannot end the rule, nor swallow the next."""
    return bool(_CLOSED.fullmatch(style))
