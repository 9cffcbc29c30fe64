"""The card of a verdict on a page, and the same as lines of text."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple, get_args

from markupsafe import Markup

from frenemies import evidence, registry, stored
from frenemies.claims import swap
from frenemies.claims.ledger import both, updated
from frenemies.claims.rule import row
from frenemies.claims.verdict import SIGNS, Verdict
from frenemies.claims.wording import prose
from frenemies.claims.yardstick import Yardstick
from frenemies.evidence import Vintage
from frenemies.measures.trade import party
from frenemies.measures.words import capital, day, possessive
from frenemies.templates import render


class Side(NamedTuple):
    """One record on the card, then or since: its verdict, what leads, and what is folded.

    stale: why nothing later decides; books: (sentence, the verdict on that book alone).
    """

    label: str
    verdict: str
    stale: str = ""
    reason: str = ""
    books: Sequence[tuple[str, str]] = ()
    folded: Sequence[str] = ()

    def lines(self) -> list[str]:
        """The same as plain lines."""
        books = (f"{whose}: {alone}" for whose, alone in self.books)
        below = filter(None, [self.reason, *books, *self.folded])
        stale = f", not updated: {self.stale}." if self.stale else ""
        return [f"{self.label}: {self.verdict.upper()}{stale}", *(f"  {one}" for one in below)]


def _side(label: str, verdict: Verdict) -> Side:
    folded = []
    if verdict.tipping_point or verdict.robust is not None:
        folded.append(f"Tipping point: {verdict.tipping_point}. {_robust(verdict)}".strip())
    for sentence, voice in verdict.context:
        folded.append(f"Beside it{f', {voice}' if voice else ''}: {sentence}")
    alone = verdict.by_reporter.items()
    books = [(f"{possessive(capital(party(who)))} books", word) for who, word in alone]
    return Side(label, verdict.verdict, "", verdict.reason, books, folded)


class VerdictCard:
    """One claim's verdict on a page: closed until the reader has guessed, then and since.

    put: others in the places of its actors, VerdictCard("E3", RUS="IND"); that is not the
    article's claim, and says so. Raises UnknownClaim; Problem where the test does not allow it,
    UnknownActor, NotHeld.
    """

    def __init__(self, claim: str, **put: str):
        self.row, self.put = row(claim), swap.known(claim, put) if put else {}
        name, times = self.row["id"], get_args(Vintage)
        judged = [swap.judge(name, when, **put) for when in times] if put else both(claim)
        self.then, self.since = judged
        self.section = registry.section_of(self.row["notebook"])  # whose bar it follows

    def lines(self, vintage: Vintage | None = None) -> list[str]:
        """The verdict as plain lines, the same everywhere.

        vintage: only the verdict "then" or "since". Raises Problem.
        """
        head = f"{self.instead()} {self.row['id']}. {self.row['claim']}".strip()
        told = [line for side in self.sides(vintage) for line in side.lines()]
        return [head, *told, *self.rule(), *filter(None, [self.source("Source: ")])]

    def sides(self, vintage: Vintage | None = None) -> list[Side]:
        """What each record says, then and since."""
        evidence.known_vintage(vintage)
        then = [] if vintage == "since" else [_side("As known in August 2019", self.then)]
        since = [] if vintage == "then" else [self._since(alone=vintage == "since")]
        return then + since

    def _since(self, alone: bool = False) -> Side:
        then, since = self.then, self.since
        if updated(then, since):
            return _side(f"Since (figures to {day(since.data_until)})", since)
        if alone:
            until = day(then.data_until) if then.data_until else "August 2019"
            return _side(f"Since: not updated, figures to {until}", since)
        if since.verdict == "undecided" != then.verdict:
            return _side("Since", since)
        return Side("Since", since.verdict, self._why_not_updated())

    def _why_not_updated(self) -> str:
        if self.row["rule"] == "undecided":
            return "still no table here can decide"
        if self.since.verdict == "undecided":
            return "still no figure for it is held"
        if not self.row["standing"]:
            return "the claim is about its own date, and later figures do not bear on it"
        return f"the figures that decide end in {day(self.then.data_until)}"

    def rule(self) -> list[str]:
        """The rule in words, and what would decide the claim where nothing does."""
        rule = f"Rule: {prose(self.then.rule, 'thresholds')}."
        if others := prose(self.then.rule, "alternatives"):
            rule += f" {capital(others)}."
        lacks = self.row["would_decide"]
        return [rule, *[f"What would decide it: {lacks}."] * bool(lacks)]

    def source(self, before: str = "") -> str:
        """The credit line after a word, "" where there is none."""
        sources = self.since.sources or self.then.sources
        return f"{before}{sources}.{_edition(self.then)}" if sources else ""

    def to_html(self, opened: bool = False) -> Markup:
        """The card as HTML: a disclosure with one coloured tag a vintage, the word always in it.

        opened: it stands open, for a page that already has a closed one.
        """
        return self._page(self._yardstick.to_html(), opened)

    def to_image(self) -> Markup:
        """The same with its yardstick as an image, which every viewer shows."""
        return self._page(self._yardstick.to_image())

    @cached_property
    def _yardstick(self) -> Yardstick:
        return Yardstick(self.row["id"], *([self.then, self.since] if self.put else []))

    def instead(self) -> str:
        """That it is not the article's claim, and who stands where; "" where it is."""
        return f"Not the article's claim: {swap.placed(self.put)}." if self.put else ""

    def _page(self, drawn: Markup, opened: bool = False) -> Markup:
        return render("verdict.html.j2", card=self, yardstick=drawn, signs=SIGNS, opened=opened)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        kind = {"kind": "swapped" if self.put else "verdict", "claim": self.row["id"]}
        view = stored.live(self.to_html())
        return stored.bundle("\n".join(self.lines()), self.to_image(), self.to_html, view, **kind)


def _edition(verdict: Verdict) -> str:
    """A word of warning where yearly figures of 2018 and before are read from a later edition."""
    cuts = [(evidence.describe(name).get("time") or {}).get("cut") for name in verdict.tables]
    early = any("editions" in name for name in verdict.tables)
    if "annual" in cuts and not early:
        return " The figures for August 2019 are today's, for the years known then."
    return ""


def _robust(verdict: Verdict) -> str:
    if verdict.robust is None:
        return ""
    if verdict.robust:
        return "Robust against the threshold: strict and lenient agree."
    return f"Not robust: strict says {verdict.strict}, lenient says {verdict.lenient}."
