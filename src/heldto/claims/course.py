"""How the figure of a claim went on, for a reader to draw before it is shown: declared as the table
`draw` of the claim in its `claims.toml`, worked out by its shape, or by a function beside its test.

    [E4.draw]
    title = "Russia's balance of trade with China"     neutral: it tells no outcome
    unit = "billion dollars"                           "" where a figure has none
    first = 2008                                       the first year that is given
    known = 2013                                       the last one: from then on the reader draws
    bottom = -25                                       where the drawing begins and ends
    top = 15
    step = 0.5                                         how far one press of a key moves a year
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd

from heldto import article
from heldto.claims.keys import OF_DRAWN
from heldto.claims.listed import find_claim
from heldto.claims.over_time import yearly_figures
from heldto.claims.testing import loaded
from heldto.errors import NotHeld, Problem, TextError
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.language import instead

LINES: article.PerArticle[Callable[[Vintage], "pd.Series[float]"]] = article.PerArticle()


def yearly(claim: str) -> Callable:
    """Decorator: this function gives the figure of a claim by year, for a reader to draw. It takes
    a vintage, and returns a series whose index are years, in the unit of the claim's `draw`. It
    raises NotHeld.
    """

    def register(function: Callable) -> Callable:
        LINES[claim] = function
        return function

    return register


@dataclass(frozen=True, kw_only=True)
class Course:
    """A line to draw, its figures rounded to the decimals of its step, by year.

    given: up to the last year that is known to the reader; then: the years after it, up to the last
    one known on the article's day; since: the years after that.
    """

    claim: str
    title: str
    unit: str
    bottom: float
    top: float
    step: float
    given: dict[int, float]
    then: dict[int, float]
    since: dict[int, float]

    @property
    def digits(self) -> int:
        """Decimals of its figures."""
        return decimals(self.step)

    def format(self, value: float) -> str:
        """A figure as it is written, without its unit."""
        return f"{value:.{self.digits}f}"


def decimals(step: float) -> int:
    """Decimals of a number as it is written: of 0.05 two."""
    return max(0, -int(Decimal(str(step)).normalize().as_tuple().exponent))


def has_line(claim: str) -> bool:
    """Whether a claim has a line to draw. Raises UnknownClaim."""
    claim_id = loaded(claim)
    return claim_id in LINES or _by_shape(claim_id)


def _by_shape(claim: str) -> bool:
    """Whether a claim declares a line to draw, and a shape measures it."""
    found = find_claim(claim)
    return found.draw is not None and bool(found.measure) and not found.fault


@cached
def line_to_draw(claim: str) -> Course:
    """The line to draw of a claim.

    Raises UnknownClaim; Problem where the claim has none; TextError where its declaration is
    written wrong, or leaves no room for a figure; NotHeld where a figure is not held.
    """
    claim_id = loaded(claim)
    if not has_line(claim_id):
        raise Problem(f"claim {claim_id} has no line to draw. {instead(claim_id, LINES)}")
    found = find_claim(claim_id)
    where, declaration = f"{found.where[:-1]}.draw]", found.draw
    if declaration is None:
        raise TextError(f"{where} is missing: write {', '.join(OF_DRAWN)} there")
    by_year = LINES.get(claim_id, partial(yearly_figures, claim_id))
    figures = {
        vintage: by_year(vintage).dropna().round(decimals(declaration["step"])).add(0.0)
        for vintage in ("then", "since")
    }
    return _course(claim_id, where, declaration, figures["then"], figures["since"])


def _course(
    name: str, where: str, declaration: Mapping[str, Any], then: pd.Series, since: pd.Series
) -> Course:
    first, known = declaration["first"], declaration["known"]
    last = int(then.index.max()) if len(then) else known
    given, drawn = ({*range(first, known + 1)}, {*range(known + 1, last + 1)})
    if lacking := sorted(({known} | drawn) - {*then.index}):  # a given line may break
        raise NotHeld(f"no figure for {declaration['title']} in {lacking[0]}")
    if not drawn:
        raise TextError(
            f"{where}, known: no year is left to draw after {known}: write a year before {last}"
        )
    parts = {
        "given": then[then.index.isin(given)],
        "then": then[then.index.isin(drawn)],
        "since": since[since.index > last],
    }
    for year, value in pd.concat(parts.values()).items():
        if not declaration["bottom"] <= value <= declaration["top"]:
            edge = "bottom" if value < declaration["bottom"] else "top"
            raise TextError(f"{where}, {edge}: {declaration[edge]} leaves out {value:g}, of {year}")
    figures: dict[str, Any] = {
        key: {int(year): float(value) for year, value in part.items()}
        for key, part in parts.items()
    }
    fields: dict[str, Any] = {
        key: declaration[key] for key in OF_DRAWN if key not in ("first", "known")
    }
    return Course(claim=name, **fields, **figures)
