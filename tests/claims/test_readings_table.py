"""The readings of a claim as a page tells them: in which order, counted by what, and folded."""

import pytest
import sample_readings
from bs4 import BeautifulSoup
from conftest import cases

from heldto.claims import VERDICTS, readings, readings_table
from heldto.errors import Problem


@pytest.fixture(autouse=True)
def _thirty(monkeypatch):
    sample_readings.put(monkeypatch)


@cases(
    ("verdicts", "words"),
    [
        ("HHP", "2 of 3 readings hold, 1 partly, 0 fail, by 3 distinct figures."),
        ("PF", "0 of 2 readings hold, 1 partly, 1 fails, by 2 distinct figures."),
        ("H", "1 of 1 readings hold, 0 partly, 0 fail, by 1 distinct figure."),
        (
            "HU",
            "1 of 1 readings hold, 0 partly, 0 fail, by 1 distinct figure. "
            "1 more cannot be computed here.",
        ),
        (
            "HPf",
            "1 of 3 readings hold, 1 partly, 1 fails, by 3 distinct figures. "
            "Without the 1 that takes a later year 1 of 2 readings hold, 1 partly, 0 fail.",
        ),
        (
            "ff",
            "0 of 2 readings hold, 0 partly, 2 fail, by 2 distinct figures. All of them use a later year.",
        ),
    ],
)
def test_a_count_in_words(verdicts, words):
    """verdicts: their first letters, small where a reading takes a later year."""
    told = {word[0].upper(): word for word in VERDICTS}
    rows = [
        {"verdict": told[one.upper()], "late": one.islower(), "alike": number}
        for number, one in enumerate(verdicts)
    ]
    counted = readings.tally_readings(rows)
    assert " ".join([f"{counted.words()}.", *counted.more()]) == words


def test_readings_stand_by_figure_and_name_what_they_choose():
    rows, listed = readings_table.in_order("E4"), readings_table.all_options("E4")
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
    rows = readings_table.in_order("E4")
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
    assert {one["option"] for one in readings_table.all_options(claim) if one["late"]} == late


def test_each_option_is_counted_by_the_readings_that_share_it():
    page = BeautifulSoup(readings_table.readings_page("E4"), "html.parser")
    rows = {
        row.th.contents[0].strip(): [cell.text for cell in row("td")[:3]]
        for row in page.select("[data-option]")
    }
    for one in readings_table.all_options("E4"):
        shared = readings_table.in_order("E4").query(f"{one['dimension']} == '{one['option']}'")
        assert rows[one["label"]] == [*map(str, readings_table.tally_rows(shared).counts.values())]
    assert page.details and page.summary.text == "Other readings"
    assert readings_table.NO_PROBABILITY in page.text


def test_a_count_that_takes_in_a_later_year_is_marked_so(monkeypatch):
    page = BeautifulSoup(readings_table.readings_page("E4"), "html.parser")
    assert readings_table.is_late("E4") and not readings_table.is_late("F1")
    counted = [*page.select("tr"), page.select_one(".tally"), page.details]
    assert all("since" in one["class"] for one in counted)
    tally = "12 of 30 readings hold, 12 partly, 6 fail, by 10 distinct figures."
    apart = "Without the 15 that take a later year 6 of 15 readings hold, 6 partly, 3 fail."
    assert page.select_one(".tally").text == f"{tally} {apart}"
    sample_readings.put(monkeypatch, year="2018")
    page = BeautifulSoup(readings_table.readings_page("E4"), "html.parser")
    counted = [*page.select("thead tr"), page.select_one(".tally"), page.details]
    assert not any("since" in one.get("class", []) for one in counted)


def test_what_a_page_holds_for_the_switches_is_each_readings_verdict_and_choices():
    encoded = (
        BeautifulSoup(readings_table.readings_page("E4"), "html.parser")
        .details["data-readings"]
        .split()
    )
    rows = readings_table.in_order("E4")
    assert encoded == [
        f"{one.verdict[0].upper()}{one.letters}{one.alike}{'*' if one.late else ''}"
        for one in rows.itertuples()
    ]
    assert len({one.rstrip("*")[-1] for one in encoded}) == 10


def test_a_claim_without_other_readings_has_no_fold():
    assert readings_table.readings_page("G5") == ""
    with pytest.raises(Problem, match="G5 has no other readings"):
        readings_table.all_options("g5")
