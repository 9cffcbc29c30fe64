"""Nothing gives a verdict away before its guess: each notebook from top to bottom, each edition on screen and on paper."""

import re
from functools import lru_cache

import giveaways
import nbformat
import pytest
from conftest import ROOT, our_page, with_pages
from giveaways import Piece

from heldto import claims, stored
from heldto.claims import card, ledger

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
GUESS = Piece("guess", "E1", "Your verdict on E1: holds, partly, fails or undecided?")

# What is seen of a page, in its order: the guesses it asks for, and the words of each block
WALK = """() => {
  const seen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT), pieces = [];
  let block = null, guess = null;
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches("form.guess")) guess = node;
      if (node.matches("form.guess, .tap")) pieces.push(["guess", node.dataset.claim, ""]);
      for (const text of [node.getAttribute("alt"), node.getAttribute("aria-label")]) if (text && seen(node)) { pieces.push(["words", "", text]); block = null; }
      continue;
    }
    if (!node.data.trim() || parent.closest("style, script") || guess?.contains(node)) continue;
    if (parent.closest("LEFT_OUT") || !(parent.closest("svg") ?? parent).checkVisibility() || !seen(parent)) continue;
    const here = parent.closest("p, li, h1, h2, h3, h4, tr, text, figcaption b, figcaption, summary, legend, dt, dd, pre, .said") ?? parent;
    if (here !== block) pieces.push(["words", "", ""]);
    block = here;
    pieces.at(-1)[2] += (here.matches("tr") ? " " : "") + node.data;
  }
  return pieces;
}"""
LECTURERS = ".tag-instructor, .tag-solution"


@lru_cache
def headed():
    """Titles of all pictures by which claims can be decided."""
    every = [list(giveaways.of_notebook(with_pages(path))) for path in NOTEBOOKS]
    return {title: about for one in every for title, about in giveaways.titles(one).items()}


def guessed_before(path):
    """The claims that the pages before this one ask for."""
    earlier = NOTEBOOKS[: NOTEBOOKS.index(path)]
    return {
        claim
        for one in earlier
        for piece in giveaways.of_notebook(nbformat.read(one, 4))
        for claim in _asked(piece)
    }


def _asked(piece):
    return piece.about.split() if piece.kind == "guess" else []


def sample(*before, after=()):
    """A small page: what stands before the guess on E1, and after it."""
    return [
        *(Piece("words", "", text) for text in before),
        GUESS,
        *(Piece("words", "", text) for text in after),
    ]


TOLD = {
    "E1 holds in part: partly, that is.": "its verdict in words",
    "As known in August 2019, E1 FAILS.": "its verdict in words",
    "Russia's books say 108.2 billion dollars.": "its deciding figure (108.2 billion dollars)",
    "2018 | 106.7 | 8.8": "its deciding figure (106.7)",
    "In 2018 one book says 106.7 bn": "its deciding figure (106.7 bn)",
    ledger.judge("E1", "then").reason: "the reason of its verdict",
}


@pytest.mark.parametrize("text", TOLD)
def test_what_stands_before_its_guess_is_found_and_after_it_left_alone(text):
    [(claim, why, _)] = giveaways.given_away(sample("## Trade", text))
    assert claim == "E1" and why.startswith(TOLD[text])
    assert not giveaways.given_away(sample("## Trade", after=[text]))
    assert not giveaways.given_away(sample(text), guessed=["E1"])


@pytest.mark.parametrize(
    "text",
    [
        "E1 holds if the figure lies below 100 billion dollars.",
        "Would E1 fail, or does it hold? In 2018 and 2019 it was judged.",
        "For E1 both books are asked: 1,108.2 tonnes, 106.75 points, 2018.",
        "Holds, partly, fails, undecided: four words. E1 comes first.",
        claims.row("E1")["claim"],
    ],
)
def test_a_rule_a_question_and_another_figure_give_nothing_away(text):
    assert not giveaways.given_away(sample(text))


def test_a_card_a_picture_and_its_title_before_their_guess_are_found():
    title = "In 2018 Russia's books say more"
    drawn = Piece("picture", "mirror", f"{title}\nTwo lines.")
    shown = Piece("verdict", "E1", "\n".join(card.VerdictCard("E1").lines()))
    line = Piece("draw", "E1", "Draw it first: a trade")
    told = (
        (drawn, "the picture that decides it"),
        (shown, "its card"),
        (line, "the line that leads"),
    )
    for piece, why in told:
        [(claim, said, where)] = giveaways.given_away(
            [Piece("words", "", "## Trade"), piece, GUESS]
        )
        assert (claim, where) == ("E1", "Trade") and said.startswith(why)
        assert not giveaways.given_away([GUESS, piece])
    title_alone = [Piece("words", "", f"Look: {title}."), GUESS]
    [(claim, said, _)] = giveaways.given_away(title_alone, headed=giveaways.titles([drawn]))
    assert claim == "E1" and said.startswith("a title that states it")


def test_every_picture_named_here_is_drawn_in_a_notebook_and_decides_a_claim_of_ours():
    drawn = {
        name
        for path in NOTEBOOKS
        for piece in giveaways.of_notebook(nbformat.read(path, 4))
        if piece.kind in ("picture", "covered")
        for name in piece.about.split()
    }
    named = {claim for about in giveaways.DECIDED_BY.values() for claim in about.split()}
    assert {*giveaways.DECIDED_BY, *giveaways.ALL} <= drawn and named <= set(giveaways.claims())


def test_every_claim_is_guessed_before_its_one_card():
    asked, ruled = [], []
    for path in NOTEBOOKS[1:]:
        for piece in giveaways.of_notebook(nbformat.read(path, 4)):
            if piece.kind == "guess":
                asked += piece.about.split()
            elif piece.kind == "verdict":
                assert set(piece.about.split()) <= set(asked)
                ruled += piece.about.split()
    lacking = [claim for claim in giveaways.claims() if claim not in asked or claim not in ruled]
    assert not lacking, f'no notebook has a cell fr.examine("{lacking[0]}"), run by make notebooks'
    assert len(ruled) == len({*ruled}), "a claim has two cards"


@pytest.mark.slow
@each
def test_nothing_in_a_notebook_gives_a_verdict_away(path):
    pieces = giveaways.of_notebook(with_pages(path))
    assert giveaways.given_away(pieces, guessed_before(path), headed()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edition", "medium"),
    [("handout", "screen"), ("handout", "print"), ("student", "screen"), ("instructor", "screen")],
)
@each
def test_nothing_in_an_edition_gives_a_verdict_away(path, edition, medium, browser):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(our_page(path, edition).as_uri())
    if medium == "print":
        page.emulate_media(media="print")
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    walk = WALK.replace("LEFT_OUT", LECTURERS if edition == "instructor" else ".no-such")
    pieces = [Piece(*one) for one in page.evaluate(walk)]
    page.close()
    asked = {claim for piece in giveaways.of_notebook(with_pages(path)) for claim in _asked(piece)}
    assert {claim for piece in pieces for claim in _asked(piece)} == asked
    assert sum(piece.kind == "words" for piece in pieces) > 100
    assert giveaways.given_away(pieces, guessed_before(path), headed()) == []


def test_no_table_tells_verdicts_beside_the_forms_that_ask_for_them():
    """What a cell prints stands open in every front end; behind a sheet it waits for the guesses."""
    open_outputs = [
        (path.stem, cell.source, output.get("text") or output.get("data", {}).get("text/plain", ""))
        for path in NOTEBOOKS
        for cell in nbformat.read(path, 4).cells
        if not {"after-verdict", "instructor"} & {*cell.metadata.get("tags", [])}
        for output in cell.get("outputs", [])
        if stored.metadata_of(output).get("kind") is None
    ]
    ruled = re.compile(rf"^\W*{giveaways.CLAIM.pattern}.*{giveaways.RULED.pattern}", re.M)
    asked = [
        (name, source)
        for name, source, text in open_outputs
        if ruled.search(text) or "verdict_then ==" in source and giveaways.CLAIM.search(text)
    ]
    assert len(open_outputs) > 30 and asked == []


def test_no_cell_counts_verdicts_beside_the_forms_that_ask_for_them():
    """A total, a table by section and a drawn count wait for the guesses, too."""
    (path,) = [one for one in NOTEBOOKS if one.stem == "04_verdict"]
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    counts = [cell for cell in cells if re.search(r"verdict_\w+\b|tally_line", cell.source)]
    kinds = [stored.metadata_of(output).get("kind") for cell in counts for output in cell.outputs]
    assert len(kinds) >= 5 and {*kinds} == {"examine"}
