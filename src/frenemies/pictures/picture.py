"""Picture: a figure with an alt text, a table and a source, and the decorator and the paper of every function that draws one."""

import html
from dataclasses import dataclass, field
from functools import cached_property, partial, wraps

import pandas as pd
from matplotlib.figure import Figure

from frenemies import evidence, stored
from frenemies.evidence import actors
from frenemies.pictures import svg
from frenemies.pictures.marks import drawn
from frenemies.pictures.sentences import in_short
from frenemies.pictures.style import house_style

CSS = (
    ".actorfig{margin:0 0 1em;max-width:46rem}.actorfig svg{width:100%;height:auto;background:#fff;border-radius:4px}"
    ".actorfig figcaption b{display:block;font-size:1.15em;line-height:1.3}.actorfig .fig-note{font-size:.85em;margin:.2em 0;opacity:.85}"
    ".actorfig details{font-size:.9em;margin:.2em 0}.actorfig td,.actorfig th{text-align:right;padding:.1em .6em;font-variant-numeric:tabular-nums}"
    ".actorfig .fig-scroll{overflow:auto;max-height:22em}.actorfig span.then,.actorfig .missing{display:none}"
    ".actorfig .fig-short{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}"
    ".actorfig .missing{margin:1em 0;padding:1em;border:1px solid #8a8f94;border-radius:4px}"
    ".actorfig .missing button{font:inherit;min-height:26px;padding:.1em .7em;cursor:pointer}"
)
NOTHING = "Nothing in this picture was known in August 2019."
LATER = {"title": "Later than August 2019", "subtitle": "", "lead": NOTHING}
EMPTY = (
    ("nobody", "Nothing is left of this picture with the actors shown.", "all", "Show all actors"),
    ("late", NOTHING, "since", "Show what has come since"),
)
WIDTH = 6.7  # inches: 170 mm
DOTS = 96  # pixels an inch


@dataclass
class Picture:
    """A figure, what it says in words, the figures behind it, and where they come from.

    key: unique name, letters, digits and hyphens; section: names the actor bar it listens to; table: DataFrame.
    sentences: list of (actors, sentence), one a mark, the word "since" among the actors where it tells of what came
    after August 2019; table_actors: the table's columns that hold ISO3; table_since: those that tell of what came after August
    2019; cannot: what the picture cannot show. then: dict of title, subtitle or lead as they stand in their place while only
    what was known in August 2019 is shown.
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
    table_since: tuple = ()
    then: dict = field(default_factory=dict)

    def __post_init__(self):
        marks = drawn(self.figure)
        self.late = bool(marks) and all(
            since for _, since in marks
        )  # nothing of it was known in August 2019
        self.then = self.then | LATER if self.late else self.then
        self.needs = (
            sorted(set.intersection(*(who for who, _ in marks))) if marks else []
        )  # without them it is empty
        self._others = any(who - {*self.needs} for who, _ in marks)

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
        needs = "".join(f" n-{code}" for code in self.needs)
        return (
            f'<figure class="actorfig{needs}" id="fig-{self.key}" data-bar="{self.section}" aria-labelledby="{self.key}-title">'
            f'<style>{CSS}</style><figcaption><b id="{self.key}-title">{self._read("title")}</b>'
            f'<span class="fig-note">{self._read("subtitle")}</span></figcaption>{self._missing()}{self._drawing()}'
            f'<p class="fig-note">Source: {html.escape(self.source)}.{self._limits()}</p>{self._words(self._read("lead"))}{self._figures()}</figure>'
        )

    def _read(self, name):
        """A text as HTML; where only what was known in August 2019 reads otherwise, both."""
        return _both(getattr(self, name), self.then.get(name))

    def _drawing(self):
        """The drawing, and its short description: that in words is at length, and folded."""
        texts = {name: getattr(self, name) for name in ("title", "subtitle", "lead")}
        short, then = in_short(**texts), in_short(**texts | self.then)
        drawing = svg.described(
            self.svg, *(f"{self.key}-{part}" for part in ("title", "short", "words"))
        )
        unseen = (
            "hidden" if short == then else 'class="fig-short"'
        )  # of a hidden text a screen reader would read both
        return f'{drawing}<p {unseen} id="{self.key}-short">{_both(short, then)}</p>'

    def _missing(self):
        """What stands in the picture's place where nothing of it is left, each with the button that helps; the bar's style shows it."""
        lacking = [
            _message(f"n-{code}", self._lacks(code), code, f"Switch {actors.name(code)} on")
            for code in self.needs
        ]
        return "".join([*lacking, *(_message(*message) for message in EMPTY)])

    def _lacks(self, code):
        """What is wrong while an actor is off without whom the picture is empty."""
        if self._others:
            return f"This picture compares others with {actors.the(code)}, which is switched off."
        others = [actors.the(one) for one in self.needs if one != code]
        return f"This picture is about {' and '.join([actors.the(code), *others])}: {actors.the(code)} is switched off."

    def to_image(self):
        """The figure as HTML that every viewer shows: the drawing as an image, nothing in it that hides or follows a bar."""
        width = round(self.figure.get_figwidth() * DOTS)
        sized = self.svg.replace("<svg ", f'<svg width="{width}" ', 1)
        image = stored.image(sized, in_short(self.title, self.subtitle, self.lead), width)
        return (
            f"<figure><figcaption><b>{html.escape(self.title)}</b><br>{html.escape(self.subtitle)}</figcaption>{image}"
            f"<p>Source: {html.escape(self.source)}.{self._limits()}</p>{self._words(html.escape(self.lead))}{self._figures()}</figure>"
        )

    def _limits(self):
        return f" It cannot show: {html.escape(self.cannot)}" if self.cannot else ""

    def _words(self, lead):
        told = "".join(
            f' <span class="{_classes(who)}">{html.escape(text)}</span>'
            for who, text in self.sentences
        )
        return (
            f'<details class="fig-alt" id="{self.key}-words"><summary>The picture in words</summary>'
            f"<p>{lead}{told}</p></details>"
        )

    def _figures(self):
        return (
            '<details class="fig-table"><summary>The figures behind it</summary><div class="fig-scroll" tabindex="0" '
            f'role="group" aria-label="Table">{_table(self.table, self.table_actors, self.table_since)}</div></details>'
        )

    def to_text(self):
        """The title, and the picture in words."""
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        import ipywidgets  # a notebook has it loaded, and nobody else needs it

        live = ipywidgets.HTML(self.to_html())  # follows the bar, which an image cannot
        return stored.bundle(
            self.to_text(), self.to_image(), self.to_html, live._repr_mimebundle_(), kind="picture"
        )

    def __repr__(self):
        return f"Picture({self.key}: {self.title})"


def _classes(who):
    return html.escape(" ".join(code if code == "since" else f"a-{code}" for code in who))


def _both(said, then=None):
    """A text as HTML, and beside it what stands in its place while only what was known in August 2019 is shown: the bar's style shows one."""
    if then in (None, said):
        return html.escape(said)
    return f'<span class="since">{html.escape(said)}</span><span class="then" hidden>{html.escape(then)}</span>'


def _message(kind, text, value, help):
    button = f'<button type="button" value="{value}">{html.escape(help)}</button>'
    return f'<p class="missing {kind}" hidden>{html.escape(text)} {button}</p>'


def _table(frame, columns, since=()):
    """A plain HTML table with a row header: rows tagged by the actors they belong to, rows and columns by whether they came later."""
    frame = frame.reset_index() if frame.index.name else frame
    marks = [' class="since"' * (name in since) for name in frame.columns]
    names = zip(marks, map(str, frame.columns), strict=True)
    head = "".join(f'<th scope="col"{mark}>{html.escape(name)}</th>' for mark, name in names)
    codes = frame[list(columns)].astype(str).to_numpy().tolist()
    rows = "".join(map(partial(_row, marks), codes, _late(frame), frame.itertuples(index=False)))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>".replace(
        ' class=""', ""
    )


def _late(frame):
    """Which rows came after the article: by day where there is one, else by month or year; none where there is neither."""
    for name in ("date", "month"):
        if name in frame:
            return frame[name].astype(str).gt(evidence.CUTS[name])
    timed = "year" in frame and pd.api.types.is_numeric_dtype(frame["year"])
    return frame["year"].gt(evidence.CUTS["annual"]) if timed else [False] * len(frame)


def _row(marks, codes, late, values):
    first, *rest = map(cell, values)
    cells = "".join(f"<td{mark}>{text}</td>" for mark, text in zip(marks[1:], rest, strict=True))
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
            own["then"] = fixed.get("then", {}) | own.get("then", {})
            lead = "lead" in own
            for said in (own, own["then"]):
                _begin(said, lead)
            own["sentences"] = list(own["sentences"])
            return Picture(
                section=section, source=evidence.source(*tables), table_actors=whose, **own
            )

        return _styled(wraps(function)(picture))

    return decorate


def _begin(said, lead):
    """Give a title its capital, and make a lead of it where the picture has none of its own."""
    if "title" in said:
        said["title"] = said["title"][:1].upper() + said["title"][1:]
        if not lead:
            said["lead"] = f"{said['title']}."


def _styled(function):
    @wraps(function)
    def styled(*args, **kwargs):
        with house_style():
            return function(*args, **kwargs)

    return styled


def canvas(height=3.7, rows=1, cols=1, left=0.6, right=1.35, top=0.15, bottom=0.38, **kwargs):
    """A figure and its axes at printed size (inches), with room for labels at the right."""
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.subplots(rows, cols, **kwargs)
    figure.subplots_adjust(
        left=left / WIDTH, right=1 - right / WIDTH, top=1 - top / height, bottom=bottom / height
    )
    return figure, axes
