"""The card of a verdict on a page, and the same as lines of text."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from markupsafe import Markup

from heldto import article, evidence, stored
from heldto.claims import amended, choices, proof, readings, swap, units
from heldto.claims.ledger import both, stale, updated
from heldto.claims.noise import Noted
from heldto.claims.rule import Reading, row
from heldto.claims.verdict import SIGNS, Verdict
from heldto.claims.wording import prose
from heldto.errors import Problem, Slip, as_slip
from heldto.evidence import Vintage
from heldto.evidence.actors import party
from heldto.evidence.caching import cached
from heldto.templates import render
from heldto.text.words import capital, day, possessive

if TYPE_CHECKING:
    from heldto.pictures import Picture

Told = TypeVar("Told")
WHEN = {"then": f"In {article.current().month}", "since": "Since"}


class Side(NamedTuple):
    """One record on the card, then or since: its verdict, what leads, and what is folded.

    stale: that nothing later decides, and why; books: (sentence, the verdict on that book alone);
    parts: of a label on both records at once, what stands before its words on the later one, these,
    and what stands behind them; noise: how far chance moves its figures.
    """

    label: str
    verdict: str
    stale: str = ""
    reason: str = ""
    books: Sequence[tuple[str, str]] = ()
    folded: Sequence[str] = ()
    parts: tuple[str, str, str] | None = None
    noise: Noted | None = None

    @property
    def mark(self) -> str:
        """What stands beside the verdict: that it is within the noise, or nothing."""
        return self.noise.mark if self.noise else ""

    def lines(self) -> list[str]:
        """The same as plain lines."""
        books = (f"{whose}: {alone}" for whose, alone in self.books)
        noise = self.noise.words if self.noise else ""
        below = filter(None, [self.reason, *books, noise, *self.folded])
        stale = f", {self.stale}." if self.stale else ""
        mark = f" ({self.mark})" if self.mark else ""
        return [
            f"{self.label}: {self.verdict.upper()}{mark}{stale}",
            *(f"  {one}" for one in below),
        ]


def side(label: str, verdict: Verdict) -> Side:
    """What a verdict says under a label."""
    folded = []
    if verdict.tipping_point or verdict.varied:
        folded.append(f"Tipping point: {verdict.tipping_point}. {_varied(verdict)}".strip())
    for sentence, voice in verdict.context:
        folded.append(f"Beside it{f', {voice}' if voice else ''}: {sentence}")
    alone = verdict.by_reporter.items()
    books = [(f"{possessive(capital(party(who)))} books", word) for who, word in alone]
    told = Side(label, verdict.verdict, "", verdict.reason, books, folded)
    return told._replace(noise=verdict.noise)


class Card:
    """A verdict on a page: two tags and its yardstick, the reasons, and folded how it was ruled.

    section: whose bar it follows; kind, about: what its output says that it is; look: further
    classes; waits: closed until the reader has guessed. What it says stands in its methods.
    """

    section: str
    kind = "verdict"
    about: dict[str, str] = {}
    look = ""
    waits = False

    def heading(self) -> str:
        """What it is the verdict on."""
        raise NotImplementedError

    def sides(self, vintage: Vintage | None = None) -> list[Side]:
        """What each record says, then and since."""
        raise NotImplementedError

    def rule(self) -> list[str]:
        """The rule in words."""
        raise NotImplementedError

    def history(self) -> list[str]:
        """When the rule was fixed, where it was late, and what became of it."""
        return []

    def amended(self, vintage: Vintage | None = None) -> list[Side]:
        """What an amended rule says, beside the one fixed beforehand: then and since."""
        return []

    def documents(self, vintage: Vintage | None = None) -> list[tuple[str, bool]]:
        """The documents that bear on it, each with whether it was there in August 2019.

        vintage: whose reasons stand above, so that what they say is not said again.
        """
        return []

    def source(self, before: str = "") -> str:
        """The credit line after a word, "" where there is none."""
        raise NotImplementedError

    def measured(self) -> list[str]:
        """What is measured, under its heading where that does not say it."""
        return []

    def doubts(self) -> list[str]:
        """What is asked beside the verdict."""
        return []

    def base_rates(self, vintage: Vintage | None = None) -> list[tuple[str, bool]]:
        """For how many others the claim would hold, a sentence a record, each with whether it came
        since; none where nobody else can be measured by it.
        """
        return []

    def readings(self) -> Markup:
        """The other ways to read the claim, folded; "" where there are none."""
        return Markup("")

    def counted(self) -> list[str]:
        """How the other readings of the claim fall out, where it has any."""
        return []

    def notes(self, timed: bool = False) -> list[str]:
        """What else stands on it. timed: with the times that nothing stored may hold."""
        return []

    def lines(self, vintage: Vintage | None = None, timed: bool = False) -> list[str]:
        """The verdict as plain lines, the same everywhere.

        vintage: only the verdict "then" or "since". Raises Problem.
        """
        sides = [*self.sides(vintage), *self.amended(vintage)]
        told = [line for side in sides for line in side.lines()]
        read = [line for line, known in self.documents(vintage) if known or vintage != "then"]
        rates = [line for line, _ in self.base_rates(vintage)]
        above = [self.told_of(), *self.measured(), *told, *rates, *self.doubts()]
        below = [*self.counted(), *self.notes(timed), *read, *self.rule(), *self.history()]
        return [*above, *below, *filter(None, [self.source("Source: ")])]

    def told_of(self) -> str:
        """What it is the verdict on, as a plain line."""
        return self.heading()

    def to_html(self, opened: bool = False, timed: bool = False) -> Markup:
        """The card as HTML: a disclosure with one coloured tag a vintage, the word always in it.

        opened: it stands open, for a page that already has a closed one; timed: see `notes`.
        """
        drawn = self.yardstick
        return self._page(Markup(drawn.to_html() if drawn else ""), opened, timed)

    def to_image(self) -> Markup:
        """The same with its yardstick as an image, which every viewer shows."""
        drawn = self.yardstick
        return self._page(Markup(drawn.to_image() if drawn else ""))

    @property
    def yardstick(self) -> "Picture | None":
        """Its rule with the figures on it; None where no scale decides."""
        raise NotImplementedError

    def _page(self, drawn: Markup, opened: bool = False, timed: bool = False) -> Markup:
        told = {"yardstick": drawn, "notes": self.notes(timed), "signs": SIGNS}
        return render("verdict.html.j2", card=self, opened=opened or not self.waits, **told)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        view, about = stored.live(self.to_html(timed=True)), {"kind": self.kind} | self.about
        return stored.bundle("\n".join(self.lines()), self.to_image(), self.to_html, view, **about)


class VerdictCard(Card):
    """One claim's verdict on a page: closed until the reader has guessed, then and since.

    put: others in the places of its actors, VerdictCard("E3", RUS="IND"); that is not the
    article's claim, and says so. Where a row on the claim cannot be read, or this package is at
    fault, the card has its heading and what is judged, and says the `fault`. Raises UnknownClaim;
    Problem where the test does not allow it, UnknownActor, NotHeld.
    """

    def __init__(self, claim: str, **put: str):
        self.row, self.put = row(claim), swap.known(claim, put) if put else {}
        name, times = self.row["id"], get_args(Vintage)
        judged = [swap.judge(name, when, **put) for when in times] if put else both(claim)
        self.then, self.since = judged
        self.section = article.section_of(self.row["notebook"])
        self.about, self.waits = {"claim": name}, not put
        self.kind, self.look = ("swapped", "instead") if put else ("verdict", "")
        self.fault = self.then.finding.fault or self.since.finding.fault

    def lines(self, vintage: Vintage | None = None, timed: bool = False) -> list[str]:
        return self._told(partial(super().lines, vintage, timed))

    def to_html(self, opened: bool = False, timed: bool = False) -> Markup:
        """As of every card. It is made once, and again when a file of data/ has changed."""
        return _remembered(self.row["id"], opened, **self.put)

    def to_image(self) -> Markup:
        return _remembered(self.row["id"], None, **self.put)

    def made(self, opened: bool | None) -> Markup:
        """The card as HTML, made anew; None: with its yardstick as an image."""
        if opened is None:
            return self._told(super().to_image, partial(self._page, Markup("")))
        return self._told(partial(super().to_html, opened), partial(self._page, Markup(""), opened))

    def _told(self, whole: Callable[[], Told], bare: Callable[[], Told] | None = None) -> Told:
        """The whole card; bare, with its fault and what is judged, where one part meets a fault."""
        if not self.fault:
            try:
                return whole()
            except Problem as fault:
                if not isinstance(fault, Slip):
                    raise
                self.fault = fault
            except Exception as fault:
                self.fault = as_slip(fault)
        return (bare or whole)()

    def notes(self, timed: bool = False) -> list[str]:
        above = self.then.finding.fault, self.since.finding.fault
        return [self.fault.sentence] if self.fault and self.fault not in above else []

    def heading(self) -> str:
        name = self.row["id"]
        return f"{self.instead()} The rule of {name}" if self.put else f"Verdict on {name}"

    def told_of(self) -> str:
        return f"{self.instead()} {self.row['id']}. {self.row['claim']}".strip()

    def measured(self) -> list[str]:
        """That what is measured stands for something else, where it does."""
        proxy = self.row.get("proxy")
        return [f"Proxy: {proxy}."] if proxy else []

    def sides(self, vintage: Vintage | None = None) -> list[Side]:
        """What each record says, then and since."""
        evidence.known_vintage(vintage)
        then = (
            []
            if vintage == "since"
            else [side(f"As known in {article.current().month}", self.then)]
        )
        since = [] if vintage == "then" else [self._since(alone=vintage == "since")]
        return then + since

    def deciding(self) -> str:
        """What the verdict rests on: "figures", or "documents" alone."""
        return "documents" if [*self.then.tables] == ["documents"] else "figures"

    def _since(self, alone: bool = False) -> Side:
        then, since = self.then, self.since
        if since.finding.fault:
            told = side("Since", since)
            return told._replace(reason="") if then.finding.fault and not alone else told
        later = updated(then, since)
        if later or alone:
            until = day(since.data_until) if since.data_until else article.current().month
            told = side(f"Since (figures to {until})", since)
            if stale(since) or not later:
                return told._replace(stale=self._why_not_updated())
            ends = f"The figures end there: {self._why_it_ends()}."
            return told._replace(folded=[*told.folded, ends])
        if since.verdict == "undecided" != then.verdict:
            return side("Since", since)
        more = [f"Beside it: {fact}" for fact, _ in since.context if fact not in dict(then.context)]
        return Side("Since", since.verdict, self._why_not_updated(), folded=more)

    def _why_not_updated(self) -> str:
        if self.row["rule"] == "undecided":
            return "not updated: still no table here can decide"
        if self.since.verdict == "undecided":
            return "not updated: still no figure for it is held"
        year = stale(self.since)
        return f"not updated{f' since {year}' if year else ''}: {self._why_it_ends()}"

    def _why_it_ends(self) -> str:
        if not self.row["standing"] and self.since.data_until < "2020":
            return "the claim is about its own date, and later figures do not bear on it"
        times = (evidence.describe(name).get("time") or {} for name in self.since.tables)
        why = (time["ends"] for time in times if "ends" in time)
        return next(why, "no later figure is held")

    def counted(self) -> list[str]:
        told = None if self.put or self.fault else readings.summary(self.row["id"])
        if not told:
            return []
        ends = "Their count is no probability."
        if not told.readings_late:
            ends = f"They are of {article.current().month}; their count is no probability."
        return [f"{told.words()} {ends}"]

    def base_rates(self, vintage: Vintage | None = None) -> list[tuple[str, bool]]:
        asked = () if self.put or self.fault else evidence.vintages(vintage)
        found = {one: swap.rate(self.row["id"], one) for one in asked}
        told = {one: rate.words() for one, rate in found.items() if rate}
        if len({*told.values()}) == 1:
            return [(f"Base rate: {text}", False) for text in [*told.values()][:1]]
        return [
            (f"Base rate, {WHEN[one][0].lower()}{WHEN[one][1:]}: {text}", one == "since")
            for one, text in told.items()
        ]

    def rule(self) -> list[str]:
        """The rule in words, and what would decide the claim where nothing does."""
        if self.fault:
            return []
        amended_since = amended.told(self.row["id"]) and not self.put
        first = "Rule fixed beforehand" if amended_since else "Rule"
        rule = f"{first}: {prose(self.then.rule, 'thresholds')}."
        if others := prose(self.then.rule, "alternatives"):
            rule += f" {capital(others)}."
        lacks = self.row["would_decide"]
        return [rule, f"What would decide it: {lacks}."] if lacks else [rule]

    def history(self) -> list[str]:
        """That the claim came late; what became of its rule: amended, made exact, reworded."""
        if self.put or self.fault:
            return []
        late = proof.late(self.row["id"])
        return [*filter(None, [late]), *amended.told(self.row["id"])]

    def amended(self, vintage: Vintage | None = None) -> list[Side]:
        """What an amended rule says, beside the one fixed beforehand: then and since."""
        asked = () if self.put or self.fault else evidence.vintages(vintage)
        found = {one: amended.judge(self.row["id"], one) for one in asked}
        told = [
            Side(f"{WHEN[side]}, {one.label()}", one.verdict, folded=one.found())
            for side, one in found.items()
            if one
        ]
        if len(told) < 2 or told[0][1:] != told[1][1:]:
            return told
        before = WHEN["then"]
        parts = (before, " and since", told[0].label.removeprefix(before))
        return [told[0]._replace(label="".join(parts), parts=parts)]

    def documents(self, vintage: Vintage | None = None) -> list[tuple[str, bool]]:
        """The documents that bear on it, each with whether it was there in August 2019."""
        if self.put or self.fault:
            return []
        said = " ".join(side.reason for side in self.sides(vintage))
        return [*amended.documents_told(self.row["id"], said)]

    def source(self, before: str = "") -> str:
        """The credit line after a word, "" where there is none."""
        sources = self.since.sources or self.then.sources
        return f"{before}{sources}.{_edition(self.then)}" if sources else ""

    @property
    def yardstick(self) -> "Picture | None":
        from heldto.claims import yardstick  # draws: not before a page is asked for

        return yardstick.picture(self.row["id"], **self.put)

    def readings(self) -> Markup:
        return Markup("") if self.put or self.fault else choices.page(self.row["id"])

    def instead(self) -> str:
        """That it is not the article's claim, and who stands where; "" where it is."""
        return f"Not the article's claim: {swap.placed(self.put)}." if self.put else ""


def _made(claim: str, opened: bool | None, **put: str) -> Markup:
    """The page of a card. It is that of a new one: what an older one was judged by may be gone."""
    return VerdictCard(claim, **put).made(opened)


_remembered = cached(_made, 128)  # a few pages of each claim


def _edition(verdict: Verdict) -> str:
    """A word of warning where yearly figures of 2018 and before are read from a later edition: not
    where a table names the edition of each row, and takes that of the time.
    """
    told = [evidence.describe(name) for name in verdict.tables]
    annual = any((one.get("time") or {}).get("cut") == "annual" for one in told)
    early = any(field["name"] == "edition" for one in told for field in one["schema"]["fields"])
    if annual and not early:
        return f" The figures for {article.current().month} are today's, for the years known then."
    return ""


def _varied(verdict: Verdict) -> str:
    """What the strict and the lenient rule say; the strict one alone where no lenient one is."""
    if not verdict.varied:
        return ""
    if "lenient" not in prose(verdict.rule, "alternatives"):
        same = verdict.strict == verdict.verdict
        return f"Strict says {'the same' if same else verdict.strict}."
    if {verdict.verdict} != {verdict.strict, verdict.lenient}:
        return f"Strict says {verdict.strict}, lenient says {verdict.lenient}."
    rule = verdict.rule
    edges = sorted({rule.at(reading).partly or 0 for reading in get_args(Reading)})
    if verdict.verdict != rule.cap or len(edges) < len(get_args(Reading)):
        return "Strict and lenient say the same."
    some = ", ".join(f"{edge:g}" for edge in edges[:-1])
    marks = f"{some} and {units.bare(edges[-1], rule.unit)}"
    return f"Consistent with the claim at marks of {marks}; more than partly it cannot get."
