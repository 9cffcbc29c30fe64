"""Arms by whatever name an actor has; who is not in the register is refused, never found to have bought nothing."""

import math

import pandas as pd
import pytest

from frenemies.measures import arms
from frenemies.sections import military
from heldto import evidence
from heldto.errors import NotHeld
from heldto.evidence import actors


def test_names_and_codes_give_the_same():
    by_code = arms.arms_imports("VNM", 2018)
    assert len(by_code) > 3 and by_code.recipient.eq("VNM").all()
    for word in ("Vietnam", "viet nam", " vnm "):
        pd.testing.assert_frame_equal(arms.arms_imports(word, 2018), by_code)
    share = arms.share_of_arms_imports("VNM", "RUS", 2018)
    assert share and arms.share_of_arms_imports("Vietnam", "Russia", 2018) == share
    assert arms.share_of_arms_imports("Vietnam", "RUS", 2018) == share
    assert (
        arms.share_of_arms_exports("Russia", "Vietnam", 2018)
        == arms.share_of_arms_exports("RUS", "VNM", 2018)
        > 0
    )
    assert arms.arms_windows(["Vietnam", "IND"], [2018]).recipient.unique().tolist() == [
        "VNM",
        "IND",
    ]


SLIPS = [
    (lambda: arms.arms_imports("XXX", 2018), '"XXX" is not one of the actors'),
    (lambda: arms.arms_imports("Vietnm", 2018), r"Did you mean VNM \(Vietnam\)"),
    (lambda: arms.share_of_arms_imports("Rusia", "CHN", 2018), r"Did you mean RUS"),
    (lambda: arms.share_of_arms_exports("Rusia", "CHN", 2018), r"Did you mean RUS"),
    (lambda: arms.share_of_arms_exports("RUS", "Chyna", 2018), r"Did you mean CHN"),
    (lambda: arms.arms_windows(["CHN", "XXX"], [2018]), '"XXX" is not one of the actors'),
    (
        lambda: arms.arms_imports("EU", 2018),
        "European Union has no figures of its own .*: choose a state",
    ),
    (lambda: military.concentration("XXX", 2018), '"XXX" is not one of the actors'),
]


@pytest.mark.parametrize(("call", "says"), SLIPS)
def test_who_is_unknown_is_not_empty(call, says):
    with pytest.raises(actors.UnknownActor, match=says):
        call()


def test_the_last_window():
    assert arms.last_window(vintage="then") == 2018
    assert arms.last_window() == arms.last_window(vintage="since") > 2018


# Each figure worked out again from the deliveries it comes from


def delivered(first, last, **asked):
    """TIV of the deliveries of these years."""
    rows = evidence.table("military/arms_transfers")
    rows = rows[rows.year.ge(first) & rows.year.le(last)]
    for column, who in asked.items():
        rows = rows[rows[column].eq(who)]
    return rows.tiv.sum()


def in_all(actor, role, first, last):
    rows = evidence.table("military/arms_totals").query("actor == @actor and role == @role")
    return rows[rows.year.ge(first) & rows.year.le(last)].tiv.sum()


WINDOWS = [
    ("CHN", 2018, 5),
    ("CHN", 2003, 5),
    ("IND", 2018, 10),
    ("VNM", 2016, 3),
    ("SYR", 2018, 5),
]


@pytest.mark.parametrize(("recipient", "end", "window"), WINDOWS)
def test_a_window_of_imports_is_worked_out_from_its_deliveries(recipient, end, window):
    first = end - window + 1
    total = in_all(recipient, "imports", first, end)
    rows = arms.arms_imports(recipient, end, window)
    assert {*zip(rows.recipient, rows.start, rows.end, strict=True)} == {(recipient, first, end)}
    for row in rows[rows.supplier.ne("other")].itertuples():
        tiv = delivered(first, end, supplier=row.supplier, recipient=recipient)
        assert (row.tiv, row.share) == pytest.approx((tiv, tiv / total))
        share = arms.share_of_arms_imports(recipient, row.supplier, end, window)
        assert share == pytest.approx(tiv / total)
    known = delivered(first, end, recipient=recipient)
    other = rows.set_index("supplier").tiv.get("other", 0)
    assert other == pytest.approx(max(total - known, 0), abs=1e-6)
    assert rows.share.sum() == pytest.approx(1)
    assert arms.total_imports(recipient, end, window) == pytest.approx(max(total, known))
    squares = {row.supplier: row.share**2 for row in rows.itertuples()}
    assert arms.concentration(recipient, end, window) == pytest.approx(
        (sum(squares.values()) - squares.get("other", 0), sum(squares.values()))
    )


def test_a_weapon_left_out_counts_for_neither_supplier_nor_total():
    deals = evidence.table("military/deals").query("recipient == 'CHN' and 2014 <= year <= 2018")
    weapon, supplier = deals.groupby(["weapon", "supplier"]).tiv.sum().idxmax()
    less = deals[deals.weapon.eq(weapon)].tiv.sum()
    total = in_all("CHN", "imports", 2014, 2018)
    tiv = delivered(2014, 2018, supplier=supplier, recipient="CHN")
    assert arms.share_of_arms_imports("CHN", supplier, 2018, less=weapon) == pytest.approx(
        (tiv - less) / (total - less)
    )


@pytest.mark.parametrize("supplier", ["CHN", "RUS", "UKR"])
def test_a_share_of_exports_is_worked_out_from_its_deliveries(supplier):
    for recipient in ({"CHN", "RUS", "IND", "PAK"}) - {supplier}:
        tiv = delivered(2014, 2018, supplier=supplier, recipient=recipient)
        share = arms.share_of_arms_exports(supplier, recipient, 2018)
        assert share == pytest.approx(tiv / in_all(supplier, "exports", 2014, 2018))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: arms.arms_imports("CHN", 2002), "no window of 5 years to 2002 for China: .*1999-"),
        (lambda: arms.arms_imports("CHN", 2002), "choose an end from 2003 to"),
        (
            lambda: arms.arms_imports("SAU", 2017),
            "deliveries for 2014-.*choose an end from 2018 to",
        ),
        (
            lambda: arms.arms_imports("SYR", 2011),
            "deliveries for 2008-.*choose an end from 2012 to",
        ),
        (lambda: arms.arms_imports("SAU", 2015, 3), "choose an end from 2016 to"),
        (lambda: arms.arms_imports("SAU", 2018, 0), "no window of 0 years.*an end from 2014 to"),
        (lambda: arms.arms_imports("SYR", 2050), "no window of 5 years to 2050"),
        (lambda: arms.share_of_arms_exports("RUS", "CHN", 2017), "choose an end from 2018 to"),
        (lambda: arms.share_of_arms_exports("CHN", "SAU", 2017), "choose an end from 2018 to"),
        (lambda: arms.share_of_arms_exports("CHN", "PAK", 2011), "choose an end from 2012 to"),
        (lambda: arms.share_of_arms_exports("USA", "CHN", 2018), "China, Russia or Ukraine"),
        (lambda: arms.deliveries("RUS", "CHN", "Su-99"), "Su-99 from Russia to China.*Su-35S"),
    ],
)
def test_a_window_that_is_not_held_says_which_are(call, said):
    with pytest.raises(NotHeld, match=said):
        call()


def test_the_first_windows_held_are_answered():
    assert len(arms.arms_imports("CHN", 2003)) and len(arms.arms_imports("SYR", 2014, 1))


def test_units_delivered_add_up():
    deals = evidence.table("military/deals").query(
        "supplier == 'RUS' and recipient == 'CHN' and weapon == 'Su-35S'"
    )
    rows = arms.deliveries("RUS", "CHN", "Su-35S")
    assert rows.units.sum() == deals.units.sum() == rows.total.iloc[-1]
    assert rows.total.iloc[0] == rows.units.iloc[0] and rows.year.is_monotonic_increasing


@pytest.mark.parametrize(
    "ask",
    [
        lambda *window: arms.share_of_arms_imports("CHN", "RUS", 2016, *window),
        lambda *window: arms.share_of_arms_exports("RUS", "CHN", 2018, *window),
        lambda *window: arms.total_imports("CHN", 2016, *window),
        lambda *window: arms.concentration("CHN", 2016, *window),
        lambda *window: arms.arms_imports("CHN", 2016, *window).tiv.tolist(),
        lambda *window: arms.arms_windows(["CHN"], [2016], *window).tiv.tolist(),
    ],
)
def test_a_window_is_of_five_years_where_none_is_asked(ask):
    assert ask() == ask(5) != ask(4)


def test_nothing_delivered_is_no_share_and_nothing_from_one_supplier_is_nought():
    assert arms.arms_imports("PRK", 2018).empty
    assert math.isnan(arms.share_of_arms_imports("PRK", "RUS", 2018))
    assert all(map(math.isnan, arms.concentration("PRK", 2018)))
    with pytest.raises(NotHeld, match="arms imports of North Korea"):
        arms.total_imports("PRK", 2018)
    assert arms.share_of_arms_imports("JPN", "RUS", 2018) == 0
    assert arms.share_of_arms_exports("RUS", "JPN", 2018) == 0
