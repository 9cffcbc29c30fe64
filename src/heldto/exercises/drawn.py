"""A line that the reader draws before it is shown: the frame, the form, what is kept, the gap."""

import json
from collections.abc import Mapping
from itertools import chain
from math import ceil, floor
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets
from markupsafe import Markup

from heldto.claims.course import Course, line_to_draw
from heldto.errors import NotHeld, Problem
from heldto.exercises import diary
from heldto.exercises.box import Form, paragraphs
from heldto.exercises.words import WORDS, Said, say
from heldto.scripts import together
from heldto.templates import render
from heldto.toggles.here import FROM_PAGE, shared
from heldto.tr import SpokenScript, numerals, tr

Line = dict[int, float]

WIDE, HIGH = 360, 205  # of a frame, in its own units; a phone shows it at this size
LEFT, RIGHT, TOP, FOOT = 36, 16, 16, 35  # room around it for what is written there
ROUND = 1, 2, 2.5, 5, 10  # steps of an axis, times a power of ten
FEW, EVERY = 5, 5  # steps of the axis at most; years between two that are written


class LineToDraw(anywidget.AnyWidget):
    """A frame with a handle for each year.

    page: its HTML, without the figures that are asked for. drawn: what the reader drew, {year:
    value}, once they ask for the line. shown: once it is, what counts as drawn ("mine", {year:
    value}), and what `DrawnFrame.figures` has.
    """

    _esm = SpokenScript(together(Path(__file__).with_suffix(".js")))
    page = traitlets.Unicode().tag(sync=True)
    drawn = traitlets.Dict().tag(**FROM_PAGE)
    shown = traitlets.Dict().tag(sync=True)


class DrawForm(Form):
    """A line of a claim for the reader to draw: kept once, then shown beside the figures."""

    def __init__(self, asked: Course) -> None:
        self.asked, self.claim = asked, asked.claim
        layout = shared(ipywidgets.Layout)
        self.frame = LineToDraw(page=draw_page(asked, hidden=False), layout=layout)
        self.frame.observe(lambda change: self.record(change["new"]), "drawn")
        text, about = asked_in_words(asked), {"kind": "draw", "claim": self.claim}
        super().__init__([self.frame], self.page, text, None, None, **about)
        self._settle()

    def record(self, line: Mapping[Any, Any]) -> None:
        """Keep a line, {year: value}, and show the figures beside the one that counts."""
        checked = checked_line(self.asked, line)
        self._settle(record_line(self.asked, checked), checked)
        self.on_answer()

    def _settle(self, not_kept: str = "", line: Line | None = None) -> None:
        if mine := first_line(self.asked) or line:
            self.frame.shown = {"mine": mine, **DrawnFrame(self.asked).figures()}
            self.said.value = paragraphs(gap(self.asked, mine), not_kept)

    @property
    def done(self) -> bool:
        """Whether the line was drawn, and the figures show."""
        return bool(self.frame.shown)

    def page(self) -> Markup:
        """The line to draw as a form of HTML, for a page without a kernel."""
        return draw_page(self.asked)


def asked_in_words(asked: Course) -> str:
    """What is asked, in lines: the title, what is given, the years to draw."""
    given = ((year, numerals(asked.format(value))) for year, value in asked.given.items())
    given_text = ", ".join(f"{year} {value}" for year, value in given)
    fields = {"title": asked.title, "given": given_text, **_span(asked)}
    fields["unit"] = tr(", in {unit}", unit=tr(asked.unit)) if asked.unit else ""
    return say("draw", **fields)


def _span(course: Course) -> dict[str, int]:
    """The years that a reader draws, and the last one that is given."""
    return {"known": max(course.given), "first": min(course.then), "last": max(course.then)}


def draw_page(asked: Course, hidden: bool = True) -> Markup:
    """The frame of a line as a form of HTML. hidden: with the figures that are asked for, which
    the script of a page shows when the reader has drawn.
    """
    frame, span = DrawnFrame(asked), _span(asked)
    line = json.dumps(frame.figures()) if hidden else ""
    context = {"how": say("draw_how", **span), "pencil": say("draw_pencil", **span)}
    return render("draw.html.j2", asked=asked, frame=frame, line=line, **context)


class DrawnFrame:
    """Where everything stands in the drawing of a line: x and y of years and values."""

    def __init__(self, asked: Course) -> None:
        self.asked, self.years = asked, [*asked.given, *asked.then, *asked.since]
        self.first = self.years[0]
        self.across = (WIDE - LEFT - RIGHT) / (self.years[-1] - self.first)
        self.up = (HIGH - TOP - FOOT) / (asked.top - asked.bottom)
        self.wide, self.high, self.left, self.end = WIDE, HIGH, LEFT, WIDE - RIGHT
        self.floor, self.ceiling = HIGH - FOOT, TOP

    def x(self, year: float) -> float:
        """Where a year stands."""
        return round(LEFT + (year - self.first) * self.across, 1)

    def y(self, value: float) -> float:
        """Where a value stands."""
        return round(self.floor - (value - self.asked.bottom) * self.up, 1)

    def path(self, *lines: Line) -> str:
        """A line of several parts; where a year is missing it breaks."""
        points, year_before = [], None
        for year, value in chain.from_iterable(line.items() for line in lines):
            command = "L" if year_before == year - 1 else "M"
            points.append(f"{command}{self.x(year)} {self.y(value)}")
            year_before = year
        return "".join(points)

    def figures(self) -> dict[str, Any]:
        """What is asked for: the figures up to the article's day, {year: value}, their path, and
        that of the figures since.
        """
        course = self.asked
        given, then = ({max(part): part[max(part)]} for part in (course.given, course.then))
        paths = {"path": self.path(given, course.then), "since": self.path(then, course.since)}
        return {"then": course.then, **paths}

    @property
    def marks(self) -> list[float]:
        """Round values of the axis, a few."""
        low, high = self.asked.bottom, self.asked.top
        tens = (10.0**power for power in range(-6, 12))
        sizes = chain.from_iterable([step * ten for step in ROUND] for ten in tens)
        size = next(one for one in sizes if (high - low) / one <= FEW)
        return [n * size for n in range(ceil(low / size), floor(high / size) + 1)]

    def mark(self, value: float) -> str:
        """A value of the axis in words."""
        return numerals(f"{value:.10g}")

    @property
    def dated(self) -> list[int]:
        """The years that are written below it."""
        return [year for year in range(self.first, self.years[-1] + 1) if year % EVERY == 0]

    @property
    def told(self) -> str:
        """What the script of a page needs to put handles on it, as JSON."""
        course = self.asked
        value = course.given[max(course.given)]
        data = {
            "years": [*course.then],
            "value": value,
            "unit": unit_behind(course),
            "digits": course.digits,
        }
        data |= {name: getattr(course, name) for name in ("bottom", "top", "step")}
        data |= {"first": self.first, "x": LEFT, "dx": self.across, "y": self.floor, "k": self.up}
        data |= {"none": say("draw_none"), "half": say("draw_half")}
        if (mark := numerals("0.1")[1]) != ".":
            data |= {"mark": mark}
        return json.dumps(data | {"wide": WIDE, "says": gap_sentences()}, ensure_ascii=False)


def unit_behind(asked: Course) -> str:
    """The unit as it stands behind a figure."""
    return f" {tr(asked.unit)}" if asked.unit else ""


# What is drawn


def checked_line(asked: Course, line: Mapping[Any, Any]) -> Line:
    """A line as one gave it, {year: value}, with a number for each year. Raises Problem."""
    numbers: Line = {}
    for key, value in line.items():
        try:
            numbers[int(key)] = float(value)
        except (TypeError, ValueError):
            raise Problem(say("draw_number", year=key, value=value)) from None
    span = _span(asked)
    if odd_years := numbers.keys() ^ asked.then.keys():
        raise Problem(say("draw_years", odd=min(odd_years), **span))
    for year, value in numbers.items():
        if not asked.bottom <= value <= asked.top:
            fields = {"year": year, "value": f"{value:g}", "bottom": asked.bottom, "top": asked.top}
            raise Problem(say("draw_range", **fields))
    return {year: round(numbers[year], asked.digits) for year in asked.then}


def record_line(asked: Course, line: Line) -> str:
    """Write a line into the reader's file. Returns "" or a line that says why it was not kept."""
    by_year = {str(year): value for year, value in line.items()}
    entry = {"claim": asked.claim, "line": by_year, "time": diary.utc_now()}
    return diary.change_file(lambda contents: contents["lines"].append(entry))


def first_line(asked: Course) -> Line | None:
    """The line that counts, the first one that was drawn of these years; None where there is
    none.
    """
    for entry in diary.load_answers()["lines"]:
        line = {int(year): value for year, value in entry["line"].items()}
        inside = all(asked.bottom <= value <= asked.top for value in line.values())
        if entry["claim"] == asked.claim and line.keys() == asked.then.keys() and inside:
            return line
    return None


def gap_sentences() -> dict[str, str]:
    """The sentences that tell a gap, for the script, which fills in what stands in one brace."""
    blanks = {name: f"{{{name}}}" for name in ("mine", "ends", "year", "off", "mean")}
    return {way: WORDS["gaps"].fill(way, **blanks) for way in WORDS["gaps"]}


def gap(asked: Course, line: Line) -> str:
    """How far a line lies from the figures, in words: at its end, and on average.

    It counts what is written, in units of the last decimal, as a page does.
    """
    scale = 10**asked.digits
    last = max(asked.then)
    off = {year: round(line[year] * scale) - round(one * scale) for year, one in asked.then.items()}
    total, years = sum(map(abs, off.values())), len(off)
    mean = (2 * total + years) // (2 * years) / scale
    fields = {
        "mine": numerals(asked.format(line[last])) + unit_behind(asked),
        "ends": numerals(asked.format(asked.then[last])),
    }
    fields |= {"year": str(last), "off": numerals(asked.format(abs(off[last]) / scale))}
    way = "low" if off[last] < 0 else "high" if off[last] else "even"
    return str(WORDS["gaps"].fill(way, mean=numerals(asked.format(mean)), **fields))


def draw(claim: str, line: Mapping[int, float] | None = None) -> DrawForm | Said:
    """Ask the reader to draw how a figure went on, before it is shown.

    With a claim alone it shows a form. The figures are drawn up to a year. Each later year has a
    handle that the reader moves with pointer, finger or arrow keys. *Show the line* puts the
    figures beside the drawn line, and a sentence says how far the two are apart. In code you give
    the line at once: {year: value} for each of those years, in the unit of the figures. Like a
    guess, the line is kept in the reader's own file, `my-answers.json`; the first line on a claim
    counts.

    Returns the form, or that sentence. If the tables do not have the figures, a sentence says so.
    Raises UnknownClaim; Problem for a claim without a line to draw, and for a line that cannot be
    read; TextError if its declaration in `claims.toml` has a mistake.

    Examples
    --------
    >>> print(fr.draw("E4"))
    Draw it first: Russia's balance of trade with China...
    >>> fr.draw("E4", {2014: -15, 2015: -12, 2016: -10, 2017: -8, 2018: -6})
    You ended at -6.0 billion dollars; the figures end at 3.9 (2018): 9.9 too low. ...
    """
    try:
        course = line_to_draw(claim)
    except NotHeld as lack:
        return Said(lack.sentence)
    if line is None:
        return DrawForm(course)
    checked = checked_line(course, line)
    not_kept = record_line(course, checked)
    return Said(not_kept or gap(course, first_line(course) or checked))
