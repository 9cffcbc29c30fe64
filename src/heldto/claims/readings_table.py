"""The readings of a claim as a page tells them: by figure, and counted by what they choose."""

import itertools
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from heldto.claims import readings
from heldto.claims.rule import VERDICTS, row
from heldto.claims.verdict import SIGNS
from heldto.errors import Problem
from heldto.templates import render

Option = Mapping[str, Any]  # a line of data/readings.csv, a letter that names it, and late

NO_PROBABILITY = (
    "How many readings agree is not a probability: similar readings are not independent."
)


def all_options(claim: str) -> list[Option]:
    """All that can be chosen in a claim, dimension by dimension, the ledger's own first; without
    the options that no reading takes which can be worked out.

    Raises UnknownClaim; Problem where there is no choice.
    """
    listed = [one for own in readings.options(claim).values() for one in own]
    if not listed:
        raise Problem(
            f"{row(claim)['id']} has no other readings: either documents decide it, or nothing does"
        )
    held = [one for one in readings.readings_rows(claim) if one["verdict"] in readings.COUNTED]
    taken = {(name, one.get(name)) for one in held for name in readings.options(claim)}
    fed = [one for one in listed if one["own"] or (one["dimension"], one["option"]) in taken]
    return [
        {**one, "letter": chr(ord("a") + at), "late": readings.late(one)}
        for at, one in enumerate(fed)
    ]


def is_late(claim: str) -> bool:
    """Whether a count of a claim's readings takes in what nobody could know in August 2019.

    Raises UnknownClaim.
    """
    told = readings.summary(claim)
    return bool(told and told.readings_late)


def _otherwise(one: Option) -> bool:
    """Whether an option is another measure, whose figure is none of the claim's own."""
    return one["dimension"] != readings.THRESHOLD and one["rule"] != ""


def in_order(claim: str) -> pd.DataFrame:
    """`readings.all_readings` by figure, and by verdict where no figure compares them; without
    those that cannot be worked out.

    Beside its columns: letters (those of the options that each chooses), and on_scale: whether its
    figure is one of the claim's own measure. Raises as `all_options` does.
    """
    found, listed = readings.all_readings(claim), all_options(claim)
    found = found[found["verdict"].isin(readings.COUNTED)]
    known = {(one["dimension"], one["option"]): one for one in listed}
    cells = ([known[name, word] for word in found[name]] for name in readings.options(claim))
    chosen = [*zip(*cells, strict=True)]  # of each reading its options
    letters = ["".join([one["letter"] for one in own]) for own in chosen]
    others = {one["letter"] for one in listed if _otherwise(one)}
    elsewhere = [not others.isdisjoint(own) for own in letters]
    figure = found["figure"].mask(elsewhere)
    order = found["verdict"].map(VERDICTS[::-1].index)
    found = found.assign(letters=letters, on_scale=figure.notna())
    return found.iloc[np.lexsort([order, figure])].reset_index(drop=True)


def tally_rows(rows: pd.DataFrame) -> readings.Tally:
    """How the readings in these rows of `readings.all_readings` fall out."""
    return readings.tally_readings(rows.to_dict("records"))


def readings_page(claim: str, picture: str = "") -> Markup:
    """The readings of a claim as a table of choices; "" where it has no others.

    Folded, or open below a picture of them. A handout's script makes each choice a switch.
    """
    if not (found := readings.summary(claim)) or not found.readings:
        return Markup("")
    rows, listed = in_order(claim), all_options(claim)
    letters, every = rows["letters"], tally_rows(rows)
    told: dict[str, Any] = {"tally": every.words(), "more": every.more()}
    told["lacking"] = found.tally.more()[-1] if found.readings_lacking else ""
    told["shared"] = {
        one["letter"]: tally_rows(rows[[one["letter"] in own for own in letters]]).counts
        for one in listed
    }
    told |= {"dimensions": itertools.groupby(listed, itemgetter("dimension"))}
    told |= {"late": is_late(claim), "verdicts": readings.COUNTED}
    told |= {"encoded": " ".join(map(_encoded, rows.to_dict("records"))), "signs": SIGNS}
    return render("readings.html.j2", picture=Markup(picture), note=NO_PROBABILITY, **told)


def _encoded(one: Mapping[str, Any]) -> str:
    """A reading for the script of a page: the first letter of its verdict, those of its options,
    the number of its figures, and a star where it takes a later year.
    """
    return f"{one['verdict'][0].upper()}{one['letters']}{one['alike']}{'*' * one['late']}"
