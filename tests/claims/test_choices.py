"""The readings of a claim as a page tells them: in which order, counted by what, and folded."""

import pytest
import sample_readings
from bs4 import BeautifulSoup
from conftest import cases

from heldto.claims import choices, readings
from heldto.errors import Problem


@pytest.fixture(autouse=True)
def _thirty(monkeypatch):
    sample_readings.put(monkeypatch)


@cases(
    ("verdicts", "words"),
    [
        (["holds"] * 9 + ["partly"] * 9 + ["fails"] * 6, "9 of 24 readings hold, 9 partly, 6 fail"),
        (["partly", "fails"], "0 of 2 readings hold, 1 partly, 1 fails"),
        (["holds", "undecided"], "1 of 2 readings hold, 0 partly, 0 fail, 1 cannot be worked out"),
    ],
)
def test_a_count_in_words(verdicts, words):
    assert choices.in_words(verdicts) == words


def test_readings_stand_by_figure_and_name_what_they_choose():
    rows, listed = choices.in_order("E4"), choices.options("E4")
    assert rows["figure"].is_monotonic_increasing and rows["on_scale"].all()
    for row in rows.to_dict("records"):
        named = {
            one["dimension"]: one["option"] for one in listed if one["letter"] in row["letters"]
        }
        assert named == {name: row[name] for name in readings.options("E4")}


def test_a_figure_of_another_measure_is_not_compared(monkeypatch):
    given = readings.options("E4")
    given["balance"][1] = given["balance"][1] | {"rule": "at_least"}
    monkeypatch.setattr(readings, "options", lambda claim: given)
    rows = choices.in_order("E4")
    assert rows["on_scale"].tolist() == rows["balance"].ne("China").tolist()
    assert rows["balance"].tail(6).eq("China").all()


@cases(
    ("claim", "late"),
    [
        ("E4", {"2019"}),
        ("E7", {"2019", "2020", "2021", "2026"}),
        ("E5", {"2018-19", "2017-19"}),
        ("F1", set()),
        ("G3", set()),
        ("M11", set()),  # 1949
    ],
)
def test_what_nobody_could_know_in_august_2019_is_late(claim, late):
    assert {one["option"] for one in choices.options(claim) if one["late"]} == late


def test_each_option_is_counted_by_the_readings_that_share_it():
    page = BeautifulSoup(choices.page("E4"), "html.parser")
    rows = {
        row.th.contents[0].strip(): [cell.text for cell in row("td")[:3]]
        for row in page.select("[data-option]")
    }
    for one in choices.options("E4"):
        shared = choices.in_order("E4").query(f"{one['dimension']} == '{one['option']}'")
        assert rows[one["label"]] == [str(count) for count in choices.counts(shared["verdict"])[:3]]
    assert page.details and "depends on whose books" in page.summary.text
    assert choices.NO_PROBABILITY in page.text


def test_a_count_that_takes_in_a_later_year_is_marked_so(monkeypatch):
    page = BeautifulSoup(choices.page("E4"), "html.parser")
    assert choices.is_late("E4") and not choices.is_late("F1")
    counted = [*page.select("tr"), page.select_one(".tally"), page.select_one("summary span")]
    assert all("since" in one["class"] for one in counted)
    early = {name: rows for name, rows in readings.options("E4").items() if name != "year"}
    monkeypatch.setattr(readings, "options", lambda claim: early)
    assert "since" not in choices.page("E4")


def test_what_a_page_holds_for_the_switches_is_each_readings_verdict_and_choices():
    encoded = BeautifulSoup(choices.page("E4"), "html.parser").details["data-readings"].split()
    rows = choices.in_order("E4")
    assert encoded == [
        word[0].upper() + own for word, own in zip(rows["verdict"], rows["letters"], strict=True)
    ]


def test_a_claim_without_other_readings_has_no_fold():
    assert choices.page("G5") == ""
    with pytest.raises(Problem, match="G5 has no other readings"):
        choices.options("g5")
