"""A round of claims with one tap each: which claims it asks, what it shows and when, what is kept."""

import json
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

import frenemies as fr
from heldto import article, stored
from heldto.claims import ledger
from heldto.errors import Problem
from heldto.exercises import quick, score
from heldto.publish.handouts import structure
from heldto.toggles.views import Explore

LINKED = re.compile(r"\]\([^)]*\)")


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    from heldto.exercises import guesses

    monkeypatch.setenv("FRENEMIES_DIARY", str(tmp_path / "answers.json"))
    monkeypatch.setattr(guesses, "_NOT_KEPT", {})
    return tmp_path / "answers.json"


def named(monkeypatch, **first_round):
    """The open article, as if its article.toml named these claims."""
    other = replace(article.current(), first_round=first_round)
    monkeypatch.setattr(article, "current", lambda: other)


def test_the_article_s_own_five_differ_and_one_of_them_has_the_picture():
    ids = quick.first_claims()
    verdicts = ledger.table().loc[ids, "verdict_then"]
    assert len(ids) == 5 and verdicts.nunique() >= 3 and verdicts.value_counts().max() <= 2
    claim, view = quick.first_view(ids)
    assert claim in ids and view.picture.compares and {"CHN", "RUS"} <= {*view.picture.everybody}


def test_an_article_that_names_none_begins_with_five_of_different_verdicts(monkeypatch):
    named(monkeypatch)
    ids = quick.first_claims()
    assert len(ids) == 5
    assert {*ledger.table().loc[ids, "verdict_then"]} == {*score.WORDS}


def test_a_claim_that_does_not_exist_is_named_with_its_file(monkeypatch):
    named(monkeypatch, X9="nothing")
    with pytest.raises(Problem, match=r"article\.toml, \[first_round\].*X9"):
        quick.first_claims()


def test_no_verdict_shows_before_its_tap_and_none_is_stored():
    shown = fr.quick_round(["M8", "F5"])
    data, about = shown._repr_mimebundle_()
    before = f"{shown.taps.page} {data['text/plain']} {data['text/html']} {about}"
    for claim in shown.ids:
        reason = ledger.judge(claim, "then").reason
        assert reason and reason not in before and "data-computed" not in before
    shown.record("M8", "undecided", 50)
    assert [*shown.taps.shown] == ["M8"] and "data-computed" in shown.taps.shown["M8"]["answer"]
    data, _ = shown._repr_mimebundle_()
    assert ledger.judge("M8", "then").reason not in f"{data['text/plain']} {data['text/html']}"


def test_a_tap_is_a_guess_the_first_counts_and_the_next_round_does_not_ask_again(own_file):
    shown = fr.quick_round(["M8", "F1"])
    shown.record("M8", "holds", 80)
    shown.record("M8", "fails", 25)  # a click that came late
    kept = json.loads(own_file.read_text(encoding="utf-8"))["guesses"]
    assert [(one["claim"], one["verdict"], one["sure"]) for one in kept] == [("M8", "holds", 80)]
    assert shown.taps.shown["M8"]["verdict"] == "holds"
    assert [*fr.quick_round(["M8", "M13"]).taps.shown] == ["M8"]
    fr.guess("F1", "partly", 60)  # in another form of the same notebook
    assert shown.taps.shown["F1"]["verdict"] == "partly"


def test_where_no_file_takes_it_a_tap_counts_in_this_kernel_and_a_sentence_says_so(monkeypatch):
    monkeypatch.setenv("FRENEMIES_DIARY", "/dev/null/answers.json")
    shown = fr.quick_round(["M8"])
    shown.record("M8", "undecided", 50)
    assert shown.taps.shown["M8"]["verdict"] == "undecided"
    assert shown.taps.note.startswith("Not kept: answers.json")
    shown.record("F1", "holds", 50)  # of no claim of this round
    assert [*shown.taps.shown] == ["M8"]


def test_the_picture_waits_for_the_tap_on_its_claim():
    shown = fr.quick_round()
    [*_, examined, _] = shown.children
    assert examined.waits() and shown.examined.view not in examined.children
    shown.record(shown.examined.ids[0], "undecided", 50)
    assert not examined.waits() and shown.examined.view in examined.children


def test_the_picture_waits_for_every_claim_of_the_round_that_rests_on_its_table():
    view = quick.view_of(fr.economic.balance_picture)
    shown = quick.QuickRound(["E1", "E4", "M8"], ("E4", view))
    shown.record("E4", "undecided", 50)
    assert shown.examined.waits() == "Guess E1 first, or"  # its picture shows the same trade
    shown.record("E1", "undecided", 50)
    assert not shown.examined.waits()


def test_on_a_page_the_verdicts_stand_behind_their_taps():
    with stored.pages():
        data, about = fr.quick_round(["M8"])._repr_mimebundle_()
    assert (
        'data-computed="holds"' in data[stored.PAGE] and "round.css" in about["frenemies"]["sheets"]
    )
    sheet = Path(quick.__file__).parents[1] / "templates" / "round.css"
    assert ".round .answer > .at-once, .round .tap:not(.done) .answer { display: none; }" in (
        sheet.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("left_out", ["live", "handout"])
def test_the_first_notebook_has_at_most_seventy_words_before_the_first_tap(left_out):
    cells = nbformat.read(ROOT / "notebooks" / "00_start_here.ipynb", 4).cells
    cells = [one for one in cells if left_out not in one.metadata.get("tags", [])]
    at = next(at for at, one in enumerate(cells) if "quick_round" in one.source)
    texts = [LINKED.sub("]", one.source) for one in cells[:at] if one.cell_type == "markdown"]
    above = "How sure are you? 50 % Each tap is final. Undecided: no table here can tell."
    assert len(" ".join([*texts, above]).split()) <= 70
    assert not [one for one in cells[:at] if one.cell_type == "code"]


def test_the_first_picture_has_the_same_boxes_in_a_notebook_as_on_a_page():
    view = fr.quick_round().examined.view
    boxes = view._bar.actors
    tree = structure.parse_html(str(view.page()))
    assert {*boxes} == structure.actors_on_page(tree) and "TWN" not in boxes
    text = (ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8")
    assert "no box there: on this page these are Taiwan and the European Union" in text
    assert {*fr.evidence.actors.EVERYBODY} - {*boxes} == {"TWN", "EU"}


def test_who_has_a_dot_in_yardsticks_alone_gets_no_box_where_the_notebook_has_none():
    page = '<figure class="yardstick"><i class="a-PRK"></i><i class="a-CHN"></i></figure>'
    tree = structure.parse_html(page)
    assert structure.actors_on_page(tree) == {"PRK", "CHN"}
    assert structure.actors_on_page(tree, ["PRK"]) == {"CHN"}
    drawn = structure.parse_html(page + '<figure><i class="a-PRK"></i></figure>')
    assert structure.actors_on_page(drawn, ["PRK"]) == {"PRK", "CHN"}


def test_a_partly_is_told_with_its_rule_in_words():
    answer = quick._answer("E1")
    assert "Rule: below 100 and within 10 %: holds; within 25 %: partly; else fails." in answer
    for claim in ledger.table().index:
        assert not re.search(r"Rule: [a-z_]+\.", quick._answer(str(claim))), claim


def test_the_first_picture_is_drawn_once_and_one_view_listens_to_its_bar(monkeypatch):
    made = []
    monkeypatch.setattr(quick, "Explore", lambda *words: made.append(Explore(*words)) or made[-1])
    _, view = quick.first_view(quick.first_claims())
    assert made == [view] and {*view._bar.actors} <= {*view.picture.everybody}
