"""Picture: a seaborn figure with an alt text, a table and a source, its marks grouped by the actors they belong to."""

import html
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from frenemies import actors

ARTICLE = 2019 + 221 / 365  # 9 August 2019 on an axis of years
THEN = 2018  # the last whole year that was known then
INK, QUIET, GRID = "#222222", "#5F6368", "#E3E3E3"
STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.labelsize": 9,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": "#9AA0A6",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "axes.grid.axis": "y",
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "ytick.major.size": 0,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "svg.fonttype": "none",
    "lines.solid_capstyle": "round",
}
CSS = (
    ".actorfig{margin:0 0 1em;max-width:46rem}.actorfig svg{width:100%;height:auto;background:#fff;border-radius:4px}"
    ".actorfig figcaption b{display:block;font-size:1.15em;line-height:1.3}.actorfig .fig-note{font-size:.85em;margin:.2em 0;opacity:.85}"
    ".actorfig details{font-size:.9em;margin:.2em 0}.actorfig td,.actorfig th{text-align:right;padding:.1em .6em;font-variant-numeric:tabular-nums}"
    ".actorfig .fig-scroll{overflow:auto;max-height:22em}"
)


@contextmanager
def style():
    """The house style for whatever is drawn inside: white paper, thin horizontal grid, no box, 9 pt."""
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context(), sns.axes_style("whitegrid"):
        mpl.rcParams.update(STYLE)
        yield


def drawing(function):
    """Decorator of every `*_picture` function: it draws in the house style."""
    from functools import wraps

    @wraps(function)
    def styled(*args, **kwargs):
        with style():
            return function(*args, **kwargs)

    return styled


def canvas(width=6.7, height=3.7, rows=1, cols=1, left=0.6, right=1.35, top=0.15, bottom=0.38, **kwargs):
    """A figure and its axes at printed size (inches; 6.7 is 170 mm), with room for labels at the right."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    axes = figure.subplots(rows, cols, **kwargs)
    figure.subplots_adjust(left=left / width, right=1 - right / width, top=1 - top / height, bottom=bottom / height)
    return figure, axes


def tag(artist, *codes, since=False, then=False):
    """Group a mark by its actors: it shows if and only if all of them are on. Returns the artist.

    since: a mark about what came after August 2019; then: one shown only while later marks are switched off.
    """
    tag.count = getattr(tag, "count", 0) + 1
    words = [f"a-{code}" for code in codes] + ["since"] * since + ["then"] * then
    artist.set_gid(f"mark{tag.count}!" + "!".join(words))
    return artist


def line(ax, frame, x, y, code, lead=False, labels=None, text=None, others=(), **kwargs):
    """One actor's line: full strength to 2018, lighter after. Appends the end's label to `labels` where given.

    others: further actors without whom the line does not show (the other side of a dyad).
    """
    looks = {
        "color": actors.colour(code),
        "linewidth": 3 if lead else 1.6,
        "linestyle": actors.dash(code),
        "zorder": 4 if lead else 3,
    } | kwargs
    frame = frame.dropna(subset=[y]).sort_values(x)
    early, late = frame[frame[x] <= THEN], frame[frame[x] >= THEN]
    if len(early):
        tag(ax.plot(early[x], early[y], **looks)[0], code, *others)
    if len(late) > 1 or (len(late) and not len(early)):
        tag(ax.plot(late[x], late[y], **looks | {"alpha": 0.55})[0], code, *others, since=True)
    if labels is not None and len(frame):
        end, then = frame.iloc[-1], (early if len(early) else frame).iloc[-1]
        text = text or f"{actors.name(code)} {end[y]:,.0f}"
        spot = (end[x], end[y]) if isinstance(text, str) else ((end[x], then[x]), (end[y], then[y]))
        labels.append(((code, *others), *spot, text, actors.colour(code), lead))


def label_ends(ax, labels, gap=11, x=None, size=9):
    """Write labels at the right edge, spread so that none overlap, each tagged by its actors; a leader where one moved.

    labels: list of (actors, x, y, text, colour[, bold]); a text of two, (since, then), hides the later figure while only what was
    known in August 2019 is shown; x and y may be two as well, so that each label stands at its own line's end. gap: least distance in points.
    """
    paired = any(not isinstance(item[3], str) for item in labels)
    for reading, when in enumerate(({"since": True}, {"then": True}) if paired else ({},)):
        read = [
            (item[0], *(part[reading] if isinstance(part, (tuple, list)) else part for part in item[1:4]), *item[4:])
            for item in labels
        ]
        _lay_out(ax, read, gap, x if x is not None else 1.015, size, when)


def _lay_out(ax, labels, gap, edge, size, when):
    height = ax.get_position().height * ax.figure.get_figheight() * 72
    scale = ax.transData + ax.transAxes.inverted()
    labels = sorted(labels, key=lambda item: item[2])
    wanted = [scale.transform((item[1], item[2]))[1] * height for item in labels]
    for item, start, place in zip(labels, wanted, _spread(wanted, gap, height), strict=True):
        who, at, value, text, colour, *bold = item
        if abs(place - start) > 4:
            leader = {"arrowstyle": "-", "color": colour, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0}
            ends = {"xy": (scale.transform((at, value))[0] + 0.003, start / height), "xytext": (edge, place / height)}
            bend = ax.annotate(
                "",
                **ends,
                xycoords="axes fraction",
                textcoords="axes fraction",
                arrowprops=leader,
                annotation_clip=False,
            )
            tag(bend.arrow_patch, *who, **when)
        looks = {
            "color": colour,
            "va": "center",
            "ha": "left",
            "fontsize": size,
            "fontweight": "bold" if bold and bold[0] else "normal",
        }
        tag(ax.text(edge + 0.005, place / height, text, transform=ax.transAxes, **looks), *who, **when)


def _spread(wanted, gap, height):
    """Places as near as can be to those wanted, at least `gap` apart, inside 0..height where they fit."""
    blocks = []
    for index, place in enumerate(wanted):
        blocks.append([place - index * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, count = blocks.pop()
            blocks[-1] = [
                (blocks[-1][0] * blocks[-1][1] + mean * count) / (blocks[-1][1] + count),
                blocks[-1][1] + count,
            ]
    places = [mean for mean, count in blocks for _ in range(count)]
    places = [place + index * gap for index, place in enumerate(places)]
    over = max(0, places[-1] - height) if places else 0
    places = [place - over for place in places]
    under = max(0, -places[0]) if places else 0
    return [place + under for place in places]


def year_axis(ax, first=None, last=None, step=None):
    """Whole years on the x axis, no half ones."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

    if first is not None:
        ax.set_xlim(first, last)
    ax.xaxis.set_major_locator(MultipleLocator(step) if step else MaxNLocator(nbins=8, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    ax.set_xlabel("")
    ax.set_ylabel("")
    ax.grid(axis="x", visible=False)


def article_line(ax, at=ARTICLE, text="article", y=0.985):
    """Mark 9 August 2019 on a time axis."""
    ax.axvline(at, color=QUIET, linewidth=1, linestyle=(0, (1, 2)), zorder=1)
    if text:
        ax.text(at, y, text + " ", transform=ax.get_xaxis_transform(), ha="right", va="top", fontsize=8.5, color=QUIET)


@dataclass
class Picture:
    """A figure, what it says in words, the figures behind it, and where they come from.

    key: unique name, letters, digits and hyphens; section: names the actor bar it listens to; table: DataFrame.
    sentences: list of (actors, sentence), one a mark, the word "since" among the actors where it tells of what came
    after August 2019; table_actors: the table's columns that hold ISO3; cannot: what the picture cannot show.
    """

    key: str
    section: str
    title: str
    subtitle: str
    figure: object
    lead: str
    sentences: list
    table: pd.DataFrame
    source: str
    table_actors: tuple = ()
    cannot: str = ""
    extra: dict = field(default_factory=dict)

    @property
    def alt(self):
        """The alt text: the head sentence and one sentence a mark."""
        return " ".join([self.lead, *(text for _, text in self.sentences)])

    @cached_property
    def svg(self):
        """The drawing as SVG text, the same bytes each time in one environment."""
        import matplotlib as mpl

        out = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": self.key, "svg.fonttype": "none"}):
            self.figure.savefig(
                out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
            )
        return _tidy(out.getvalue(), self.key, self.title)

    def to_html(self):
        """The figure as HTML: caption, drawing, source, the picture in words, the table behind it."""
        return (
            f'<figure class="actorfig" id="fig-{self.key}" data-bar="{self.section}"><style>{CSS}</style>'
            f"<figcaption><b>{html.escape(self.title)}</b>"
            f'<span class="fig-note">{html.escape(self.subtitle)}</span></figcaption>{self.svg}'
            f'<p class="fig-note">Source: {html.escape(self.source)}.{self._limits()}</p>{self._words()}{self._figures()}</figure>'
        )

    def _words(self):
        told = "".join(f' <span class="{_classes(who)}">{html.escape(text)}</span>' for who, text in self.sentences)
        return (
            '<details class="fig-alt"><summary>The picture in words</summary>'
            f'<p id="{self.key}-alt">{html.escape(self.lead)}{told}</p></details>'
        )

    def _figures(self):
        return (
            '<details class="fig-table"><summary>The figures behind it</summary><div class="fig-scroll" tabindex="0" '
            f'role="region" aria-label="Table: {html.escape(self.title)}">{_table(self.table, self.table_actors)}</div></details>'
        )

    def _limits(self):
        return f" It cannot show: {html.escape(self.cannot)}" if self.cannot else ""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": f"{self.title}\n{self.alt}", "text/html": self.to_html(), "image/svg+xml": self.svg}

    def __repr__(self):
        return f"Picture({self.key}: {self.title})"


def _classes(who, *more):
    return " ".join([*(code if code == "since" else f"a-{code}" for code in who), *more])


def _tidy(svg, key, title):
    """Strip what varies, prefix the ids, turn tags into classes, round coordinates, add name and description."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(
        r"<metadata>.*?</metadata>|<!--.*?-->|<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>", "", svg, flags=re.S
    )
    svg = re.sub(r'\bid="mark\d+!([^"]*)"', _mark, svg)
    svg = re.sub(r'\bid="(?!mark)([^"]+)"', rf'id="{key}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", svg)
    svg = re.sub(r'xlink:href="#([^"]+)"', rf'href="#{key}-\1"', svg)
    svg = re.sub(r'<g id="[^"]*">', "<g>", svg)
    svg = re.sub(r'\b(d|transform|x|y|points)="([^"]*)"', lambda m: f'{m[1]}="{_rounded(m[2])}"', svg)
    svg = re.sub(
        r"font(-family)?: ([^;\"]*?)'DejaVu Sans'[^;\"]*", r"font\1: \2'DejaVu Sans', Verdana, sans-serif", svg
    )
    svg = svg.replace("font-family: 'DejaVu Sans', Verdana, sans-serif; ", "")
    svg = re.sub(r' transform="rotate\(-0 [^"]*"', "", svg)
    svg = re.sub(r'\bd="([^"]*)"', lambda m: f'd="{_steps(m[1])}"', svg)
    svg = re.sub(r'style="[^"]*"', lambda m: re.sub(r"([:;]) ", r"\1", m[0]), svg)
    svg = re.sub(r'#[\w-]+-[mp][0-9a-f]{10}|\bid="[\w-]+-[mp][0-9a-f]{10}"', _Shorter(key), svg)
    svg = re.sub(
        r'\bd="([^"]*)"',
        lambda m: 'd="' + re.sub(r"\s*([MLQCz])\s*", r"\1", m[1]) + '"',
        svg.replace("text-anchor: start; ", ""),
    )
    svg = re.sub(r'\s(xmlns:xlink|version)="[^"]*"', "", svg)
    svg = re.sub(r">\s+<", "><", svg)
    svg = re.sub(
        r'(<g clip-path="[^"]*")>((?:<use [^>]*style="([^"]*)"/>)(?:<use [^>]*style="\3"/>)*)</g>', _hoisted, svg
    )
    looks = "stroke-linejoin:round;stroke-linecap:butt;font-family:'DejaVu Sans',Verdana,sans-serif"
    head = f' role="img" aria-label="{html.escape(title, quote=True)}" aria-describedby="{key}-alt" style="{looks}">'
    return re.sub(
        r"(<svg [^>]*?)>", lambda m: re.sub(r'\s(width|height)="[^"]*pt"', "", m[1]) + head, svg, count=1
    ).strip()


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


def _steps(path):
    """The same path in steps from point to point, which is shorter: curves stay as they are."""
    here, start, out = (0.0, 0.0), (0.0, 0.0), []
    for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(number) for number in rest.split()]
        across, up = (
            (round(number - old, 1) for number, old in zip(numbers[-2:], here, strict=True)) if numbers else (0, 0)
        )
        step = f"h{across:g}" if not up else f"v{up:g}" if not across else f"l{across:g}{' ' * (up > 0)}{up:g}"
        out.append(step if letter == "L" else letter + " ".join(f"{number:g}" for number in numbers))
        here = tuple(numbers[-2:]) if numbers else start
        start = here if letter == "M" else start
    return "".join(out)


def _mark(match):
    words = match[1].split("!")
    hidden = ' visibility="hidden"' if "then" in words else ""
    return f'class="{html.escape(" ".join(words), quote=True)}"{hidden}'


def _rounded(text):
    return re.sub(r"-?\d+\.\d{2,}", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), text)


def _cell(value):
    if isinstance(value, float):
        return "" if value != value else (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}")
    return html.escape(str(value))


def _table(frame, columns):
    """A plain HTML table with a row header, each row tagged by the actors it belongs to."""
    frame = frame.reset_index() if frame.index.name else frame
    head = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in frame.columns)
    codes = [[str(row[name]) for name in columns] for row in frame.to_dict("records")] if columns else [[]] * len(frame)
    late = (
        frame["year"].gt(THEN)
        if "year" in frame and pd.api.types.is_numeric_dtype(frame["year"])
        else [False] * len(frame)
    )
    rows = []
    for who, after, cells in zip(codes, late, frame.itertuples(index=False), strict=True):
        first, *rest = [_cell(value) for value in cells]
        kind = _classes(who, *["since"] * bool(after))
        rows.append(
            f'<tr class="{kind}"><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
        )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>".replace(' class=""', "")


def overlaps(picture, slack=1.0):
    """Pairs of text labels that overlap, or ("text", "edge") where one is cut by the figure's edge. Empty is good."""
    from itertools import combinations

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    unseen = _ticks_out_of_view(picture.figure)
    texts = [
        item
        for item in picture.figure.findobj(Text)
        if item.get_visible() and item.get_text().strip() and item not in unseen
    ]
    texts = [item for item in texts if "then" not in (item.get_gid() or "").split("!")]
    boxes = [(item.get_text(), item.get_window_extent(canvas.get_renderer())) for item in texts]
    boxes = [(text, box) for text, box in boxes if box.width and box.height]
    pairs = [
        (one, two)
        for (one, a), (two, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack
    ]
    frame = picture.figure.bbox
    cut = [
        (text, "edge")
        for text, box in boxes
        if box.x0 < frame.x0 - slack
        or box.x1 > frame.x1 + slack
        or box.y0 < frame.y0 - slack
        or box.y1 > frame.y1 + slack
    ]
    return pairs + cut


def _ticks_out_of_view(figure):
    """Labels of ticks that lie outside their axis: matplotlib keeps them, but draws none."""
    ticks = [
        (axis, tick)
        for ax in figure.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
    ]
    unseen = [
        tick
        for axis, tick in ticks
        if not min(axis.get_view_interval()) - 1e-9 <= tick.get_loc() <= max(axis.get_view_interval()) + 1e-9
    ]
    return {label for tick in unseen for label in (tick.label1, tick.label2)}
