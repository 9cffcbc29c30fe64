"""The readings of a claim as a page tells them: by figure, and counted by what they choose."""

import itertools
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from heldto import evidence
from heldto.claims import readings
from heldto.claims.rule import VERDICTS, row
from heldto.claims.verdict import SIGNS
from heldto.errors import Problem
from heldto.templates import render

Option = Mapping[str, Any]  # a line of data/readings.csv, a letter that names it, and late

NO_PROBABILITY = (
    "A count of readings is no probability: readings that resemble each other are not independent."
)


def options(claim: str) -> list[Option]:
    """All that can be chosen in a claim, dimension by dimension, the ledger's own first.

    Raises UnknownClaim; Problem where there is no choice.
    """
    listed = [one for own in readings.options(claim).values() for one in own]
    if not listed:
        raise Problem(f"{row(claim)['id']} has no other readings: documents decide it, or nothing")
    return [
        {**one, "letter": chr(ord("a") + at), "late": _late(one)} for at, one in enumerate(listed)
    ]


def _late(one: Option) -> bool:
    """Whether an option ends in a year, or a span to one, that nobody could know in August 2019."""
    years = str(one["option"]).split()[-1].split("-")
    known = one["own"] or not all(map(str.isdigit, years))
    last = years[0][: -len(years[-1])] + years[-1]  # of 2013-18 it is 2018
    return not known and int(last) > int(evidence.CUTS["annual"])


def is_late(claim: str) -> bool:
    """Whether a count of a claim's readings takes in what nobody could know in August 2019.

    Raises UnknownClaim.
    """
    return any(map(_late, itertools.chain(*readings.options(claim).values())))


def _otherwise(one: Option) -> bool:
    """Whether an option is another measure, whose figure is none of the claim's own."""
    return one["dimension"] != readings.THRESHOLD and one["rule"] != ""


def in_order(claim: str) -> pd.DataFrame:
    """`readings.table` by figure, and by verdict where no figure compares them.

    Beside its columns: letters (those of the options that each chooses), late (whether one of them
    is), and on_scale: whether its figure is one of the claim's own measure. Raises as `options`
    does.
    """
    found, listed = readings.table(claim), options(claim)
    known = {(one["dimension"], one["option"]): one for one in listed}
    cells = ([known[name, word] for word in found[name]] for name in readings.options(claim))
    chosen = [*zip(*cells, strict=True)]  # of each reading its options
    letters = ["".join([one["letter"] for one in own]) for own in chosen]
    late = [any([one["late"] for one in own]) for own in chosen]
    others = {one["letter"] for one in listed if _otherwise(one)}
    elsewhere = [not others.isdisjoint(own) for own in letters]
    figure = found["figure"].mask(elsewhere)
    order = found["verdict"].map(VERDICTS[::-1].index)
    found = found.assign(letters=letters, late=late, on_scale=figure.notna())
    return found.iloc[np.lexsort([order, figure])].reset_index(drop=True)


def counts(verdicts: Iterable[str]) -> list[int]:
    """How many hold, hold partly, fail and are undecided."""
    return [*readings.counted(verdicts).values()]


def in_words(verdicts: Iterable[str]) -> str:
    """The same in words: "9 of 24 readings hold, 9 partly, 6 fail"."""
    return readings.in_words(readings.counted(verdicts))


def page(claim: str, picture: str = "") -> Markup:
    """The readings of a claim as a table of choices; "" where it has no others.

    Folded, or open below a picture of them. A handout's script makes each choice a switch.
    """
    if not (found := readings.summary(claim)):
        return Markup("")
    rows, listed = in_order(claim), options(claim)
    verdicts, letters = rows["verdict"], rows["letters"]
    initials = verdicts.str[0].str.upper()
    told: dict[str, Any] = {"tally": in_words(verdicts)}
    told["shared"] = {
        one["letter"]: counts(verdicts[[one["letter"] in own for own in letters]]) for one in listed
    }
    told |= {"dimensions": itertools.groupby(listed, itemgetter("dimension"))}
    told |= {"verdicts": VERDICTS if found.counts["undecided"] else VERDICTS[:-1]}
    told |= {"late": is_late(claim)}
    told |= {"encoded": " ".join(initials + letters), "signs": SIGNS}
    return render("readings.html.j2", picture=Markup(picture), note=NO_PROBABILITY, **told)
