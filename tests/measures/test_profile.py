"""One actor in a year, held against the tables row by row."""

import csv

import pytest
from conftest import ROOT

from frenemies.measures import profile
from heldto.evidence.actors import UnknownActor


def rows(name):
    with open(ROOT / "data" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_trade_adds_both_flows_and_is_a_share_of_all_trade():
    partners = profile.trade_partners("Vietnam", 2018).set_index("partner")
    held = [r for r in rows("economic/trade") if r["reporter"] == "VNM" and r["year"] == "2018"]
    china, world = (
        sum(int(r["value_usd"]) for r in held if r["partner"] == code) for code in ("CHN", "WLD")
    )
    assert partners.total["CHN"] == pytest.approx(china / 1e9)
    assert partners.share["CHN"] == pytest.approx(china / world)
    assert partners.total.is_monotonic_decreasing and "WLD" not in partners.index


def test_who_reports_nothing_is_told_by_its_partners():
    assert set(profile.trade_partners("TWN", 2018).books) == {"partners'"}


def test_what_is_not_held_is_nan_and_an_unknown_actor_is_named():
    people, output = profile.size("PRK", 2018)
    assert people > 20 and output != output
    with pytest.raises(UnknownActor, match="Did you mean"):
        profile.rivals("Rusia", 2018)


def test_rivals_and_allies_are_those_listed():
    assert profile.owed("PRK", 2018) == ["CHN"]
    assert profile.rivals("India", 2018) == ["CHN", "PAK"]
    assert profile.vote_agreement("TWN", 2018).empty
