"""The whole article at a glance: the ledger as a picture in reading order, and as a table to filter."""

import html
import textwrap

import ipywidgets

from frenemies import claims, evidence, pictures, stored
from frenemies.claims import ledger
from frenemies.evidence import actors

LINE = 0.172  # inches a line of text takes
CSS = ".ledger td,.ledger th{text-align:left;vertical-align:top;padding:.15em .7em .15em 0}"
CHOICES = {
    "section": "section",
    "kind": "kind",
    "verdict then": "verdict_then",
    "verdict since": "verdict_since",
}


def in_reading_order():
    """The ledger in the order of the article's paragraphs. Columns as in `ledger.table`, and paragraph; index: claim id."""
    order = evidence.table("claims").set_index("id").paragraph
    found = ledger.table()
    return found.assign(paragraph=order.reindex(found.index)).sort_values(
        "paragraph", kind="stable"
    )


def tally(found):
    """How many claims have each verdict, in words: "15 hold, 14 partly, ..."."""
    counts = found.value_counts()
    words = {
        "holds": "hold",
        "partly": "hold in part",
        "fails": "fail",
        "undecided": "are undecided",
    }
    return ", ".join(f"{counts.get(verdict, 0)} {words[verdict]}" for verdict in claims.VERDICTS)


@pictures.drawing(
    "verdict",
    key="glance",
    source="the tables each verdict names",
    cannot="how much a claim matters: each is one row, the trivial and the weighty alike.",
    table_since=("verdict_since", "robust_since"),
)
def glance_picture():
    """All claims in reading order, with the verdict of August 2019 and, beside it, that of since. Returns a Picture."""
    found = in_reading_order()
    lines = {code: textwrap.wrap(claim, 74) for code, claim in found.claim.items()}
    height = sum(max(len(some), 1.12) for some in lines.values()) + 1.9
    figure, ax = pictures.canvas(height=height * LINE, left=0.05, right=0.05, top=0.05, bottom=0.05)
    ax.set(xlim=(0, 6.6), ylim=(height, 0))
    ax.axis("off")
    _head(ax)
    at, before = 1.6, None
    for code, row in found.iterrows():
        step = max(len(lines[code]), 1.12)
        _claim(ax, at, step, code, row, lines[code], first=row.paragraph != before)
        at, before = at + step, row.paragraph
    changed = found.index[found.verdict_then.ne(found.verdict_since)]
    then = f"Of {len(found)} claims {tally(found.verdict_then)} by what was known in August 2019."
    order = "In reading order, numbered by paragraph"
    columns = "paragraph id claim verdict_then robust_then verdict_since robust_since"
    return dict(
        title=f"By what was known in August 2019, {tally(found.verdict_then)}",
        subtitle=f"{order}. Outlined: nothing newer is in the tables, so the verdict of then stands",
        figure=figure,
        lead=f"{then} Since then {len(changed)} verdicts have changed: {', '.join(changed)}.",
        sentences=_in_words(found),
        table=found.reset_index()[columns.split()],
        then={"subtitle": order, "lead": then},
    )


def _in_words(found):
    """Each claim's verdict of then, and the one since."""
    for code, row in found.iterrows():
        who = tuple(row.actors)
        yield who, f"{code}, {row.claim}: {row.verdict_then}."
        yield (*who, "since"), f"{code} since: {row.verdict_since}."


def _head(ax):
    """The key: the four verdicts, and what the two columns are."""
    for at, verdict in enumerate(claims.VERDICTS):
        _cell(ax, 0.47 + at * 1.1, 0.75, verdict, filled=True)
        ax.text(0.63 + at * 1.1, 0.75, verdict, va="center", fontsize=9)
    for at, text in ((5.85, "then"), (6.33, "since")):
        head = ax.text(at, 0.75, text, ha="center", va="center", fontsize=9, fontweight="bold")
        pictures.tag(head, since=text == "since")


def _cell(ax, x, y, verdict, filled):
    """One verdict: a square with its sign, so that colour never stands alone."""
    face, ink = (claims.COLOURS[verdict], "white") if filled else ("white", claims.COLOURS[verdict])
    box = {
        "boxstyle": "square,pad=0.22",
        "facecolor": face,
        "edgecolor": claims.COLOURS[verdict],
        "linewidth": 1,
    }
    return ax.text(
        x,
        y,
        claims.SIGNS[verdict],
        color=ink,
        ha="center",
        va="center",
        fontsize=7,
        fontweight="bold",
        bbox=box,
    )


def _claim(ax, at, step, code, row, lines, first):
    """One row: paragraph where it begins, id, claim, and the two verdicts."""
    middle, late = (
        at + step / 2,
        row.verdict_since != "undecided" and ledger.updated(*ledger.both(code)),
    )
    if first:
        ax.plot([0, 6.6], [at, at], color=pictures.GRID, linewidth=0.8)
        ax.text(0.05, middle, f"§ {row.paragraph}", va="center", fontsize=9, color=pictures.QUIET)
    marks = [ax.text(0.42, middle, code, va="center", fontsize=9, fontweight="bold")]
    marks.append(ax.text(0.85, middle, "\n".join(lines), va="center", fontsize=9, linespacing=1.05))
    marks.append(_cell(ax, 5.85, middle, row.verdict_then, filled=True))
    for mark in marks:
        pictures.tag(mark, *row.actors)
    pictures.tag(_cell(ax, 6.33, middle, row.verdict_since, filled=late), *row.actors, since=True)


class Browser(ipywidgets.VBox):
    """The ledger as a table under four choices and an actor; without a kernel it stands as the whole table."""

    def __init__(self):
        self.whole = in_reading_order()
        self.choices = {
            label: _choice(label, self.whole[column].unique()) for label, column in CHOICES.items()
        }
        self.actor = ipywidgets.Dropdown(
            options=[("any", ""), *[(actors.name(code), code) for code in actors.ALL]],
            description="actor",
        )
        self._page = ipywidgets.HTML()
        for choice in (*self.choices.values(), self.actor):
            choice.observe(self._follow, "value")
        self._follow()
        super().__init__(
            [
                ipywidgets.HBox(
                    [*self.choices.values(), self.actor], layout={"flex_flow": "row wrap"}
                ),
                self._page,
            ]
        )

    def _follow(self, change=None):
        self.shown = filtered(
            self.whole,
            self.actor.value,
            **{CHOICES[label]: choice.value for label, choice in self.choices.items()},
        )
        self._page.value = _page(self.shown, len(self.whole))

    def _repr_mimebundle_(self, **kwargs):
        closed = f"<details><summary>The ledger as a table</summary>{_page(self.whole, len(self.whole))}</details>"
        return stored.bundle(repr(self), closed, view=super()._repr_mimebundle_(**kwargs))

    def __repr__(self):
        return "\n".join(
            f"{code:4}{row.verdict_then:10}{row.verdict_since:10}{row.claim}"
            for code, row in self.shown.iterrows()
        )


def _choice(label, options):
    return ipywidgets.Dropdown(
        options=[("any", ""), *[(word, word) for word in options]],
        description=label,
        style={"description_width": "initial"},
    )


def filtered(found, actor="", **wanted):
    """Rows of the ledger that concern an actor and match every column given; an empty word lets all through."""
    for column, word in wanted.items():
        found = found[found[column].eq(word)] if word else found
    return found[[not actor or actor in codes for codes in found.actors]] if len(found) else found


def _page(found, total):
    """The rows as a table, the verdicts as tags."""
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("claim", "", "then", "since", "tipping point")
    )
    cells = [
        [
            html.escape(row.claim),
            tag(row.verdict_then),
            tag(row.verdict_since),
            html.escape(_tips(row)),
        ]
        for row in found.itertuples()
    ]
    rows = "".join(
        f'<tr><th scope="row">{code}</th><td>{"</td><td>".join(row)}</td></tr>'
        for code, row in zip(found.index, cells, strict=True)
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="ledger"><style>{CSS}</style><p>{len(found)} of {total} claims</p>{table}</div>'


def _tips(row):
    """The tipping point, or both where the years since have one of their own."""
    then, since = row.tipping_point_then, row.tipping_point_since
    return f"then {then}; since {since}" if then and since and then != since else then or since


def tag(verdict):
    """A verdict word as a coloured tag, the word always in it."""
    return f'<b class="tag tag-{verdict}">{claims.SIGNS[verdict]} {verdict}</b>'


def browse():
    """The ledger with filters by section, kind, verdict and actor: `fr.overview.browse()`."""
    return Browser()
