"""A claim in one element: nothing of its picture and verdict is part of it before guess and line, and nothing a reader did is lost."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import frenemies as fr
from frenemies import economic, military
from heldto import claims, stored
from heldto.errors import NotHeld, Problem
from heldto.exercises import diary, examine, guesses
from heldto.toggles.views import Explore


@pytest.fixture(autouse=True)
def _a_new_kernel(monkeypatch):
    for forms in ("_RULINGS", "_ASKED", "_NOT_KEPT", "LISTENERS"):
        monkeypatch.setattr(guesses, forms, {})
    monkeypatch.setattr(examine, "LISTENERS", guesses.LISTENERS)


def kinds(shown):
    return [type(part).__name__ for part in shown.children]


def draw(shown):
    (line,) = shown.lines
    line.frame.drawn = {str(year): 2 for year in line.asked.then}


def test_guess_then_line_then_picture_and_verdict():
    shown = fr.examine("e4", economic.balance_picture)
    assert kinds(shown) == ["Guess", "VBox", "ScrollAnchor"] and shown.waits().startswith(
        "Guess E4"
    )
    shown.guess.verdict.value = "partly"
    shown.guess.record()
    assert kinds(shown) == ["Guess", "DrawForm", "VBox", "ScrollAnchor"]
    draw(shown)
    assert kinds(shown) == ["Guess", "DrawForm", "Explore", "Ruling", "ScrollAnchor"]
    assert not shown.rulings[0].opened and shown.rulings[0].button.description == "Open the verdict"
    again = fr.examine("E4", economic.balance_picture)  # run again, or the next day
    assert kinds(again) == kinds(shown) and again.rulings[0].opened


def test_who_looks_anyway_is_asked_before_the_verdict():
    shown = fr.examine("E1", economic.mirror_picture)
    shown.look()
    assert kinds(shown) == ["Guess", "Explore", "Ruling", "ScrollAnchor"]
    assert not shown.rulings[0].opened and "not guessed yet" in shown.rulings[0].said.value


def test_claims_of_one_picture_are_guessed_together():
    shown = fr.examine(["E2", "E10"], economic.union_picture)
    fr.guess("E2", "undecided")
    assert shown.waits() == "Guess E10 first, or" and shown.guess.rows[0].verdict.disabled
    fr.guess("E10", "undecided", 25)
    assert kinds(shown) == ["Guesses", "Explore", "Ruling", "Ruling", "ScrollAnchor"]


def test_a_claim_without_a_picture_and_a_picture_of_another_section():
    assert kinds(fr.examine("F10")) == ["Guess", "VBox", "ScrollAnchor"]
    fr.guess("F10", "holds")
    assert kinds(fr.examine("F10")) == ["Guess", "Ruling", "ScrollAnchor"]
    other = fr.examine("F10", military.warheads_picture)
    assert isinstance(other.view, Explore) and other.view.picture.section == "military"


def test_a_picture_whose_figures_are_not_held_costs_a_sentence():
    def no_picture():
        raise NotHeld("no figure for 1950")

    fr.guess("E1", "holds")
    shown = fr.examine("E1", no_picture)
    assert kinds(shown) == ["Guess", "HTML", "Ruling", "ScrollAnchor"]
    assert "No figure for 1950." in shown.children[1].value


def test_a_picture_whose_claims_are_asked_for_above_waits_for_them_and_has_no_verdict():
    shown = fr.examine("E1", economic.mirror_picture, verdicts=[], ask=False)
    assert kinds(shown) == ["VBox", "ScrollAnchor"]
    fr.guess("E1", "fails")
    assert kinds(shown) == ["Explore", "ScrollAnchor"]


def test_a_table_that_tells_verdicts_waits_as_a_picture_does():
    frame = pd.DataFrame({"verdict": ["holds"]}, index=["E1"])
    shown = fr.examine("E1", frame, verdicts=[], ask=False)
    assert shown.sheet in shown.children and shown.view not in shown.children
    assert "holds" not in shown.sheet.children[0].value
    fr.guess("E1", "holds", 70)
    assert shown.view in shown.children and "holds" in shown.view.children[0].value
    with stored.pages():
        page = shown._repr_mimebundle_()[0][stored.PAGE]
    assert page.index("closed") < page.index("behind") < page.index("<td>holds</td>")


def test_of_many_claims_a_sheet_says_how_many_wait():
    ids = [f"E{number}" for number in range(1, 13)]
    shown = fr.examine(ids, pd.DataFrame({"verdict": ids}), verdicts=[], ask=False)
    assert shown.waits() == "Guess 12 claims that are shown here first, or"
    fr.guess("E1", "holds", 70)
    fr.guess("E2", "holds", 70)
    assert shown.waits().startswith("Guess E3, E4, ")


def test_the_readings_of_a_claim_wait_for_its_guess_under_a_title_that_says_nothing():
    shown = fr.examine("E4", fr.readings("E4"), verdicts=[], ask=False)
    assert kinds(shown) == ["VBox", "ScrollAnchor"]
    assert "All readings of E4" in shown.sheet.children[0].value
    assert "holds" not in shown.sheet.children[0].value
    fr.guess("E4", "fails")
    assert kinds(shown) == ["Readings", "ScrollAnchor"]


def test_what_no_file_takes_counts_as_long_as_the_kernel_lives(monkeypatch):
    monkeypatch.setattr(diary, "change_file", lambda *_: "Not kept: my-answers.json.")
    shown = fr.examine("E4", economic.balance_picture)
    shown.guess.verdict.value = "holds"
    shown.guess.record()
    assert "Not kept" in shown.guess.said.value and shown.guess.verdict.disabled
    draw(shown)
    assert kinds(shown) == ["Guess", "DrawForm", "Explore", "Ruling", "ScrollAnchor"]
    assert "You ended at" in shown.lines[0].said.value and "Not kept" in shown.lines[0].said.value
    shown.rulings[0].reveal()
    assert "You said <b>holds</b>" in shown.rulings[0].said.value


def test_odd_calls_are_refused_in_words():
    with pytest.raises(claims.UnknownClaim):
        fr.examine("Z9")
    with pytest.raises(Problem, match="no claim in this list"):
        fr.examine([])
    with pytest.raises(Problem, match="needs a function that returns a Picture"):
        fr.examine("E1", economic.mirror_picture())
    with pytest.raises(Problem, match="one verdict is for one claim"):
        fr.guess(["E1", "E2"], "holds")


def test_what_is_stored_is_folded_and_a_page_has_all_of_it():
    with stored.pages():
        data, about = fr.examine("E4", economic.balance_picture)._repr_mimebundle_()
    assert about["frenemies"]["kind"] == "examine" and about["frenemies"]["claim"] == "E4"
    plain = BeautifulSoup(data["text/html"], "html.parser")
    fold = plain.find("details", recursive=False)
    assert fold.find("figure") and fold.select_one("details.verdict") and not fold.has_attr("open")
    fold.extract()
    assert "6.6 billion apart" not in plain.get_text() and not plain.find(["figure", "img"])
    page = BeautifulSoup(data[stored.PAGE], "html.parser").select_one(".examine")
    closed, behind = page.select_one(".closed"), page.select_one(".behind")
    assert page.select_one("form.guess") and page.select_one("form.draw[data-line]")
    assert "One balance in two books" in closed.get_text() and not closed.find(["svg", "figure"])
    assert behind.find("figure") and page.select_one("details.verdict[id=verdict-E4]")
