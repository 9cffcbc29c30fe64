"""A round of claims, one tap each: the verdict at once, the score below, and one picture."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any
from weakref import WeakSet

import anywidget
import ipywidgets
import traitlets
from markupsafe import Markup

from heldto import article, claims, stored
from heldto.claims import course, guessed, ledger
from heldto.claims.card import VerdictCard
from heldto.claims.listed import every_claim, find_claim
from heldto.claims.verdict import SIGNS
from heldto.errors import NotHeld, Problem
from heldto.exercises import guesses, score
from heldto.exercises.box import CLASSES
from heldto.exercises.examine import Examination
from heldto.exercises.words import say
from heldto.pictures import Picture
from heldto.scripts import together
from heldto.templates import render
from heldto.toggles import of_claims
from heldto.toggles.bar import ActorBar, actor_bar
from heldto.toggles.explored import view_of
from heldto.toggles.here import FROM_PAGE, ScrollAnchor, shared
from heldto.toggles.views import Explore
from heldto.tr import SpokenScript

FIVE = 5  # claims of the round that an article begins with


class Taps(anywidget.AnyWidget):
    """The claims of a round with their buttons, and the score below.

    page: its HTML, without any verdict. tapped: the guesses that were made here, {claim: {verdict,
    sure}}. shown: {claim: {verdict, sure, answer}} of those that are guessed; answer: the computed
    verdict as HTML. note: what is said below the score, where a file took no guess.
    """

    _esm = SpokenScript(together(Path(__file__).with_name("tapped.js")))
    page = traitlets.Unicode().tag(sync=True)
    tapped = traitlets.Dict().tag(**FROM_PAGE)
    shown = traitlets.Dict().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)


class QuickRound(ipywidgets.VBox):
    """Claims to be judged with one tap each, and a picture that waits for the tap on its claim and
    on each other claim with a table of it; on a page for the lines that it would give away, too.

    A tap counts as a guess. What was guessed elsewhere is not asked again: it shows with its
    verdict. Neither the claims nor their verdicts are stored with an answer.
    """

    def __init__(self, ids: Sequence[str], picture: tuple[str, Explore] | None = None) -> None:
        self.ids = [
            one for one in ids if guessed.held_against(one)
        ]  # the others have no verdict yet
        self._surprises = picture[0] if picture else ""
        self.taps = Taps(page=self._taps(), layout=shared(ipywidgets.Layout))
        self.taps.observe(self._hear, "tapped")
        self.examined = None
        if picture:
            waits = [picture[0], *_of_one_table(picture[0], ids)]
            self.examined = Examination(waits, picture[1], "", [], False)
        for one in ids:
            guesses.LISTENERS.setdefault(one, WeakSet()).add(self)
        parts = [self.taps, *([self.examined] if self.examined else []), ScrollAnchor()]
        super().__init__(parts, layout=shared(ipywidgets.Layout), _dom_classes=CLASSES[:1])
        self.settle()

    def _hear(self, change: dict[str, Any]) -> None:
        for claim, guess in change["new"].items():
            self.record(claim, **guess)

    def record(self, claim: str, verdict: str, sure: float) -> None:
        """Keep a tap as a guess, and show the verdict. The first guess on a claim counts."""
        if claim not in self.ids:
            return
        if not guesses.given(claim):
            self.taps.note = guesses.keep(claim, verdict, sure)
        self.settle()

    def settle(self) -> None:
        """Show the verdict of each claim that is guessed by now."""
        shown = {}
        for claim in self.ids:
            if mine := guesses.given(claim):
                verdict, sure = mine[0]
                answer = str(self._answers.get(claim) or _answer(claim))
                shown[claim] = {"verdict": verdict, "sure": sure, "answer": answer}
        self.taps.shown = shown

    @property
    def _answers(self) -> dict[str, str]:
        return {claim: one["answer"] for claim, one in self.taps.shown.items()}

    def _taps(self, answers: bool = False) -> Markup:
        asked = [
            {"id": one, "claim": claims.row(one)["claim"], "about": about_claim(one)}
            | {"words": guessed.offered(one), "answer": _answer(one) if answers else ""}
            for one in self.ids
        ]
        context = {"asked": asked, "surprises": self._surprises}
        return render("round.html.j2", **context)

    def _repr_mimebundle_(self, **kwargs: Any) -> stored.Bundle:
        view = super()._repr_mimebundle_(**kwargs)
        said = {"kind": "guess", "claim": " ".join(self.ids)}
        plain = stored.question_page(repr(self))
        return stored.bundle(repr(self), plain, self._page, view, **said)

    def _page(self) -> Markup:
        """The round as a part of a page: with the verdicts, which wait for the taps."""
        if self.examined:
            lines = filter(course.has_line, every_claim())
            own = [self._surprises] if course.has_line(self._surprises) else []
            self.examined.draws = [*own, *_of_one_table(self._surprises, lines)]
        behind = self.examined._page() if self.examined else Markup("")
        return self._taps(answers=True) + behind

    def __repr__(self) -> str:
        questions = [f"{one}: {claims.row(one)['claim']}" for one in self.ids]
        return "\n".join([say("round"), *questions, say("guess")])


def _of_one_table(claim: str, others: Iterable[str]) -> list[str]:
    """Those of other claims with a table of this one, whose picture may tell their figures."""
    tables = {*find_claim(claim).tables}
    return [one for one in others if one != claim and tables & {*find_claim(one).tables}]


def _answer(claim: str) -> Markup:
    """What a tap shows: the computed verdict with its reason, and the closed card."""
    card = VerdictCard(claim)
    side = next(one for one in card.sides() if one.verdict == guessed.held_against(claim))
    words = {"verdict": side.verdict, "reason": side.reason, "signs": SIGNS}
    rule = find_claim(claim).told("thresholds")
    return render("round_answer.html.j2", card=card.to_html(), rule=rule, **words)


def about_claim(claim: str) -> str:
    """What a claim is about in a few words, as the article has it; else the claim itself, in no
    quotation marks: it is a paraphrase.
    """
    return article.current().first_round.get(claim) or f"{claim}, {claims.row(claim)['claim']}"


def first_claims() -> list[str]:
    """The ids of the claims that an article begins with: those it names in [first_round]; else
    five, of different verdicts as far as there are.

    Raises Problem where it names a claim that does not exist.
    """
    if named := article.current().first_round:
        try:
            return [claims.row(claim)["id"] for claim in named]
        except Problem as unknown:
            raise Problem(f"article.toml, [first_round]: {unknown}") from None
    by_verdict: dict[str, list[str]] = {word: [] for word in score.WORDS}
    for claim in ledger.table().index:
        if (verdict := guessed.held_against(claim)) in by_verdict:
            by_verdict[verdict].append(claim)
    in_turn = (one for some in zip_longest(*by_verdict.values()) for one in some if one)
    chosen = set([*in_turn][:FIVE])
    return [claim for claim in ledger.table().index if claim in chosen]


def first_view(ids: Iterable[str]) -> tuple[str, Explore] | None:
    """The picture of an article's first round, and the claim whose tap shows it; None where there
    is none.

    It is the one that article.toml names (front_claim, and the hook front_picture), else the first
    that the article declares for one of the claims.
    """
    current = article.current()
    if (draw := article.hook("front_picture")) and current.front_claim:
        return _with_figures(current.front_claim, partial(Explore, partial(draw), {}, _bar_of))
    declared = ((one, key) for one in ids for key in of_claims.pictures_of(one))
    views = ((claim, partial(view_of, key)) for claim, key in declared)
    return next((found for pair in views if (found := _with_figures(*pair))), None)


def _with_figures(claim: str, view: Callable[[], Explore]) -> tuple[str, Explore] | None:
    try:
        return claim, view()
    except NotHeld:
        return None


def _bar_of(picture: Picture) -> ActorBar:
    """A bar with a box for each actor that a picture shows, as on a handout."""
    offered = actor_bar(picture.section).actors
    return actor_bar(picture.section, [one for one in offered if one in picture.everybody])


def quick_round(ids: Sequence[str] = ()) -> QuickRound:
    """A quick round: judge some claims with one tap each, and see each verdict at once.

    ids: the claims. Without any it is the article's first round: the claims that its article.toml
    names under [first_round], with the picture of one of them. A tap is kept as a guess in the
    reader's own file, with how sure the slider says at that moment. A claim that is guessed already
    is not asked again. Below the last claim stands the score, which the reader can save as a
    picture without a name.

    Returns what a notebook shows; its `ids` are the claims. Raises UnknownClaim; Problem if
    article.toml names a claim that does not exist.

    Examples
    --------
    >>> shown = fr.quick_round(["E3", "M8"])
    >>> shown.record("M8", "holds", 80)
    >>> shown.taps.shown["M8"]["sure"]
    80
    """
    if ids:
        return QuickRound(guesses.ids_of(ids))
    first = first_claims()
    return QuickRound(first, first_view(first))
