"""The readings of a claim as a page tells them: by figure, and counted by what they choose."""

import itertools
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from heldto.claims import readings
from heldto.claims.listed import row
from heldto.claims.rule import VERDICTS
from heldto.claims.verdict import SIGNS
from heldto.errors import Problem
from heldto.templates import render
from heldto.tr import tr, tr_noop

Option = Mapping[str, Any]  # a line of data/readings.csv, a letter that names it, and late

NO_PROBABILITY = tr_noop(
    "How many readings agree is not a probability: similar readings are not independent."
)


def all_options(claim: str) -> list[Option]:
    """All that can be chosen in a claim, dimension by dimension, the ledger's own first; without
    the options that no reading takes which can be worked out.

    Raises UnknownClaim; Problem where there is no choice.
    """
    every_option = [option for rows in readings.options(claim).values() for option in rows]
    if not every_option:
        raise Problem(
            f"{row(claim)['id']} has no other readings: either documents decide it, or nothing does"
        )
    counted = [
        reading
        for reading in readings.readings_rows(claim)
        if reading["verdict"] in readings.COUNTED
    ]
    taken = {(name, reading.get(name)) for reading in counted for name in readings.options(claim)}
    usable = [
        option
        for option in every_option
        if option["own"] or (option["dimension"], option["option"]) in taken
    ]
    return [
        {**option, "letter": chr(ord("a") + index), "late": readings.late(option)}
        for index, option in enumerate(usable)
    ]


def is_late(claim: str) -> bool:
    """Whether a count of a claim's readings takes in what nobody could know on the article's day.

    Raises UnknownClaim.
    """
    summary = readings.summary(claim)
    return bool(summary and summary.readings_late)


def _otherwise(option: Option) -> bool:
    """Whether an option is another measure, whose figure is none of the claim's own."""
    return option["dimension"] != readings.THRESHOLD and option["rule"] != ""


def in_order(claim: str) -> pd.DataFrame:
    """`readings.all_readings` by figure, and by verdict where no figure compares them; without
    those that cannot be worked out.

    Beside its columns: letters (those of the options that each chooses), and on_scale: whether its
    figure is one of the claim's own measure. Raises as `all_options` does.
    """
    frame, every_option = readings.all_readings(claim), all_options(claim)
    frame = frame[frame["verdict"].isin(readings.COUNTED)]
    by_choice = {(option["dimension"], option["option"]): option for option in every_option}
    cells = ([by_choice[name, word] for word in frame[name]] for name in readings.options(claim))
    chosen = [*zip(*cells, strict=True)]  # of each reading its options
    letters = ["".join([option["letter"] for option in options]) for options in chosen]
    other_letters = {option["letter"] for option in every_option if _otherwise(option)}
    own = [other_letters.isdisjoint(chosen_letters) for chosen_letters in letters]
    figure = frame["figure"].where(np.array(own, dtype=bool))
    order = frame["verdict"].map(VERDICTS[::-1].index)
    frame = frame.assign(letters=letters, on_scale=figure.notna())
    return frame.iloc[np.lexsort([order, figure])].reset_index(drop=True)


def tally_rows(rows: pd.DataFrame) -> readings.Tally:
    """How the readings in these rows of `readings.all_readings` fall out."""
    return readings.tally_readings(rows.to_dict("records"))


def readings_page(claim: str, picture: str = "") -> Markup:
    """The readings of a claim as a table of choices; "" where it has no others.

    Folded, or open below a picture of them. A handout's script makes each choice a switch.
    """
    summary = readings.summary(claim)
    if not summary or not (summary.readings or summary.readings_late):
        return Markup("")
    rows, every_option = in_order(claim), all_options(claim)
    letters, tally = rows["letters"], tally_rows(rows)
    context: dict[str, Any] = {"tally": tally.words(), "more": tally.more()}
    lacking = tr("{count} more cannot be computed here.", count=summary.readings_lacking)
    context["lacking"] = lacking if summary.readings_lacking else ""
    context["added"] = readings.added_later(claim)
    context["shared"] = {
        option["letter"]: tally_rows(
            rows[[option["letter"] in reading_letters for reading_letters in letters]]
        ).counts
        for option in every_option
    }
    context |= {"dimensions": itertools.groupby(every_option, itemgetter("dimension"))}
    context |= {"late": is_late(claim), "verdicts": readings.COUNTED}
    context |= {"encoded": " ".join(map(_encoded, rows.to_dict("records"))), "signs": SIGNS}
    return render("readings.html.j2", picture=Markup(picture), note=tr(NO_PROBABILITY), **context)


def _encoded(row: Mapping[str, Any]) -> str:
    """A reading for the script of a page: the first letter of its verdict, those of its options,
    the number of its figures, and a star where it takes a later year.
    """
    return f"{row['verdict'][0].upper()}{row['letters']}{row['alike']}{'*' * row['late']}"
