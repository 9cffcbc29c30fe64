"""The yardstick: a claim's ruler as a picture, with everybody to whom its measure applies on it."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from heldto import article, stored
from heldto.claims import swap, units
from heldto.claims.ledger import both, updated
from heldto.claims.rule import row, section_of
from heldto.claims.ruler import WIDTH, figures, reach, ruler, runs
from heldto.claims.verdict import Verdict
from heldto.claims.wording import prose
from heldto.errors import Problem
from heldto.evidence import Vintage, actors
from heldto.templates import render
from heldto.text.words import capital, names, possessive

FEW = 3  # actors who are named where they are level
MEANS = units.TABLE["means"]
KNOWN = {"then": f"as known in {article.current().month}", "since": "since"}
THEN, SINCE = (
    [(article.current().month, ""), ("verdict", "")],
    [("since", "since"), ("verdict", "since")],
)
PLAIN = [("figure", ""), ("verdict", "")]
TITLE = 200  # characters of a title; what a longer measure lists after its colon stands below it
IN_PLACE = "The claim's rule, and the figures with others in the place of its own actors."
Told = tuple[tuple[str, ...], str]  # actors (and "since"), sentence


@dataclass(eq=False)
class Yardstick:
    """A rule, a claim's figures on it, and those of everybody else: drawn and told.

    sides: what the rule says of them, then, and since where anything newer is known; others:
    {vintage: as `swap.others` has it}; among: {vintage: {part of the rule, or "": the claim's
    figure}}; title: what is measured, in words; section: whose bar it follows; key: a name that no
    other drawing has; note: what the dots are; whose: the claim's figures; dated: whether they are
    those of August 2019 and since.
    """

    sides: Sequence[Verdict]
    others: Mapping[Vintage, pd.DataFrame]
    among: Mapping[Vintage, dict[str, float]]
    title: str
    section: str
    key: str
    note: str
    whose: str = "The claim"
    dated: bool = True

    def __post_init__(self) -> None:
        self.then, self.since, *_ = *self.sides, None
        self.rule = self.then.rule
        among = {vintage: [*figures.values()] for vintage, figures in self.among.items()}
        self.looks = "" if figures(self.then) else " since"  # nothing of it was known in 2019
        self.svg = ruler(self.sides, self.others, among, self.key, self.whose, self.dated)

    def _known(self, side: Verdict) -> str:
        return KNOWN[side.vintage] if self.dated else ""

    def own(self) -> list[Told]:
        """The rule and the claim's own figures in a sentence each."""
        highest = max(value for side in self.sides for *_, value in figures(side))
        zones = [
            f"{verdict} {reach(low, high, self.rule.unit, *self._open(verdict, low, high))}"
            for low, high, verdict in runs(self.rule, highest)
        ]
        told = [(_late(side), self._said(side)) for side in self.sides if figures(side)]
        return [((), f"The rule: {', '.join(zones)}."), *told]

    def _open(self, verdict: str, *edges: float) -> list[bool]:
        """Which edges of a zone are not its own."""
        return [math.isfinite(edge) and self.rule.alone(edge) != verdict for edge in edges]

    def _said(self, side: Verdict) -> str:
        told = [f"{who[2:]} {self.rule.in_words(one)}".strip() for _, who, one in figures(side)]
        known = capital(self._known(side)) or "The figure"
        return f"{known}: {', '.join(told)}, so it {MEANS[side.verdict]}."

    def ranks(self) -> list[Told]:
        """Where the claim's own figures stand among everybody's: they hold while all are shown."""
        sides = [side for side in self.sides if len(self.others.get(side.vintage, ()))]
        whose = [(*self.others[side.vintage]["who"], *_late(side)) for side in sides]
        return [*zip(whose, map(self._ranked, sides), strict=True)]

    def _ranked(self, side: Verdict) -> str:
        frame, own = self.others[side.vintage], self.among[side.vintage]
        low, high = (self._end(frame, at) for at in (0, -1))
        every = [*frame["value"], *own.values()]
        scale = " on this scale" if "negative" in units.UNITS.get(self.rule.unit, {}) else ""
        whose = [swap.title(who) if len(own) > 1 else "it" for who in own]
        places = (1 + sum(one > value for one in every) for value in own.values())
        told = " and ".join(map("{} is number {}".format, whose, places))
        among = f"Of {len(every)} {self._known(side)}".strip()
        ends = f"the highest of the others{scale}: {high}, the lowest: {low}"
        return f"{among} {told} from the top; {ends}."

    def _end(self, frame: pd.DataFrame, at: int) -> str:
        shown = frame["value"].map(self.rule.short)
        level = frame["who"][shown.eq(shown.iloc[at])]
        who = names(level) if len(level) <= FEW else f"{len(level)} actors"
        return f"{who} ({shown.iloc[at]})"

    def words(self) -> list[Told]:
        """Everybody's figures, a sentence each."""
        told: list[Told] = []
        for vintage, frame in self.others.items():
            late = " since" if vintage == "since" else ""
            for one in frame[::-1].itertuples():
                said = f"{actors.name(one.who)}{late}: {self.rule.short(one.value)}."
                told.append(((one.who, *late.split()), said))
        return told

    def table(self) -> pd.DataFrame:
        """Everybody's figures, highest in August 2019 first.

        Columns: who (ISO3), then, verdict_then, and where something newer is known since,
        verdict_since: in the claim's unit, with the verdict that the rule gives each alone.
        """
        sides = [
            frame.set_index("who")[["value", "verdict"]].set_axis([side, f"verdict_{side}"], axis=1)
            for side, frame in self.others.items()
        ]
        if not sides:
            return pd.DataFrame(columns=["who", "then", "verdict_then"])
        return pd.concat(sides, axis=1).sort_values("then", ascending=False).reset_index()

    def _rows(self) -> list[tuple[str, str, list[str]]]:
        own: dict[str, dict[str, float]] = {}
        for vintage, whose, value in itertools.chain(*map(figures, self.sides)):
            own.setdefault(whose, {})[vintage] = value
        rows = [("a-claim", f"{self.whose}{who}", self._cells(held)) for who, held in own.items()]
        others = ((one["who"], self._cells(one)) for one in self.table().to_dict("records"))
        return rows + [(f"a-{who}", actors.name(who), cells) for who, cells in others]

    def _cells(self, held: Mapping[str, Any]) -> list[str]:
        """A figure and what the rule says to it alone, then and since."""
        cells = []
        for side in self.sides:
            value = held.get(side.vintage, math.nan)
            words = "" if pd.isna(value) else self.rule.short(value)
            cells += [words, self.rule.alone(value) if words else ""]
        return cells

    def alt(self) -> str:
        """The picture in words, in short."""
        return " ".join(text for _, text in self.own() + self.ranks())

    def to_html(self, on_page: bool = False) -> Markup:
        """The figure as HTML: caption, drawing, words, table. It follows the bar of its section.

        on_page: see `Picture.to_html`.
        """
        return self._page(self.svg, on_page) if self.svg else Markup("")

    def to_image(self) -> Markup:
        """The same with its drawing as an image, which every viewer shows."""
        return self._page(stored.image(self.svg, self.alt(), WIDTH)) if self.svg else Markup("")

    def _page(self, drawn: Markup, on_page: bool = False) -> Markup:
        columns = [("who", ""), *(THEN if self.dated else PLAIN), *(SINCE if self.since else [])]
        table = render("table.html.j2", columns=columns, rows=self._rows(), cut="")
        told = {"yardstick": self, "drawn": drawn, "table": table}
        return render("yardstick.html.j2", **told, on_page=on_page)

    def to_text(self) -> str:
        """What is measured, and the picture in words."""
        return "\n".join([self.title, self.alt(), " ".join(text for _, text in self.words())])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> stored.Bundle:
        view = stored.live(self.to_html())
        return stored.bundle(self.to_text(), self.to_image(), self.to_html, view, kind="picture")

    __repr__ = to_text


def _late(side: Verdict) -> tuple[str, ...]:
    return ("since",) if side.vintage == "since" else ()


def of(claim: str, *sides: Verdict) -> Yardstick:
    """The yardstick of one of the article's claims. Raises UnknownClaim; RowError or OurFault where
    it is unjudged.

    sides: other verdicts in place of the claim's own, which stand alone on it.
    """
    held, (then, since) = row(claim), sides or both(claim)
    if then.finding.fault:
        raise then.finding.fault
    drawn = [then, since] if updated(then, since) else [then]
    asked = [] if sides else drawn
    others = {side.vintage: swap.others(side.id, side.vintage) for side in asked}
    measure = prose(then.rule, "measure")
    title, _, parts = measure.partition(": ") if len(measure) > TITLE else (measure, "", "")
    note = IN_PLACE if sides else _note(then, others)
    return Yardstick(
        drawn,
        others,
        {side.vintage: swap.own_figures(side) for side in asked},
        title=title,
        section=section_of(claim),
        key=f"yardstick-{held['id']}{'-instead' if sides else ''}",
        note=f"{capital(parts)}. {note}" if parts else note,
        whose="In its place" if sides else "The claim",
    )


def _note(then: Verdict, others: Mapping[Vintage, pd.DataFrame]) -> str:
    """What the dots are; where two books decide, by whose."""
    if all(frame.empty for frame in others.values()):
        return "The rule and the claim's own figures; nobody else is laid beside them."
    among = swap.compared(then.id)
    whose = " or ".join(possessive(swap.title(place)) for place in among.swap) if among else ""
    by = f", by {possessive(article.current().books)} books" if then.by_reporter else ""
    note = f" {among.note}" if among and among.note else ""
    return f"Dots: others in {whose} place{by}. Large and black: the claim.{note}"


def yardstick(claim: str) -> Yardstick:
    """A claim's rule as a scale, with everybody on it to whom its measure applies.

    Returns a Yardstick: a notebook shows it as a picture that follows the actor bar; printed, it is
    lines of text. Its `table()` has a row for each of the others, the highest first: who (ISO3),
    then, verdict_then and, where something newer is known, since and verdict_since. Figures are in
    the claim's unit, and the verdicts are what the rule would say to each of them alone. Sources
    are those of the claim. Raises UnknownClaim; Problem where no scale decides the claim.

    Examples
    --------
    >>> fr.yardstick("F5").table()[["who", "then", "verdict_then"]].head(3)  # kappa
       who   then verdict_then
    0  SYR  0.695        fails
    1  PRK  0.648        fails
    2  IRN  0.621        fails
    """
    made = of(claim)
    if not made.svg:
        raise Problem(f"no scale decides {made.then.id}: its verdict rests on no one figure")
    return made
