"""The readings of F1, F2, F4 and F5: one line by hand from the tables, and others by their figures."""

from itertools import combinations

import pandas as pd
import pytest
from conftest import ROOT, cases, one_reading

from heldto.claims import readings

VOTES = pd.read_csv(ROOT / "data/geopolitical/agreement.csv")
POINTS = pd.read_csv(ROOT / "data/geopolitical/ideal_points.csv")
LESS = {"main": (0.2, 0.4), "strict": (0, 0.2), "lenient": (0.4, 0.6)}  # kappa, agreement: below
MORE = {"opposed": (0.2, 0.1), "ideal": (0.8, 0.6)}  # thresholds of their own: at least


def apart(measure, year):
    """How far China and Russia are apart in a year, worked out from the tables alone."""
    if measure != "ideal":
        both = VOTES[VOTES.actor_a.eq("CHN") & VOTES.actor_b.eq("RUS") & VOTES.year.eq(year)]
        return both[measure].item()
    at = POINTS[POINTS.year.eq(year)].set_index("actor").ideal_point.to_dict()
    gaps = [abs(at[one] - at[other]) for one, other in combinations(at, 2)]
    return sum(gap < abs(at["CHN"] - at["RUS"]) for gap in gaps) / len(gaps)


def test_the_line_of_f5_by_hand():
    line = readings.all_readings("F5")
    assert len(line) == 5 * (2 * 3 + 2)  # what has thresholds of its own has no strict ones
    for row in line.itertuples():
        figure = apart(row.measure, int(row.year))
        assert row.figure == pytest.approx(figure)
        holds, partly = MORE.get(row.measure, LESS[row.threshold])
        met = [figure < holds, figure < partly]
        met = [figure >= holds, figure >= partly] if row.measure in MORE else met
        assert row.verdict == ("holds" if met[0] else "partly" if met[1] else "fails"), row
    assert set(line["verdict"]) == {"holds", "partly", "fails"}


READ = [  # claim, the choices that are not the ledger's own, figure, verdict
    ("F1", {"threes": "omit", "ceremonies": "omit"}, 30, "partly"),
    ("F1", {"threes": "omit"}, 31, "holds"),
    ("F1", {"added": "omit"}, 24, "fails"),
    ("F1", {"days": "1"}, 46, "holds"),
    ("F1", {"days": "5", "added": "omit", "ceremonies": "omit", "threes": "omit"}, 22, "fails"),
    ("F1", {"count": "Xi"}, 31, "holds"),
    ("F1", {"count": "press"}, 31, "holds"),
    ("F2", {"span": "2018"}, 1, "holds"),
    ("F2", {"leaders": "all"}, 2, "partly"),
    ("F2", {"leaders": "all", "span": "2018"}, 1, "holds"),
    ("F2", {"measure": "trade"}, 1, "holds"),
    ("F2", {"measure": "agree"}, 12, "fails"),
    ("F2", {"measure": "kappa"}, 3, "partly"),
    ("F2", {"measure": "statement"}, None, "holds"),
    ("F4", {"reading": "partners"}, None, "holds"),
    ("F4", {"friend": "pledge"}, None, "fails"),
    ("F4", {"friend": "exports half"}, None, "fails"),
    ("F4", {"friend": "arms third"}, None, "partly"),
    ("F4", {"rival": "dispute"}, None, "partly"),
]


@cases(("claim", "choices", "figure", "verdict"), READ)
def test_a_reading_has_its_figure_and_its_verdict(claim, choices, figure, verdict):
    read = one_reading(claim, choices)
    assert read["verdict"] == verdict
    assert pd.isna(read["figure"]) if figure is None else read["figure"] == figure


def test_friends_against_friends_are_named():
    told = one_reading("F4", {"reading": "partners"})["reason"]
    assert "Russia's friends among the rivals of China's friends: India." in told
    assert "China's friends among the rivals of Russia's friends: Pakistan." in told


def test_a_dispute_adds_a_rival():
    assert "India, Vietnam" in one_reading("F4", {"rival": "dispute"})["reason"]
