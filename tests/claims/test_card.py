"""A card tells a verdict in three lines: what the figures say, the ruler, how firm it is. All else
opens below, and the plain lines say the same in the same order.
"""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from conftest import cases

from heldto import evidence
from heldto.claims import amended, card, documents, firm, ledger, noise, readings, substitute
from heldto.claims.card import ELSE, VerdictCard
from heldto.text.words import with_minus

IDS = evidence.table("claims")["id"].tolist()
SIDES = [(claim, when) for claim in IDS for when in ("then", "since")]
MOST = 60  # words that stand unfolded, those on the ruler counted and the heads of folds not
ORDER = ["figures", "turns", "readings", "rates", "amended", "documents", "known", "ruled"]


def page(claim):
    """A card as it opens below a guess with the longest words."""
    shown = VerdictCard(claim).to_html(opened=True, mine=(("undecided", 100),))
    return BeautifulSoup(shown, "html.parser")


def unfolded(claim, when):
    """The words that a reader sees before anything is opened."""
    told, ruler = page(claim), VerdictCard(claim).yardstick
    for hidden in told.select("style, .opens, .more, figcaption, .fig-short, [hidden], .missing"):
        hidden.decompose()
    for late in told.select(".since") if when == "then" else ():
        late.decompose()
    deep = ruler.folds["bare"] if ruler else 0
    for folded in [one for one in told.select("svg text") if float(one["y"]) > deep]:
        folded.decompose()
    told.summary.decompose()
    return told.get_text(" ").split()


def test_a_card_with_another_in_the_place_of_an_actor_is_printed_as_its_lines():
    shown = VerdictCard("E4", RUS="IND")
    assert str(shown).splitlines() == "\n".join(shown.lines()).splitlines()


@pytest.mark.parametrize(("day", "own"), [(2024, True), (2015, False)])
def test_a_claim_is_about_its_own_time_by_the_day_of_the_article_that_is_open(
    monkeypatch, day, own
):
    here = SimpleNamespace(day=date(day, 5, 10))
    monkeypatch.setattr(card.article, "current", lambda: here)
    assert card._is_of_its_time(SimpleNamespace(data_until="2021")) is own


@cases(("claim", "when"), SIDES)
def test_a_verdict_says_what_it_says_in_three_lines(claim, when):
    words = unfolded(claim, when)
    assert words[:6] == ["You", "said", "undecided", ",", "100", "%"]
    assert len(words) <= MOST, " ".join(words)


@cases("claim", IDS)
def test_a_figure_below_0_has_a_minus_sign_in_a_card(claim):
    told = page(claim)
    for style in told("style"):
        style.decompose()
    assert [text for text in told.stripped_strings if text != with_minus(text)] == []


@cases("claim", IDS)
def test_all_else_stands_behind_two_doors_in_one_order(claim):
    doors = page(claim).select(".opens > *")
    assert [door.summary.get_text() for door in doors] in (["Why?"], ["Why?", "How else?"])
    assert not [door for door in doors if door.has_attr("open")]
    parts = [part for door in doors for part in door.select(".fold")]
    kinds = [next(name for name in ORDER if name in part["class"]) for part in parts]
    why, other = ([name for name in ORDER if (name in ELSE) == behind] for behind in (False, True))
    assert kinds == [name for name in [*why, *other] if name in kinds]
    assert doors[0].select(".fold")[-1]["class"][1] == "ruled"
    assert ("readings" in kinds) == bool(readings.options(claim))
    assert ("rates" in kinds) == bool(
        substitute.rate(claim, "then") or substitute.rate(claim, "since")
    )
    assert ("amended" in kinds) == bool(amended.amendments(claim))
    assert ("documents" in kinds) == bool(documents.documents(claim, "since"))


@cases("claim", IDS)
def test_plain_lines_say_the_same_in_the_same_order(claim):
    plain, told = VerdictCard(claim).lines(), page(claim)
    heads = [head.get_text() for head in told.select(".opens > details > summary")]
    assert [line for line in plain if line in heads] == heads
    marks = " ".join(mark.get_text() for mark in told.select(".firm span"))
    assert marks in plain[: plain.index(heads[0])]
    shown = " ".join(told.select_one(".opens").get_text(" ").split())
    for fold in VerdictCard(claim).folds():
        assert f"  {fold.title}:" in plain
        for line in fold.lines if fold.name != "readings" else ():
            assert f"  {line.plain()}" in plain
            words = with_minus(" ".join(f"{line.words}{line.source}".split()))
            assert words in shown.replace(" :", ":")


@cases("claim", IDS)
def test_how_firm_a_verdict_is_rests_on_its_readings_noise_and_its_amended_rule(claim):
    told = " ".join(mark.words for mark in firm.firmness(claim))
    held, judged = readings.summary(claim), amended.judge_amended(claim, "since")
    assert told and told.count(".") == len(firm.firmness(claim))
    inside = [bool(one.noise and one.noise.within) for one in ledger.both(claim)]
    later = f"Since then it is {noise.WITHIN}."
    assert (f" is {noise.WITHIN}." in told.replace(later, "")) == inside[0]
    decided_by_chance = ledger.both(claim)[1].noise is not None  # not by a pledge, as G8's since
    assert ("Since then it is " in told) == (inside[0] != inside[1] and decided_by_chance)
    if held and held.readings and held.distinct_figures < readings.FEWEST:
        assert readings.TOO_FEW in told.lower() and "readings say" not in told
    elif held and held.readings:
        assert f"{held.readings_same} of {held.readings} readings" in told
        assert (held.depends_on in told) if held.stable is False else "stable" in told
    first = VerdictCard(claim).amended_since()
    fixed = [one.verdict for one in ledger.both(claim)]
    both = [amended.judge_amended(claim, when) for when in ("then", "since")]
    differs = bool(judged) and [one.verdict for one in both] != fixed
    assert ("amended rule" in told or bool(first)) == differs
    assert not differs or f"says {judged.verdict}" in told or first == judged.verdict


def test_one_more_source_of_firmness_is_one_more_function(monkeypatch):
    noise = firm.Firmness("It lies within the noise.", since=True)
    monkeypatch.setattr(firm, "TOLD", (*firm.TOLD, lambda claim: iter([noise])))
    assert firm.firmness("E4")[-1] == noise and noise not in firm.firmness("E4", "then")
    assert any(line.endswith(noise.words) for line in VerdictCard("E4").lines())


SILENT = [("F8", "documents"), ("E12", "No figure"), ("E11", "None of its readings can be")]


@pytest.mark.parametrize(("claim", "word"), SILENT)
def test_a_verdict_without_other_readings_says_why(claim, word):
    assert word in firm.firmness(claim)[-1].words


@pytest.mark.parametrize("claim", IDS)
def test_since_says_its_last_day_or_year_where_later_figures_bear_on_it(claim):
    shown = VerdictCard(claim)
    row = shown.row
    for one in shown.sides():
        if one.label.startswith("Since"):
            told = " ".join([one.label, one.stale, one.ends])
            dated = re.search(r"\b(19|20)\d\d\b", told)
            own = not row["standing"] and "its own time" in told
            assert dated or own or (row["rule"] == "undecided" and "no table" in told), told


def test_the_first_line_names_what_the_amended_rule_says_of_the_figures_since():
    """A red *fails* by 0.002 % is no rise, by the amended rule: the line that is read first says so."""
    ruling = BeautifulSoup(VerdictCard("E7").to_html(), "html.parser").select_one(".ruling")
    since = " ".join(ruling.select_one(".since").get_text(" ").split())
    assert "fails" in since and "(amended rule:" in since and "partly" in since


def test_what_an_amended_rule_says_of_then_is_said_because_of_then_alone():
    told = " ".join(card.VerdictCard("G2").lines())
    assert "Since then an amended rule says fails." in told
    assert "An amended rule says undecided" not in told  # as the first rule does, then
