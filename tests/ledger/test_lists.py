"""Claims as lists: every claim is there once with a link to its notebook, and a section's table shows the ledger's verdicts and the reader's first guess."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from heldto import claims, evidence, stored
from heldto.claims import ledger
from heldto.exercises import score
from heldto.ledger import lists

ROOT = Path(__file__).resolve().parents[2]
IDS = evidence.table("claims")["id"].tolist()


def test_every_claim_is_listed_once_and_links_to_a_notebook_that_has_it():
    found = lists.all_claims()
    links = re.findall(r'<a href="(\w+)\.ipynb#at=(\w+)">', found.page)
    assert [claim for _, claim in links] == IDS
    for notebook, claim in links:
        text = (ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8")
        headed = re.search(rf"## [^\\]*\b{claim}\b", text)
        assert headed, f"notebooks/{notebook}.ipynb has no heading that names {claim}: add one"
    never = evidence.table("claims").query("rule == 'undecided'")["id"]
    beside = evidence.table("amendments").query("rule == 'documents' and claim in @never").claim
    assert repr(found).count("\n") == len(IDS) + 4
    assert f"No table here can decide {len(never)} of them: the page says" in repr(found)
    assert f"For {beside.nunique()} of these there is a later rule" in repr(found)


def test_a_section_stands_beside_the_readers_first_guess():
    before = lists.section("economic", "F3").page
    score.record_guess("E1", "holds", 80)
    score.record_guess("E1", "fails", 90)
    after = lists.section("economic", "F3")
    assert '<td data-guess="E1"></td>' in before and '<td data-guess="E1">holds</td>' in after.page
    assert "data-guess" not in repr(after) and "80" not in repr(after)


def test_what_is_stored_holds_no_guess():
    (before, _), guessed = lists.section("economic", "F3")._repr_mimebundle_(), "E1  then partly"
    score.record_guess("E1", "holds", 80)
    told = lists.section("economic", "F3")
    after, _ = told._repr_mimebundle_()
    assert guessed in repr(told) and after.pop(stored.VIEW) and after == before


def test_verdicts_stay_covered_until_their_claim_is_guessed():
    score.record_guess("E1", "holds", 80)
    told = lists.section("economic", "F3")
    names = ["F3", *(one for one in IDS if one.startswith("E"))]
    rows = dict(zip(names, told.lines, strict=False))
    assert rows["E1"].startswith("E1  then partly") and len(told.lines) == len(names) + 1
    for name in set(names) - {"E1"}:
        assert (
            rows[name].split()[:3] == [name, "guess", "first"]
            and claims.row(name)["claim"] in rows[name]
        )
    table, fold = told.page.split('<details class="uncovered">')
    assert table.count('class="tag') == 2 and fold.count('class="tag') == 2 * len(names)


def test_show_uncovers_all_verdicts():
    told = lists.section("economic", "F3", show=True)
    assert (
        len(told.lines) == 1 + sum(one.startswith("E") for one in IDS)
        and "guess first" not in repr(told) + told.page
        and "<details" not in told.page
    )
    for line in told.lines:
        then, since = ledger.both(line.split()[0])
        assert re.search(rf"then {then.verdict} +since {since.verdict}\b", line)


def test_an_unknown_section_or_claim():
    with pytest.raises(claims.UnknownClaim, match="framing, economic, geopolitical, military"):
        lists.section("naval")
    with pytest.raises(claims.UnknownClaim):
        lists.section("economic", "E99")


def test_what_came_since_is_hidden_with_the_later_marks():
    """Column, tags and tipping points, in the ledger and beside the reader's guesses."""
    pages = (
        lists.browse()._repr_mimebundle_()[0]["text/html"],
        lists.section("military", show=True).page,
    )
    for page, key in zip(pages, ("verdict", "military"), strict=True):
        soup = BeautifulSoup(page, "html.parser")
        assert soup.find(class_="ledger")["data-bar"] == key
        for late in soup(class_="since"):
            late.decompose()
        heads = [head.text for head in soup("th", scope="col")]
        assert "then" in heads and "since" not in heads
        assert {len(row(["th", "td"])) for row in soup("tr")} == {len(heads)}
