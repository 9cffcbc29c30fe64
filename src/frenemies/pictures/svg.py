"""A figure as SVG text: short, the same bytes each time in one environment, its marks in classes by actor."""

import html
import io
import re

import matplotlib as mpl

NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}
LOOKS = "stroke-linejoin:round;stroke-linecap:butt;font-family:'DejaVu Sans',Verdana,sans-serif"
EQUAL_MARKS = (
    r'(<g clip-path="[^"]*")>((?:<use [^>]*style="([^"]*)"/>)(?:<use [^>]*style="\3"/>)*)</g>'
)


def text(figure, key, title):
    """The figure as SVG text. key: what its ids begin with; title: its name for a screen reader."""
    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": key, "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", metadata=NOTHING)
    drawn = _named(_stripped(out.getvalue()), key)
    return _headed(_shortened(drawn, key), title)


def described(svg, name, short, long):
    """A drawing that a screen reader finds named and described by three places on its page (ids): its name, in short, at length."""
    svg = svg.replace("<svg ", f'<svg aria-describedby="{short}" aria-details="{long}" ', 1)
    return re.sub(r' aria-label="[^"]*"', f' aria-labelledby="{name}"', svg, count=1)


def _stripped(svg):
    """Without what varies from run to run, or says nothing."""
    svg = svg[svg.index("<svg") :]
    return re.sub(
        r"<metadata>.*?</metadata>|<!--.*?-->|<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>",
        "",
        svg,
        flags=re.S,
    )


def _named(svg, key):
    """Tags become classes, and every id begins with the picture's key."""
    svg = re.sub(r'\bid="mark!([^"]*)"', _mark, svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", svg)
    svg = re.sub(r'xlink:href="#([^"]+)"', rf'href="#{key}-\1"', svg)
    return re.sub(r'<g id="[^"]*">', "<g>", svg)


def _mark(match):
    words = (
        match[1].split("!") if match[1] else ["a-other"]
    )  # a mark all the same, though of none of the actors
    hidden = ' visibility="hidden"' if "then" in words else ""
    return f'class="{html.escape(" ".join(words), quote=True)}"{hidden}'


def _shortened(svg, key):
    """Fewer digits, paths in steps, short ids, no style said twice."""
    svg = re.sub(
        r'\b(d|transform|x|y|points)="([^"]*)"', lambda m: f'{m[1]}="{_rounded(m[2])}"', svg
    )
    svg = re.sub(
        r"font(-family)?: ([^;\"]*?)'DejaVu Sans'[^;\"]*",
        r"font\1: \2'DejaVu Sans', Verdana, sans-serif",
        svg,
    )
    svg = svg.replace("font-family: 'DejaVu Sans', Verdana, sans-serif; ", "")
    svg = re.sub(r' transform="rotate\(-0 [^"]*"', "", svg)
    svg = re.sub(r'\bd="([^"]*)"', lambda m: f'd="{_steps(m[1])}"', svg)
    svg = re.sub(r'style="[^"]*"', lambda m: re.sub(r"([:;]) ", r"\1", m[0]), svg)
    svg = re.sub(r'#[\w-]+-[mp][0-9a-f]{10}|\bid="[\w-]+-[mp][0-9a-f]{10}"', _Shorter(key), svg)
    svg = re.sub(r'\s(xmlns:xlink|version)="[^"]*"', "", svg)
    return re.sub(EQUAL_MARKS, _hoisted, re.sub(r">\s+<", "><", svg))


def _rounded(numbers):
    return re.sub(r"-?\d+\.\d{2,}", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), numbers)


def _steps(path):
    """The same path in steps from point to point, which is shorter: curves stay as they are."""
    here, start, out = (0.0, 0.0), (0.0, 0.0), []
    for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(number) for number in rest.split()]
        out.append(
            _step(numbers, here)
            if letter == "L"
            else letter + " ".join(f"{number:g}" for number in numbers)
        )
        here = tuple(numbers[-2:]) if numbers else start
        start = here if letter == "M" else start
    return "".join(out)


def _step(to, here):
    across, up = (round(number - old, 1) for number, old in zip(to, here, strict=True))
    return (
        f"h{across:g}"
        if not up
        else f"v{up:g}"
        if not across
        else f"l{across:g}{' ' * (up > 0)}{up:g}"
    )


class _Shorter:
    """Clip paths and markers get short ids, in the order in which they are met."""

    def __init__(self, key):
        self.key, self.known = key, {}

    def __call__(self, match):
        long = match[0].strip('#"').removeprefix('id="')
        short = f"{self.key}-{self.known.setdefault(long, len(self.known))}"
        return f"#{short}" if match[0].startswith("#") else f'id="{short}"'


def _hoisted(match):
    """One style for a run of equal marks, not one each."""
    return f'{match[1]} style="{match[3]}">' + match[2].replace(f' style="{match[3]}"', "") + "</g>"


def _headed(svg, title):
    """As wide as its place on the page, with a name."""
    head = f' role="img" aria-label="{html.escape(title, quote=True)}" style="{LOOKS}">'
    return re.sub(
        r"(<svg [^>]*?)>",
        lambda m: re.sub(r'\s(width|height)="[^"]*pt"', "", m[1]) + head,
        svg,
        count=1,
    ).strip()
