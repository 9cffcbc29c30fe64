"""Fuels and months: each figure worked out again from its cells, and what is said where one is not held."""

import pandas as pd
import pytest

from frenemies.measures import energy
from heldto import evidence
from heldto.errors import NotHeld, Problem

KINDS = {
    "crude oil": ["crude oil"],
    "gas": ["pipeline gas", "LNG"],
    "LNG": ["LNG"],
    "coal": ["coal"],
}


@pytest.mark.parametrize("fuel", KINDS)
def test_a_share_of_a_fuel_is_worked_out_from_its_cells(fuel):
    cells = evidence.table("economic/energy_imports").query("year == 2018")
    cells = cells[cells.commodity.isin(KINDS[fuel])]
    held = {origin: rows.quantity.sum() for origin, rows in cells.groupby("origin")}
    rows = energy.imports_by_origin(fuel).query("year == 2018")
    assert rows.set_index("origin").quantity.to_dict() == pytest.approx(held)
    for origin, quantity in held.items():
        share = energy.from_origin(fuel, origin, 2018, "share")
        assert share == pytest.approx(quantity / held["Total"])
        assert energy.from_origin(fuel, origin, 2018) == pytest.approx(quantity)
    assert set(rows.unit) == {{"crude oil": "Mt", "coal": "EJ"}.get(fuel, "bcm")}


def test_an_origin_has_its_actor_and_its_pact():
    rows = energy.imports_by_origin("LNG").query("year == 2018").set_index("origin")
    assert rows.us_pact["Australia"] == "ANZUS" and rows.us_pact["Indonesia"] == ""
    assert energy.imports_by_origin("crude oil").query("origin == 'Russia'").actor.eq("RUS").all()


@pytest.mark.parametrize(
    ("first", "last", "years", "expected"),
    [(100, 121, 2, 0.1), (100, 150, 1, 0.5), (8, 1, 3, -0.5), (5, 5, 4, 0)],
)
def test_growth_is_compounded(first, last, years, expected):
    assert energy.growth(float(first), float(last), float(years)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("coal", "below"), [([4, 8, 6], 0.25), ([4, 8, 10], -0.25), ([8, 4, 8], 0), ([1, 10, 1], 0.9)]
)
def test_how_far_the_last_year_lies_below_the_peak_before(coal, below):
    frame = pd.DataFrame({"year": [2016, 2017, 2018], "coal_ej": coal})
    assert energy.below_peak(frame) == pytest.approx(below)
    assert energy.below_peak(frame.iloc[::-1]) == pytest.approx(below)


def test_coal_is_told_in_exajoules_and_as_a_share():
    cells = evidence.table("economic/energy_use").query("actor == 'IND'")
    rows = energy.coal_use("India")
    assert rows.coal_ej.tolist() == cells.coal_ej.tolist()
    assert rows.share.tolist() == pytest.approx((cells.coal_ej / cells.energy_ej).tolist())
    early = energy.coal_known_in_2019().set_index("year").coal_ej
    editions = evidence.table("economic/coal_editions").query("edition == 2019")
    for row in editions.itertuples():  # a million tonnes of oil equivalent is 41.868 petajoules
        assert early[row.year] == pytest.approx(row.coal * 0.041868)
    with pytest.raises(NotHeld, match="choose CHN, USA, IND, RUS, JPN or WLD"):
        energy.coal_use("VNM")


def test_twelve_months_are_the_twelve_to_that_month():
    cells = evidence.table("economic/us_energy_exports").query("'2018-07' <= month <= '2019-06'")
    four = cells[cells["product"].isin(["crude oil", "LNG", "propane", "coal"])]
    assert energy.twelve_months_to("2019-06") == pytest.approx(four.value_usd.sum() / 1e9)
    lng = cells[cells["product"].eq("LNG") & cells.month.ge("2019-04")]
    found = energy.twelve_months_to("2019-06", 3, ["LNG"])
    assert found == pytest.approx(lng.value_usd.sum() / 1e9)


def test_months_without_an_export_count_as_none():
    rows = energy.us_energy_exports(energy.NINE)
    assert not rows.isna().any().any()
    assert rows.total.tolist() == pytest.approx(rows[list(energy.NINE)].sum(axis=1).tolist())


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: energy.twelve_months_to("2001-06"),
            'all twelve months to "2001-06".*months from 20',
        ),
        (lambda: energy.twelve_months_to("2050-06", 3), 'for all 3 months to "2050-06"'),
        (lambda: energy.us_energy_exports(["peat"]), '"peat" is no product here: choose LNG'),
        (lambda: energy.us_energy_exports([]), "is no product here"),
        (
            lambda: energy.imports_by_origin("cole"),
            'no table of imports of "cole".*Did you mean coal',
        ),
        (lambda: energy.from_origin("coal", "Narnia", 2018), "coal from Narnia.*lists the origins"),
    ],
)
def test_what_is_not_held_is_said(call, said):
    with pytest.raises(Problem, match=said):
        call()


@pytest.mark.parametrize(("month", "before"), [("2019-06", "2018-06"), ("2000-01", "1999-01")])
def test_the_same_month_one_year_earlier(month, before):
    assert energy.year_before(month) == before


def test_months_that_are_held_are_named_from_the_first_to_the_last():
    months = sorted(evidence.table("economic/us_energy_exports").month)
    with pytest.raises(NotHeld, match=f"has months from {months[0]} to {months[-1]}, written"):
        energy.twelve_months_to("2001-06")
