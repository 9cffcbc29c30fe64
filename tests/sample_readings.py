"""Readings of E4 made by hand: figures and verdicts that no table holds, in the shape that `claims.readings.all_readings` has."""

import itertools

import pandas as pd

from heldto.claims import readings

FIGURES = {"each": 7.2, "China": 10.5, "Russia": 3.9, "fob": 8.0, "cif": 6.0}
VERDICTS = {"each": "partly", "China": "holds", "Russia": "fails", "fob": "holds", "cif": "partly"}


def put(monkeypatch, **options):
    """E4 has thirty readings, which their balance alone decides: 12 hold, 12 partly, 6 fail; or
    those of them with these options.
    """
    table = made()
    for dimension, option in options.items():
        table = table[table[dimension].eq(option)]
    early = readings.tally_readings(table[~table["late"]].to_dict("records"))
    whole = readings.tally_readings(table.to_dict("records"))
    summary = readings.Summary(early, "partly", False, "whose books", whole)
    monkeypatch.setattr(readings, "all_readings", lambda claim: table)
    monkeypatch.setattr(readings, "summary", lambda claim: summary if claim == "E4" else None)


def made():
    options = readings.options("E4")
    rows = []
    for chosen in itertools.product(*options.values()):
        row = {one["dimension"]: one["option"] for one in chosen}
        late = 0.5 * (row["year"] == "2019")
        row |= dict(figure=FIGURES[row["balance"]] + late, verdict=VERDICTS[row["balance"]])
        row |= dict(own=all(one["own"] for one in chosen), late=late > 0, reason="")
        rows.append(row | dict(alike=[*FIGURES].index(row["balance"]) + len(FIGURES) * (late > 0)))
    return pd.DataFrame(rows)
