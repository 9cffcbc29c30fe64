"""Role cards of an article that brings none of its own: a page an actor, with what the tables say
of it as known then, and the claims that concern it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from heldto import evidence
from heldto.evidence import actors
from heldto.templates import render
from heldto.text.words import capital, format_day
from heldto.tr import numerals, tr, tr_noop

MOST = 4  # lines of one table, the largest: more are no help in a discussion
SIZES = {1e12: tr_noop("trillion"), 1e9: tr_noop("billion"), 1e6: tr_noop("million")}


class ActorCard(NamedTuple):
    """One actor's page: lines of figures, and claims as (id, sentence)."""

    code: str
    name: str
    colour: str
    figures: list[str]
    claims: list[tuple[str, str]]


def actor_cards_page(*codes: str) -> str:
    """The role cards of some actors (ISO3) as one HTML page that loads nothing. Raises
    UnknownActor.
    """
    names = [entry["name"] for entry in evidence.package()["resources"]]
    cards = [actor_card(actors.find(code)) for code in codes]
    return str(render("role_cards.html.j2", cards=cards, source=evidence.source(*names)))


def actor_card(code: str) -> ActorCard:
    """The card of one actor."""
    figures = [line for entry in evidence.package()["resources"] for line in _lines(entry, code)]
    claims = [
        (row["id"], row["claim"])
        for row in evidence.rows("claims")
        if code in row["actors"].split(";")
    ]
    return ActorCard(code, capital(actors.the(code)), actors.colour(code), figures, claims)


def _lines(entry: dict[str, Any], code: str) -> Iterator[str]:
    """What a table says of an actor, of the last time that was known then."""
    frame = evidence.table(entry["name"], "then")
    rows = frame[_rows_of(frame, code)]
    fields = entry["schema"]["fields"]
    time = (entry.get("time") or {}).get("field", "")
    figures = [one for one in fields if _is_figure(one, time)]
    if rows.empty or not figures:
        return
    text_columns = [one["name"] for one in fields if one["type"] == "string"]
    varying = [name for name in text_columns if len(rows[name].unique()) > 1]
    for field in figures[:2]:
        filled = rows.dropna(subset=[field["name"]])
        latest = filled[filled[time] == filled[time].max()] if time else filled
        for row in latest.nlargest(MOST, field["name"], keep="all").to_dict("records")[:MOST]:
            detail = ", ".join(actors.name_or_cell(row[name]) for name in varying)
            title = f"{field.get('title', field['name'])}{f', {detail}' if detail else ''}"
            date_words = tr(" in {year}", year=format_day(str(row[time]))) if time else ""
            yield f"{title}{date_words}: {_amount(row[field['name']], field.get('unit', ''))}"


def _is_figure(field: dict[str, Any], time: str) -> bool:
    return field["type"] in ("integer", "number") and field["name"] != time


def _rows_of(frame: pd.DataFrame, code: str) -> pd.Series:
    """The rows in which an actor stands, in whichever column."""
    words = frame.select_dtypes(exclude="number")
    return words.eq(code).any(axis=1)


def _amount(value: float, unit: str) -> str:
    said = "" if unit == "number" else tr(unit)
    for size, word in SIZES.items():
        if abs(value) >= size:
            return f"{numerals(f'{value / size:,.1f}')} {tr(word)} {said}".strip()
    digits = 0 if not float(value) % 1 else 2
    return f"{numerals(f'{value:,.{digits}f}')} {said}".strip()
