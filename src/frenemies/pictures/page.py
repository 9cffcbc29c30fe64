"""Picture: a figure with an alt text, a table and a source, and the decorator and the paper of every function that draws one."""

import html
from dataclasses import dataclass
from functools import cached_property, wraps

import pandas as pd
from matplotlib.figure import Figure

from frenemies import evidence
from frenemies.pictures import svg
from frenemies.pictures.looks import THEN, style
from frenemies.pictures.words import in_short

CSS = (
    ".actorfig{margin:0 0 1em;max-width:46rem}.actorfig svg{width:100%;height:auto;background:#fff;border-radius:4px}"
    ".actorfig figcaption b{display:block;font-size:1.15em;line-height:1.3}.actorfig .fig-note{font-size:.85em;margin:.2em 0;opacity:.85}"
    ".actorfig details{font-size:.9em;margin:.2em 0}.actorfig td,.actorfig th{text-align:right;padding:.1em .6em;font-variant-numeric:tabular-nums}"
    ".actorfig .fig-scroll{overflow:auto;max-height:22em}"
)
WIDTH = 6.7  # inches: 170 mm


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

    @property
    def alt(self):
        """The alt text: the head sentence and one sentence a mark."""
        return " ".join([self.lead, *(text for _, text in self.sentences)])

    @cached_property
    def svg(self):
        """The drawing as SVG text, the same bytes each time in one environment."""
        return svg.text(self.figure, self.key, self.title)

    def to_html(self):
        """The figure as HTML: caption, drawing, source, the picture in words, the table behind it."""
        return (
            f'<figure class="actorfig" id="fig-{self.key}" data-bar="{self.section}" aria-labelledby="{self.key}-title">'
            f'<style>{CSS}</style><figcaption><b id="{self.key}-title">{html.escape(self.title)}</b>'
            f'<span class="fig-note">{html.escape(self.subtitle)}</span></figcaption>{self._drawing()}'
            f'<p class="fig-note">Source: {html.escape(self.source)}.{self._limits()}</p>{self._words()}{self._figures()}</figure>'
        )

    def _drawing(self):
        """The drawing, and its short description: that in words is at length, and folded."""
        short = html.escape(in_short(self.title, self.subtitle, self.lead))
        drawing = svg.described(self.svg, f"{self.key}-short", f"{self.key}-words")
        return f'{drawing}<p hidden id="{self.key}-short">{short}</p>'

    def _limits(self):
        return f" It cannot show: {html.escape(self.cannot)}" if self.cannot else ""

    def _words(self):
        told = "".join(f' <span class="{_classes(who)}">{html.escape(text)}</span>' for who, text in self.sentences)
        return (
            f'<details class="fig-alt" id="{self.key}-words"><summary>The picture in words</summary>'
            f"<p>{html.escape(self.lead)}{told}</p></details>"
        )

    def _figures(self):
        return (
            '<details class="fig-table"><summary>The figures behind it</summary><div class="fig-scroll" tabindex="0" '
            f'role="group" aria-label="Table">{_table(self.table, self.table_actors)}</div></details>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": f"{self.title}\n{self.alt}", "text/html": self.to_html(), "image/svg+xml": self.svg}

    def __repr__(self):
        return f"Picture({self.key}: {self.title})"


def _classes(who):
    return html.escape(" ".join(code if code == "since" else f"a-{code}" for code in who))


def _table(frame, columns):
    """A plain HTML table with a row header, each row tagged by the actors it belongs to, and by whether it came later."""
    frame = frame.reset_index() if frame.index.name else frame
    head = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in frame.columns)
    late = _late(frame)
    codes = frame[list(columns)].astype(str).to_numpy().tolist()
    rows = "".join(map(_row, codes, late, frame.itertuples(index=False)))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>".replace(' class=""', "")


def _late(frame):
    """Which rows came after the article: by day where there is one, else by year; none where there is neither."""
    if "date" in frame:
        return frame["date"].astype(str).gt(evidence.CUTS["date"])
    timed = "year" in frame and pd.api.types.is_numeric_dtype(frame["year"])
    return frame["year"].gt(THEN) if timed else [False] * len(frame)


def _row(codes, late, values):
    first, *rest = map(cell, values)
    cells = "".join(f"<td>{text}</td>" for text in rest)
    return f'<tr class="{_classes([*codes, *["since"] * bool(late)])}"><th scope="row">{first}</th>{cells}</tr>'


def cell(value):
    """One figure or word as a table shows it: four digits, blank where none is known."""
    if isinstance(value, float):
        return "" if value != value else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"
    return html.escape(str(value))


def drawing(section, *tables, whose=(), **fixed):
    """Decorator of every `*_picture` function: it draws in the house style.

    Bare, the function makes its Picture itself. With a section and the tables of data/ that it credits, the function returns a
    dict of what is its own, and the Picture is put together here. whose: the table's columns that hold ISO3; fixed: the fields
    that never change. The title begins with a capital, and where no lead is given it is one.
    """
    if callable(section):
        return _styled(section)

    def decorate(function):
        def picture(*args, **kwargs):
            own = fixed | function(*args, **kwargs)
            own["title"] = own["title"][:1].upper() + own["title"][1:]
            own["sentences"] = list(own["sentences"])
            own.setdefault("lead", f"{own['title']}.")
            return Picture(section=section, source=evidence.source(*tables), table_actors=whose, **own)

        return _styled(wraps(function)(picture))

    return decorate


def _styled(function):
    @wraps(function)
    def styled(*args, **kwargs):
        with style():
            return function(*args, **kwargs)

    return styled


def canvas(height=3.7, rows=1, cols=1, left=0.6, right=1.35, top=0.15, bottom=0.38, **kwargs):
    """A figure and its axes at printed size (inches), with room for labels at the right."""
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.subplots(rows, cols, **kwargs)
    figure.subplots_adjust(left=left / WIDTH, right=1 - right / WIDTH, top=1 - top / height, bottom=bottom / height)
    return figure, axes
