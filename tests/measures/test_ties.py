import csv
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemies.measures import ties, votes
from heldto import evidence
from heldto.claims import ledger
from heldto.errors import NotHeld, Problem
from heldto.evidence import actors

DATA = Path(__file__).resolve().parents[2] / "data" / "geopolitical"
MEMBERS = [code for code in actors.ALL if code != "TWN"]
PAIRS = list(combinations(MEMBERS, 2))


def _rows(name):
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _votes(a, b, year):
    """The two votes of one year on which both said yes, abstain or no, in plain Python."""
    points = {"Y": 2, "A": 1, "N": 0}
    return [
        (points[row[a]], points[row[b]])
        for row in _rows("roll_calls")
        if row["year"] == str(year) and row[a] and row[b]
    ]


# Figures of the table of agreement, worked out a second time from the single votes: (a, b, year) -> what to look at
SECOND_WAY = [
    ("CHN", "RUS", 2018), ("CHN", "RUS", 1992), ("CHN", "RUS", 2024), ("PAK", "SAU", 2018), ("CHN", "PRK", 2018), ("PRK", "RUS", 2018),
    ("JPN", "USA", 2018), ("IRN", "SAU", 2018), ("KAZ", "RUS", 2014), ("RUS", "UKR", 2021), ("BLR", "RUS", 2005), ("DEU", "USA", 2024),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "year"), SECOND_WAY)
def test_agreement_counted_again_from_single_votes(a, b, year):
    votes = _votes(a, b, year)
    row = ties.agreement(a, b).set_index("year").loc[year]
    assert row.common == len(votes)
    assert row.agree == pytest.approx(
        sum(1 - abs(one - two) / 2 for one, two in votes) / len(votes), abs=1e-4
    )
    assert row.same == pytest.approx(sum(one == two for one, two in votes) / len(votes), abs=1e-4)
    assert row.opposed == pytest.approx(
        sum(abs(one - two) == 2 for one, two in votes) / len(votes), abs=1e-4
    )
    share = [
        [sum(vote[side] == step for vote in votes) / len(votes) for step in (0, 1, 2)]
        for side in (0, 1)
    ]
    chance = sum(share[0][i] * share[1][j] * abs(i - j) for i in range(3) for j in range(3))
    assert row.kappa == pytest.approx(
        1 - sum(abs(one - two) for one, two in votes) / len(votes) / chance, abs=1e-3
    )


@given(st.sampled_from(PAIRS), st.integers(1992, 2024))
@settings(max_examples=60)
def test_agreement_is_symmetric_and_lies_between_0_and_1(pair, year):
    a, b = pair
    assert ties.agreement(a, b).equals(ties.agreement(b, a))
    try:
        there, back = ties.from_roll_calls(a, b, year), ties.from_roll_calls(b, a, year)
    except ties.NoVotes:
        assert ties.agreement(a, b).query("year == @year").empty
        return
    assert there == pytest.approx(back, nan_ok=True)
    assert all(0 <= there[name] <= 1 for name in ("agree", "same", "opposed"))
    assert there["same"] + there["opposed"] <= 1 + 1e-9
    assert pd.isna(there["kappa"]) or -1 - 1e-9 <= there["kappa"] <= 1


@given(st.sampled_from(MEMBERS), st.integers(1992, 2024))
@settings(max_examples=40)
def test_everybody_agrees_with_themselves_or_is_refused(code, year):
    with pytest.raises(ties.NoVotes, match="different members|important votes"):
        ties.from_roll_calls(code, code, year)
    with pytest.raises(ties.NoVotes, match="two different members"):
        ties.agreement(code, code)


def test_pair_years_have_ten_common_votes_and_end_in_2024():
    table = evidence.table("geopolitical/agreement")
    assert table.common.min() >= 10
    assert table.year.max() == 2024
    assert "TWN" not in {*table.actor_a, *table.actor_b}


def test_important_votes_are_a_part_of_all_votes():
    every, listed = (
        ties.from_roll_calls("JPN", "USA", 2013, 2017),
        ties.from_roll_calls("JPN", "USA", 2013, 2017, important=True),
    )
    assert 0 < listed["common"] < every["common"]
    assert listed["agree"] == pytest.approx(
        0.7388, abs=1e-4
    )  # 67 votes: 40 alike, 19 half alike, 8 opposed
    assert every["agree"] == pytest.approx(0.5337, abs=1e-4)


def test_no_important_votes_after_2017():
    with pytest.raises(ties.NoVotes, match="ends in 2017"):
        ties.from_roll_calls("JPN", "USA", 2018, important=True)


def test_split_votes_are_those_counted_as_opposed():
    split = ties.split_votes("CHN", "RUS", 2018)
    assert split.resolution.tolist() == [
        "A/RES/73/50",
        "A/RES/73/60",
        "A/RES/73/40",
        "A/RES/73/64",
        "A/RES/73/175",
    ]
    assert len(split) / 93 == pytest.approx(
        ties.agreement("CHN", "RUS").set_index("year").opposed[2018], abs=1e-4
    )
    assert ({"Y", "N"} == set(split.loc[0, ["CHN", "RUS"]])) and split.CHN.ne(split.RUS).all()


@pytest.mark.parametrize("measure", ties.MEASURES)
def test_standing_puts_the_nearest_first(measure):
    pairs = ties.pair_ranking(2018, measure)
    assert len(pairs) == 253  # 23 members of the United Nations, each with each
    assert pairs["rank"].is_monotonic_increasing
    assert (
        pairs[measure].is_monotonic_increasing
        if measure == "opposed"
        else pairs[measure].is_monotonic_decreasing
    )


@pytest.mark.parametrize("year", range(1992, 2025))
def test_every_year_can_be_ranked_by_kappa(year):
    pairs = ties.pair_ranking(year, "kappa")
    held = [row for row in _rows("agreement") if row["year"] == str(year)]
    assert len(pairs) == sum(row["kappa"] != "" for row in held)
    assert pairs.kappa.notna().all()


def test_agreement_with_a_group_is_framed_by_its_extremes():
    ukraine = evidence.where("geopolitical/group_agreement", actor="UKR", group="EU")
    assert (ukraine.lowest.le(ukraine.agree) & ukraine.agree.le(ukraine.highest)).all()
    assert ukraine.set_index("year").members[[2018, 2020]].tolist() == [28, 27]


def test_ideal_distance_by_hand():
    points = {
        (row["actor"], row["year"]): float(row["ideal_point"]) for row in _rows("ideal_points")
    }
    apart = ties.ideal_distance("CHN", "RUS").set_index("year").distance
    assert apart[2018] == pytest.approx(abs(points["CHN", "2018"] - points["RUS", "2018"]))
    assert ties.ideal_distance("RUS", "CHN").distance.tolist() == pytest.approx(apart.tolist())

    held = ties.ideal_distance("CHN", "RUS")
    assert (held.low.lt(held.distance) & held.distance.lt(held.high)).all()


# Intervals


def test_an_interval_is_what_drawing_the_roll_calls_anew_gives():
    """By another way: a loop over draws of subjects, each with all its roll calls of 2024."""
    calls = evidence.where("geopolitical/roll_calls", year=2024)
    by_title = calls.title.map(votes.subject_of_title)
    subjects = by_title.where(by_title.ne(""), calls.vote)
    calls = calls[["CHN", "RUS"]].replace("", pd.NA)
    groups = [group for _, group in calls.groupby(subjects)]
    drawn, lot = [], np.random.default_rng(1)
    for _ in range(1000):
        some = pd.concat([groups[one] for one in lot.integers(len(groups), size=len(groups))])
        some = some.dropna()
        one, other = (some[code].map(votes.WEIGHTS).to_numpy() for code in some)
        drawn.append(1 - np.abs(one - other).mean() / np.abs(np.subtract.outer(one, other)).mean())
    told = votes.interval("CHN", "RUS", 2024)
    assert [told["low"], told["high"]] == pytest.approx(np.percentile(drawn, [2.5, 97.5]), abs=0.03)
    assert told["subjects"] == len(groups) < told["calls"] / 2


@pytest.mark.parametrize("measure", votes.MEASURES)
def test_a_figure_lies_in_its_interval_and_the_seed_is_fixed(measure):
    for pair in combinations(["CHN", "RUS", "IND", "USA"], 2):
        told = votes.interval(*pair, 2018, measure)
        assert told == votes.interval(*pair, 2018, measure)
        (figure,) = ties.agreement(*pair).query("year == 2018")[measure]
        assert told["low"] <= figure <= told["high"] and told["low"] < told["high"]


def test_roll_calls_on_one_subject_are_drawn_together(mutate):
    before = votes.interval("CHN", "RUS", 2018)
    assert before["subjects"] < before["calls"]

    def subjects(one):
        return lambda calls: calls.assign(issues=one)

    mutate("geopolitical/roll_calls", subjects("nu"))
    alone = votes.interval("CHN", "RUS", 2018)
    assert alone["subjects"] == 1 and alone["low"] == pytest.approx(alone["high"])
    mutate("geopolitical/roll_calls", subjects(""))
    each = votes.interval("CHN", "RUS", 2018)
    assert each["high"] - each["low"] < before["high"] - before["low"]


def test_an_interval_of_a_difference_takes_the_same_draws():
    told = votes.interval("PRK", "CHN", 2018, less="CHN")
    assert (told["low"], told["high"]) == (0, 0)
    told = votes.interval("PRK", "CHN", 2018, less="RUS")
    back = votes.interval("PRK", "RUS", 2018, less="CHN")
    assert (told["low"], told["high"]) == pytest.approx((-back["high"], -back["low"]))


def test_three_roll_calls_are_too_few_for_an_interval(mutate):
    def three(calls):
        return calls.assign(CHN=calls.CHN.where(calls.year.ne("2018") | calls.index.isin(last), ""))

    held = evidence.table("geopolitical/roll_calls")
    last = held.index[held.year.eq(2018) & held.RUS.ne("")][-3:]
    mutate("geopolitical/roll_calls", three)
    with pytest.raises(
        NotHeld, match="3 common roll calls of China and Russia in 2018 are too few"
    ):
        votes.interval("CHN", "RUS", 2018)
    shown = ledger.judge("F5", "then")
    assert shown.verdict == "fails" and not shown.noise.within
    assert shown.noise.words.startswith("3 common roll calls of China and Russia in 2018 are too")


# Pledges and memberships


@pytest.mark.parametrize(
    ("a", "b", "year", "owed"),
    [("CHN", "PRK", 2018, True), ("PRK", "CHN", 2018, True), ("CHN", "RUS", 2018, False), ("PRK", "RUS", 1996, True), ("PRK", "RUS", 1997, False),
     ("PRK", "RUS", 2024, True), ("PAK", "SAU", 2018, False),
     ("PAK", "SAU", 2025, True), ("JPN", "USA", 2018, True), ("SAU", "USA", 2018, False), ("USA", "VNM", 2018, False)],
)  # fmt: skip
def test_who_owed_whom_defence(a, b, year, owed):
    assert ties.owe_defence(a, b, year) is owed


def test_only_what_was_signed_by_then_is_known_then():
    assert not ties.owe_defence("PRK", "RUS", 2025, vintage="then")
    assert ties.owe_defence("PRK", "RUS", 2025)


def test_consultation_is_no_defence():
    consults = ties.pledges(2018, "consultation")
    assert ((consults.actor_a == "CHN") & (consults.actor_b == "RUS")).any()
    assert not ties.owe_defence("CHN", "RUS", 2018)


def test_no_membership_overlaps_itself():
    spells = (
        evidence.table("geopolitical/memberships")
        .fillna({"end_year": 9999})
        .sort_values(["org", "actor", "start_year"])
    )
    again = spells.groupby(["org", "actor"]).end_year.shift()
    assert (spells.start_year.gt(again) | again.isna()).all()
    assert spells.start_year.le(spells.end_year).all()


@given(st.sampled_from(actors.ALL), st.integers(1985, 2026))
@settings(max_examples=60)
def test_nobody_is_twice_in_an_organisation(code, year):
    assert ties.memberships(code, year).org.is_unique


def test_memberships_at_a_date():
    assert {"CIS", "CSTO", "EAEU", "SCO"} <= set(ties.memberships("Kazakhstan", 2018).org)
    assert "CIS" in set(ties.memberships("UKR", 2017).org)
    assert "CIS" not in set(ties.memberships("UKR", 2018).org)


def test_engagement_ranks_by_days():
    days = {}
    for row in _rows("engagement_days"):
        if row["leader"] == "Xi Jinping" and 2013 <= int(row["year"]) <= 2018:
            days[row["partner"]] = days.get(row["partner"], 0) + int(row["days"])
    ranked = ties.engagement()
    assert dict(zip(ranked.partner, ranked.days, strict=True)) == days
    assert ranked.partner.iloc[0] == max(days, key=days.get)
    assert ranked["rank"].iloc[0] == 1


def test_engagement_of_all_adds_premiers_and_foreign_ministers():
    every = [*_rows("engagement_days"), *_rows("engagement_others")]
    held = [row for row in every if int(row["year"]) >= 2013]
    days = Counter()
    for row in held:
        days[row["partner"]] += int(row["days"])
    ranked = ties.engagement("all")
    assert dict(zip(ranked.partner, ranked.days, strict=True)) == days
    assert ranked.partner.head(2).tolist() == ["USA", "RUS"]


BAD = [
    (
        lambda: ties.agreement("TWN", "CHN"),
        "no figure for votes of .*: choose two different members",
    ),
    (lambda: ties.agreement("Chyna", "RUS"), "Did you mean CHN"),
    (
        lambda: ties.from_roll_calls("CHN", "RUS", 1980),
        "no vote for 1980: the table has 1992-2024. Did you mean 1992",
    ),
    (lambda: ties.from_roll_calls("CHN", "RUS", 1990, 2000), "no vote for 1990"),
    (lambda: ties.from_roll_calls("CHN", "RUS", 2020, 2030), "no vote for 2030"),
    (lambda: ties.from_roll_calls("CHN", "TWN", 2018), "no figure for such votes of"),
    (
        lambda: ties.split_votes("CHN", "RUS", 2031),
        "no vote for 2031: the table has 1992-2024. Did you mean 2024",
    ),
    (
        lambda: ties.split_votes("CHN", "RUS", "2018"),
        "a year is a whole number without quotes, such as 2018, not '2018'",
    ),
    (lambda: ties.ideal_distance("CHN", "Taiwan"), "choose members of the United Nations"),
    (lambda: ties.pair_ranking(2018, "kapa"), "choose agree, same, opposed, kappa"),
    (lambda: ties.pair_ranking(1950), "no vote for 1950: the table has 1992-2024"),
    (lambda: ties.pledges(2018, "love"), "choose consultation, defence"),
    (lambda: ties.pledges(2018, "defense"), "Did you mean defence"),
    (lambda: ties.pledges(1950), "no pledge for 1950: the table has 1990-2025. Did you mean 1990"),
    (lambda: ties.owe_defence("CHN", "PRK", 2100), "no pledge for 2100"),
    (lambda: ties.memberships("Narnia", 2018), "is not one of the actors"),
    (lambda: ties.memberships("KAZ", 1900), "no membership for 1900: the table has 1985-2026"),
    (lambda: ties.memberships("KAZ", 2100), "no membership for 2100"),
    (
        lambda: ties.engagement("Xi Jinpin"),
        '"Xi Jinpin" is no leader here: choose Hu Jintao, Xi Jinping, all. Did you mean Xi Jinping',
    ),
    (lambda: ties.engagement("Mao Zedong"), "choose Hu Jintao, Xi Jinping"),
    (lambda: ties.engagement("Xi Jinping", 2013, 2024), "no engagement for 2024: the table has"),
    (lambda: ties.engagement("Hu Jintao", 1995, 2010), "no engagement for 1995"),
]


@pytest.mark.parametrize(("call", "says"), BAD)
def test_bad_input_is_refused_with_a_remedy(call, says):
    with pytest.raises(Problem, match=says):
        call()


def test_a_bad_cell_is_refused_by_file_row_and_column(mutate):
    mutate("geopolitical/agreement", lambda frame: frame.assign(kappa=["7", *frame.kappa[1:]]))
    with pytest.raises(Problem, match=r"data/geopolitical/agreement\.csv, row 2, column kappa"):
        ties.agreement("CHN", "RUS")
