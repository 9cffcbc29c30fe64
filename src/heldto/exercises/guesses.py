"""The reader's own verdict, asked for before the figures show, and theirs beside it."""

from collections.abc import Sequence
from typing import Any
from weakref import WeakSet

import ipywidgets
from markupsafe import Markup

from heldto import article, claims
from heldto.article import PerArticle
from heldto.claims import card, guessed, readings, seals
from heldto.claims.listed import find_claim
from heldto.claims.span import asks_for_table, span_told
from heldto.errors import Problem
from heldto.exercises import score
from heldto.exercises.box import Form, button, choices, name_button, paragraphs
from heldto.exercises.words import Said, say
from heldto.templates import render
from heldto.toggles.here import html, shared
from heldto.toggles.press import SubmitButton
from heldto.tr import tr, tr_noop

CLOSED = 3  # parts of a verdict that is not opened

AGAIN, BACK = tr_noop("Guess again"), tr_noop("Keep my first guess alone")

# Each by claim.
_RULINGS: PerArticle["Ruling"] = PerArticle()  # the last one asked for, open or waiting
_ASKED: PerArticle["Guess"] = PerArticle()  # the last form that asks for a guess
LISTENERS: PerArticle[WeakSet[Any]] = PerArticle()  # what opens once it is guessed
_NOT_KEPT: PerArticle[score.Rounds] = PerArticle()  # a guess that no file took; it counts till then


class Guess(Form):
    """The reader's verdict on one claim, and how sure: recorded once, and nothing given away.

    Until that verdict is open it can be said once more, after a discussion; the first one stays.
    row: laid out in one line, as one of several.
    """

    def __init__(self, claim: str, row: bool = False) -> None:
        self.claim, title = claim, _asked(claim)
        self.verdict = (
            _verdict_buttons(claim)
            if row
            else choices([(_means(word), word) for word in guessed.offered(claim)])
        )
        style = shared(ipywidgets.SliderStyle, description_width="initial")
        width = {"width": "15rem"} if row else {}  # with its four words and button in one line
        layout = shared(ipywidgets.Layout, **width)
        traits = {"description": tr("How sure (%)"), "style": style, "layout": layout}
        self.sure = ipywidgets.IntSlider(50, 25, 100, 5, **traits)
        fields = self.verdict, self.sure
        self._style = "" if row else "primary"  # of several rows the button below all leads
        self.button = SubmitButton(tr("Record my guess"), self.record, *fields, style=self._style)
        self.later, self.asks_again = button(tr(AGAIN), self.turn), False
        head = claims.row(claim)["claim"] if row else title
        parts = [*fields, self.button]
        in_a_row = shared(ipywidgets.Layout, flex_flow="row wrap")
        above = [] if row else [self.verdict]
        self.line = ipywidgets.HBox(parts[len(above) :], layout=in_a_row)
        terms = terms_of(claim)
        top = html(render("question.html.j2", title=head, ask="", terms=terms))
        text = "\n".join([title, *terms, say("guess")])
        children = [top, *above, self.line]
        super().__init__(children, lambda: guess_page(claim), text, kind="guess", claim=claim)
        self.add_class("heldto-guess")
        _ASKED[claim] = self
        if (mine := self.settle()) and claim not in _NOT_KEPT:
            self.said.value = paragraphs(f"{score.tell('you_said', mine)} {say('kept')}")

    def record(self) -> None:
        """Keep what is chosen, and say so."""
        if self.verdict.disabled:
            return
        if self.verdict.value is None:
            self.said.value = paragraphs(tr("Choose a verdict first."))
            return
        later, self.asks_again = self.asks_again, False
        answer = self.verdict.value, self.sure.value
        self.said.value = paragraphs(_record(self.claim, *answer, later))
        self.settle()

    def turn(self) -> None:
        """Ask for a second guess; where it is asked for already, no longer."""
        if self.asks_again:
            self.settle()
            return
        self.asks_again, self.later.description = True, tr(BACK)
        self.verdict.disabled = self.sure.disabled = False
        self.verdict.value, self.sure.value = None, 50
        name_button(self.button, tr("Record my second guess"))
        self.button.button_style = self._style
        self.said.value = paragraphs(score.tell("stays", given(self.claim)))

    def settle(self) -> score.Rounds:
        """Show the guess that was made last, where there is one, in a form that takes no other."""
        if mine := given(self.claim):
            if self.asks_again:
                self.said.value = paragraphs(score.tell("recorded", mine))
            self.asks_again, self.later.description = False, tr(AGAIN)
            self.verdict.value, self.sure.value = mine[-1]
            self.verdict.disabled = self.sure.disabled = True
            name_button(self.button, tr("Recorded"), state=True)
            self.button.button_style = ""
            ruling, children = _RULINGS.get(self.claim), self.line.children
            seen = ruling is not None and ruling.opened
            more = [] if seen or len(mine) > 1 else [self.later]
            self.line.children = [*(one for one in children if one is not self.later), *more]
        return mine


class Guesses(Form):
    """The reader's verdicts on claims that one picture decides: a row each, and all at once."""

    def __init__(self, *ids: str) -> None:
        self.rows = [Guess(claim, row=True) for claim in ids]
        title = tr("Your verdicts on {claims}", claims=tr(" and ").join(ids))
        means = "; ".join(map(_means, score.WORDS))
        head = html(render("question.html.j2", title=title, ask=f"{means}."))
        fields = [field for row in self.rows for field in (row.verdict, row.sure)]
        self.button = SubmitButton(tr("Record them all"), self.record, *fields, style="primary")
        self._settle()
        for row in self.rows:  # one of them may be asked again
            row.verdict.observe(lambda _: self._settle(), "disabled")
        children = [head, *self.rows, self.button]
        questions = [
            line for one in ids for line in (f"{one}: {claims.row(one)['claim']}", *terms_of(one))
        ]
        text, about = "\n".join([title, *questions, say("guess")]), " ".join(ids)
        super().__init__(children, lambda: guess_page(*ids), text, kind="guess", claim=about)

    def record(self) -> None:
        """Keep what is chosen in each row that is not yet kept."""
        for row in self.rows:
            row.record()
        self._settle()

    def _settle(self) -> None:
        done = all(row.verdict.disabled for row in self.rows)
        name_button(self.button, tr("All recorded") if done else tr("Record them all"), state=done)
        self.button.button_style = "" if done else "primary"


def _verdict_buttons(claim: str) -> ipywidgets.ToggleButtons:
    style = shared(ipywidgets.ToggleButtonsStyle, button_width="6rem")
    traits = {"style": style, "layout": shared(ipywidgets.Layout)}
    return ipywidgets.ToggleButtons(
        options=[(tr(word), word) for word in guessed.offered(claim)], value=None, **traits
    )


def _means(word: str) -> str:
    return f"{tr(word)}: {score.MEANS[word]}"


def _asked(claim: str) -> str:
    says = claims.row(claim)["claim"]
    return tr("Your verdict on {claim}: {says}", claim=claim, says=says)


def given(claim: str) -> score.Rounds:
    """What the reader guessed of a claim: in their file, or in this kernel if no file took it."""
    return score.predicted(claim) or _NOT_KEPT.get(claim, ())


def _record(claim: str, verdict: str, sure: float | str, later: bool = False) -> str:
    """Keep a guess. Returns what is said of it; a verdict that waits for it hears of it."""
    counts = later or not given(claim)
    if not_kept := keep(claim, verdict, sure, later):
        return not_kept
    return score.tell("recorded" if counts else "counts", given(claim))


def keep(claim: str, verdict: str, sure: float | str, later: bool = False) -> str:
    """Keep a guess, in this kernel if no file takes it, and tell whatever waits for it. Returns ""
    or a line that says why no file took it.
    """
    before = given(claim)
    counts = later or not before
    not_kept = score.record_guess(claim, verdict, sure, later=later)
    if not_kept and counts:
        last = (verdict.strip().casefold(), round(float(str(sure).strip().rstrip("%"))))
        _NOT_KEPT[claim] = (*before, last)
    if claim in _RULINGS:
        _RULINGS[claim].hear()
    for listener in [*LISTENERS.get(claim, ())]:
        listener.settle()
    return not_kept


def guess_page(*ids: str) -> Markup:
    """Empty forms of guesses as HTML: four verdicts and a confidence each, never an answer."""
    pages = (
        render(
            "guess.html.j2",
            claim=claim,
            title=_asked(claim),
            terms=terms_of(claim),
            verdicts={word: score.MEANS[word] for word in guessed.offered(claim)},
        )
        for claim in ids
    )
    return Markup("").join(pages)


def terms_of(claim: str) -> list[str]:
    """What is measured, from when to when, the rule with its reason, and whether it was sealed:
    what a guess in the notebook of a folder needs to be fair. A package says it in its own text
    above the form. Of a claim that nothing here can decide it says what would: that no table has it
    would give the answer away. Of a forecast it says for which year it is guessed.
    """
    found = find_claim(claim)
    ahead = [line for line in [guessed.ahead_told(claim)] if line]
    if article.current().is_package or found.fault:
        return ahead
    if found.rule.comparison == "undecided":
        return [line for line in [asks_for_table(claim)] if line]
    shown = card.VerdictCard(claim)
    rule = [line for line in shown.rule(due=False) if line.startswith(tr("Rule"))]
    measured = tr("What is measured: {what}.", what=found.told("what"))
    years = [line for line in [span_told(claim)] if line]
    return [measured, *years, *rule, *ahead, *seals.tables_changed(claim)]


def guess(
    claim: str | Sequence[str], verdict: str | None = None, sure: float | str = 50
) -> Guess | Guesses | Said:
    """Ask for the reader's verdict on a claim before the computed one is shown.

    With a claim alone it shows a form, and with a list of claims one form for all. In code you give
    the guess at once: `verdict` is "holds", "partly", "fails" or "undecided", and `sure` says how
    sure you are, from 0 to 100 percent. The guess is kept in the reader's own file,
    `my-answers.json`, and is sent nowhere. The first guess on a claim counts. If you guess again, a
    line tells you what the first guess was.

    Returns the form, or a line that says what was kept. A form of several claims has `rows`, a form
    for each. Raises UnknownClaim; Problem for a verdict or a percentage that does not exist, and
    for one verdict on several claims.

    Examples
    --------
    >>> fr.guess("E1", "holds", 80)
    Recorded: holds, 80 %...
    >>> print(fr.guess("E3"))
    Your verdict on E3: Trade with Russia lags far behind ...
    >>> [row.claim for row in fr.guess(["E2", "E10"]).rows]
    ['E2', 'E10']
    """
    ids = ids_of(claim)
    if verdict is None:
        return Guess(ids[0]) if len(ids) == 1 else Guesses(*ids)
    if len(ids) > 1:
        raise Problem(say("one_verdict", claim=ids[0], verdict=verdict))
    return Said(_record(ids[0], verdict, sure))


def ids_of(claim: str | Sequence[str]) -> list[str]:
    """The ids of a claim, or of several. Raises UnknownClaim; Problem where none is given."""
    words = [claim] if isinstance(claim, str) else list(claim)
    if not words:
        raise Problem(say("no_claim"))
    return list(dict.fromkeys(claims.row(word)["id"] for word in words))


class Ruling(Form):
    """The verdict of the ledger, below the reader's own.

    If there is no guess yet, it asks for one; a second click opens the card anyway. A cell that is
    run again stays open or closed. A notebook stores only the closed card.
    """

    def __init__(self, claim: str, shown: card.VerdictCard) -> None:
        self.claim, self.card, self.opened = claim, shown, False
        self.button = button(tr("Open anyway"), self.reveal)
        before, _RULINGS[claim] = _RULINGS.get(claim), self
        area, text = html(), "\n".join(shown.lines())
        about = {"kind": "verdict", "claim": claim}
        super().__init__([area, self.button], shown.to_html, text, shown.to_image, area, **about)
        self.add_class("heldto-ruling")
        if given(claim) or before and before.opened:
            self.reveal()
        else:
            self.said.value = paragraphs(say("unsaid"))

    def reveal(self) -> None:
        """Show what the reader said, what the figures say, and the card."""
        self.said.value = self.card.to_html(opened=True, mine=given(self.claim))
        self.button.layout = ipywidgets.Layout(display="none")
        self.opened = True
        if self.claim in _ASKED:  # what is guessed from here on has seen the verdict
            _ASKED[self.claim].settle()
        if len(self.children) == CLOSED and readings.options(self.claim):
            more = button(tr("Draw the other ways to read this"), self.draw)
            self.children = [*self.children, more]
        self.on_answer()

    def draw(self) -> None:
        """Show the other ways to read the claim, with a switch for each choice."""
        from heldto.toggles import specification_curve  # draws: not before it is asked for

        self.children = [*self.children[:CLOSED], specification_curve.readings(self.claim)]

    def hear(self) -> None:
        """The reader has guessed: say so, and open at a click."""
        if self.opened:
            self.reveal()
        elif mine := given(self.claim):
            self.said.value = paragraphs(score.tell("you_said", mine))
            self.button.description = tr("Open the verdict")


def verdict(claim: str, **put: str) -> Ruling | card.VerdictCard:
    """The computed verdict on a claim, below the reader's own.

    If there is no guess yet, it asks for one; a second click opens the card anyway. The card has
    the verdict as known on the article's day and since, and the figure that decides, in the claim's
    unit. It says at which figure the verdict would change, what other readings say, and what the
    source is.

    put: another actor that replaces one of the claim's actors. The card then says that this is not
    the article's claim. `docs/how-to/claim.md` lists which actors can be replaced.

    Returns what a notebook shows; printed, it is lines of text. Its `card` (with `put` it is the
    card itself) holds `then` and `since`, whose `verdict` is "holds", "partly", "fails",
    "undecided" or "unjudged". Raises UnknownClaim; Problem if the claim's test does not allow the
    change; UnknownActor; NotHeld if no table has the figures of that actor.

    Examples
    --------
    >>> fr.verdict("E3").card.then.verdict, fr.verdict("E3").card.since.verdict
    ('holds', 'fails')
    >>> fr.verdict("E3", RUS="VNM").then.verdict
    'partly'
    """
    if put:
        return card.VerdictCard(claim, **put)
    return Ruling(claims.row(claim)["id"], card.VerdictCard(claim))
