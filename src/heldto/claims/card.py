"""The card of a verdict on a page, and the same as lines of text."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from markupsafe import Markup

from heldto import article, evidence, stored
from heldto.claims import amended, firm, proof, readings, readings_table, seals, substitute, units
from heldto.claims.ledger import both, is_standing, stale, updated
from heldto.claims.listed import all_ids, find_claim, row
from heldto.claims.noise import Noted
from heldto.claims.rule import Variant
from heldto.claims.verdict import SIGNS, Verdict, whose_books
from heldto.errors import Problem, Slip, as_slip
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.templates import render, writing_place
from heldto.text.words import capital, format_day, with_minus
from heldto.tr import numerals, tr, tr_noop

if TYPE_CHECKING:
    from heldto.pictures import Picture

Told = TypeVar("Told")
Guesses = tuple[tuple[str, int], ...]  # what the reader said, and how sure; once more after talk
NO_LATER = tr_noop(
    "there is no later figure"
)  # what is said of the end of a table that says nothing


class CardLine(NamedTuple):
    """A sentence of a card, with a verdict behind it or none.

    since: it tells of what came after the article's day; dated: it names the day of an amendment;
    source: a credit line, which stands behind the words.
    """

    words: str
    since: bool = False
    verdict: str = ""
    dated: bool = False
    source: str = ""

    def plain(self) -> str:
        """The line as text."""
        return f"{self.words}: {tr(self.verdict)}" if self.verdict else f"{self.words}{self.source}"


class Fold(NamedTuple):
    """A part of a card behind one of its doors. name: a class of its own."""

    name: str
    title: str
    lines: Sequence[CardLine]

    @property
    def since(self) -> bool:
        """Whether nothing in it was known on the article's day."""
        return all(line.since for line in self.lines)


class Door(NamedTuple):
    """One of the two doors below the three lines: a class, a question, and what opens."""

    name: str
    title: str
    folds: Sequence[Fold]

    @property
    def since(self) -> bool:
        """Whether nothing behind it was known on the article's day."""
        return all(fold.since for fold in self.folds)


ELSE = {"turns", "readings", "rates", "amended"}  # folds that say what others would have found


class Side(NamedTuple):
    """One record on the card, then or since: its verdict, its figure, and what is said of them.

    stale: why nothing later decides; books: (whose, the verdict on that book alone); turns: where
    the verdict would flip, and what the strict and the lenient rule say; beside: other figures,
    which have no vote; ends: why its figures end where they do;
    noise: how far chance moves its figures.
    """

    label: str
    verdict: str
    figure: str = ""
    stale: str = ""
    reason: str = ""
    books: Sequence[tuple[str, str]] = ()
    turns: Sequence[str] = ()
    beside: Sequence[str] = ()
    ends: str = ""
    noise: Noted | None = None

    def line(self) -> str:
        """The verdict and the figure of a side as one plain line."""
        figure = f" {capital(self.figure)}." if self.figure else ""
        return f"{self.label}: {tr(self.verdict).upper()}.{figure}"


def side(label: str, verdict: Verdict) -> Side:
    """What a verdict says under a label."""
    turns = [f"{verdict.tipping_point}."] if verdict.tipping_point else []
    if verdict.varied:
        turns.append(_varied(verdict))
    if line := verdict.marks.line:
        turns.append(tr("On the line: {line}.", line=line))
    beside = [f"{sentence} {voice}".strip() for sentence, voice in verdict.context]
    by_book = verdict.by_reporter.items()
    books = [(capital(whose_books(reporter)), word) for reporter, word in by_book]
    figure = figure_or_due(verdict)
    reason = "" if verdict.finding.fault else verdict.reason
    fields = (label, verdict.verdict, figure, "", reason, books, turns, beside)
    return Side(*fields, noise=verdict.noise)


def figure_or_due(verdict: Verdict) -> str:
    """The figure of a verdict; of a forecast that no figure decides yet, until when it is open."""
    due = find_claim(verdict.id).due if verdict.id in all_ids() else None  # a reader's own has none
    if verdict.figure or not due or verdict.verdict != "undecided":
        return verdict.figure
    return tr("open until {due}", due=due)


class Card:
    """A verdict on a page: what the figures say, the ruler, how firm it is; the rest is folded.

    section: whose bar it follows; kind, about: what its output says that it is; look: further
    classes; waits: closed until the reader has guessed. What it says stands in its methods.
    """

    section: str
    kind = "verdict"
    about: dict[str, str] = {}
    look = ""
    waits = False
    noted = tr_noop("Its seal, its other readings and its limits")

    def heading(self) -> str:
        """What it is the verdict on."""
        raise NotImplementedError

    def sides(self, vintage: Vintage | None = None) -> list[Side]:
        """What each record says, then and since."""
        raise NotImplementedError

    def deciding(self) -> str:
        """What the verdict rests on: "figures", or "documents" alone."""
        return "figures"

    def firm(self, vintage: Vintage | None = None) -> list[firm.Firmness]:
        """How firm it is, a sentence each."""
        return []

    def rule(self) -> list[str]:
        """The rule in words."""
        raise NotImplementedError

    def amended_since(self) -> str:
        """What an amended rule says of the figures since, where these changed the verdict and it
        says something else.
        """
        return ""

    def amended(self, vintage: Vintage | None = None) -> list[CardLine]:
        """What an amended rule says, beside the first one, and why it was amended."""
        return []

    def documents(self, vintage: Vintage | None = None) -> list[CardLine]:
        """The documents that bear on it. vintage: those that were there then; and whose reasons
        stand above, so that what they say is not said again.
        """
        return []

    def known(self, vintage: Vintage | None = None) -> list[CardLine]:
        """What was known when: both verdicts by their dates, and why figures end."""
        return []

    def source(self) -> str:
        """The credit line, "" where there is none."""
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
        """The fold of other readings on a page, with a table; "" where there are none."""
        return Markup("")

    def counted(self, vintage: Vintage | None = None) -> list[str]:
        """How the other readings of the claim fall out, where it has any. vintage: "then" leaves
        out those of a later year.
        """
        return []

    def notes(self, timed: bool = False) -> list[str]:
        """What else stands on it. timed: with the times that nothing stored may hold."""
        return []

    def folds(self, vintage: Vintage | None = None, timed: bool = False) -> list[Fold]:
        """All that opens below the three lines, in its order; without those that are empty."""
        sides = self.sides(vintage)
        rule = [CardLine(words) for words in self.rule()]
        if source := self.source():
            rule.append(CardLine(tr("Source: "), source=source))
        documents = self.deciding() == "documents"
        title = tr("The documents") if documents else tr("The figures")
        title = tr("Both books") if any(side.books for side in sides) else title
        folds = [
            Fold("figures", title, [*map(CardLine, self.measured()), *_figures(sides)]),
            Fold("turns", tr("Strict, lenient, tipping point"), _labelled(sides, "turns")),
            Fold("readings", tr("Other readings"), [*map(CardLine, self.counted(vintage))]),
            Fold("rates", tr("How common"), self._rates(vintage)),
            Fold("amended", tr("Amended rule"), self.amended(vintage)),
            Fold("documents", tr("Documents"), self.documents(vintage)),
            Fold("known", tr("What was known when"), self.known(vintage)),
            Fold("notes", tr(self.noted), [*map(CardLine, self.notes(timed))]),
            Fold("ruled", tr("How it was ruled"), rule),
        ]
        return [fold for fold in folds if fold.lines]

    def doors(self, vintage: Vintage | None = None, timed: bool = False) -> list[Door]:
        """The two doors: why the verdict is so, and how else one could have read the claim."""
        folds = self.folds(vintage, timed)
        why = [fold for fold in folds if fold.name not in ELSE]
        other = [fold for fold in folds if fold.name in ELSE]
        doors = [Door("why", tr("Why?"), why), Door("else", tr("How else?"), other)]
        return [door for door in doors if door.folds]

    def _rates(self, vintage: Vintage | None) -> list[CardLine]:
        return [CardLine(words, since) for words, since in self.base_rates(vintage)]

    def lines(self, vintage: Vintage | None = None, timed: bool = False) -> list[str]:
        """The verdict as plain lines, the same everywhere and in the order of the page: what the
        figures say, how firm it is, and then what stands behind each of the two doors.

        vintage: only the verdict "then" or "since". Raises Problem.
        """
        lines = [self.told_of(), *(side.line() for side in self.sides(vintage)), *self.doubts()]
        if marks := self.firm(vintage):
            lines.append(" ".join(mark.words for mark in marks))
        for door in self.doors(vintage, timed):
            lines.append(door.title)
            for fold in door.folds:
                lines += [f"  {fold.title}:", *[f"  {line.plain()}" for line in fold.lines]]
        return lines

    def told_of(self) -> str:
        """What it is the verdict on, as a plain line."""
        return self.heading()

    def to_html(self, opened: bool = False, timed: bool = False, mine: Guesses = ()) -> Markup:
        """The card as HTML: a disclosure whose three lines stand above its folds.

        opened: it stands open, for a page that already has a closed one; timed: see `notes`; mine:
        what the reader said, and how sure, and the same once more after a discussion.
        """
        picture = self.yardstick
        return self._page(Markup(picture.to_html() if picture else ""), opened, timed, mine)

    def to_image(self) -> Markup:
        """The card as HTML with its yardstick as an image, which every viewer shows."""
        picture = self.yardstick
        return self._page(Markup(picture.to_image() if picture else ""))

    @property
    def yardstick(self) -> "Picture | None":
        """The rule of the claim with the figures on it; None where no scale decides."""
        raise NotImplementedError

    def _page(
        self, yardstick: Markup, opened: bool = False, timed: bool = False, mine: Guesses = ()
    ) -> Markup:
        return render(
            "verdict.html.j2",
            card=self,
            opened=opened or not self.waits,
            mine=mine,
            words=[side.verdict for side in self.sides()],
            yardstick=yardstick,
            doors=self.doors(timed=timed),
            signs=SIGNS,
            with_minus=with_minus,
        )

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        view, about = stored.live_view(self.to_html(timed=True)), {"kind": self.kind} | self.about
        return stored.bundle("\n".join(self.lines()), self.to_image(), self.to_html, view, **about)


def _is_of_its_time(verdict: Verdict) -> bool:
    """Whether a verdict's figures end in the year of the article, or before."""
    return verdict.data_until[:4] <= str(article.current().day.year)


def _figures(sides: Sequence[Side]) -> list[CardLine]:
    """What was found then and since, by whose books, and other figures that have no vote."""
    apart = sides[-1].reason not in ("", sides[0].reason)
    lines = []
    for index, side in enumerate(sides):
        late = index > 0
        if side.reason and (apart or not late):
            lines.append(CardLine(f"{_label(side, apart)}{side.reason}", late))
        lines += [CardLine(whose, late, verdict) for whose, verdict in side.books]
        if len({verdict for _, verdict in side.books}) > 1:
            lines.append(
                CardLine(tr("The two books do not agree, so the claim holds only partly."), late)
            )
        if side.noise and (not late or side.noise != sides[0].noise):
            lines.append(CardLine(f"{_label(side, late and not apart)}{side.noise.words}", late))
        lines += [CardLine(sentence, late) for sentence in side.beside]
    return lines


def _label(side: Side, apart: bool) -> str:
    """What stands before a sentence of a record, where the two records say different things."""
    return f"{side.label}. " if apart else ""


def _labelled(sides: Sequence[Side], name: str) -> list[CardLine]:
    """A field of each record in one line, after its label where there are two."""
    labelled = [
        (index, side.label, " ".join(getattr(side, name))) for index, side in enumerate(sides)
    ]
    labelled = [one for one in labelled if one[2]]
    return [
        CardLine(f"{label}. {words}" if len(sides) > 1 else words, index > 0)
        for index, label, words in labelled
    ]


class VerdictCard(Card):
    """One claim's verdict on a page: closed until the reader has guessed, then and since.

    put: others in the places of its actors, VerdictCard("E3", RUS="IND"); that is not the
    article's claim, and says so. Where a row on the claim cannot be read, or this package is at
    fault, the card has its heading and what is judged, and says the `fault`. Raises UnknownClaim;
    Problem where the test does not allow it, UnknownActor, NotHeld.
    """

    def __init__(self, claim: str, **put: str):
        self.row, self.put = row(claim), substitute.substitutes(claim, put) if put else {}
        claim_id, vintages = self.row["id"], get_args(Vintage)
        verdicts = (
            [substitute.judge_substituted(claim_id, vintage, **put) for vintage in vintages]
            if put
            else both(claim)
        )
        self.then, self.since = verdicts
        self.section = article.section_of_notebook(self.row["notebook"])
        self.about, self.waits = {"claim": claim_id}, not put
        self.kind, self.look = ("swapped", "instead") if put else ("verdict", "")
        self.fault = self.then.finding.fault or self.since.finding.fault
        self._sides: dict[Vintage | None, list[Side]] = {}

    def lines(self, vintage: Vintage | None = None, timed: bool = False) -> list[str]:
        return self._whole_or_bare(partial(super().lines, vintage, timed))

    def to_html(self, opened: bool = False, timed: bool = False, mine: Guesses = ()) -> Markup:
        """As of every card. For a cell it is made once, and again when a file of data/ has changed;
        for a page anew, which says what ids are free.
        """
        make = _made if writing_place().on_page else _remembered
        return make(self.row["id"], opened, mine, **self.put)

    def to_image(self) -> Markup:
        return _remembered(self.row["id"], None, (), **self.put)

    def made(self, opened: bool | None, mine: Guesses) -> Markup:
        """The card as HTML, made anew; None: with its yardstick as an image."""
        if opened is None:
            return self._whole_or_bare(super().to_image, partial(self._page, Markup("")))
        bare = partial(self._page, Markup(""), opened, False, mine)
        return self._whole_or_bare(partial(super().to_html, opened, False, mine), bare)

    def _whole_or_bare(
        self, whole: Callable[[], Told], bare: Callable[[], Told] | None = None
    ) -> Told:
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

    def doubts(self) -> list[str]:
        """The fault, where there is one; that a table was changed after the seal."""
        if self.fault:
            return [self.fault.sentence]
        return [] if self.put else seals.tables_changed(self.row["id"])

    def heading(self) -> str:
        name = self.row["id"]
        if self.put:
            return f"{self.instead()} {tr('The rule of {claim}', claim=name)}"
        return tr("Verdict on {claim}", claim=name)

    def told_of(self) -> str:
        return f"{self.instead()} {self.row['id']}. {self.row['claim']}".strip()

    def measured(self) -> list[str]:
        """A sentence that says for what the measure stands, where it measures something else."""
        proxy = self.row.get("proxy")
        return [tr("Proxy: {proxy}.", proxy=proxy)] if proxy else []

    def sides(self, vintage: Vintage | None = None) -> list[Side]:
        if vintage not in self._sides:
            self._sides[vintage] = self._told_apart(vintage)
        return self._sides[vintage]

    def _told_apart(self, vintage: Vintage | None) -> list[Side]:
        evidence.known_vintage(vintage)
        then = (
            []
            if vintage == "since"
            else [side(tr("As known in {month}", month=article.current().month), self.then)]
        )
        since = [] if vintage == "then" else [self._since(alone=vintage == "since")]
        return then + since

    def deciding(self) -> str:
        """What the verdict rests on: "figures", or "documents" alone."""
        return "documents" if [*self.then.tables] == ["documents"] else "figures"

    def _since(self, alone: bool = False) -> Side:
        then, since = self.then, self.since
        if since.finding.fault:
            return side(tr("Since"), since)
        later = updated(then, since)
        if later or alone:
            until = format_day(since.data_until) if since.data_until else article.current().month
            since_side = side(tr("Since (figures to {until})", until=until), since)
            if stale(since) or not later:
                return since_side._replace(stale=self._why_not_updated())
            return since_side._replace(
                ends=tr("The figures end there: {why}.", why=self._why_it_ends())
            )
        if since.verdict == "undecided" != then.verdict:
            return side(tr("Since"), since)
        new_facts = [fact for fact, _ in since.context if fact not in dict(then.context)]
        return Side(tr("Since"), since.verdict, stale=self._why_not_updated(), beside=new_facts)

    def _why_not_updated(self) -> str:
        if self.row["rule"] == "undecided":
            return tr("not updated: there is still no table here that can decide it")
        if self.since.verdict == "undecided":
            return tr("not updated: there is still no figure for it")
        why, year = self._why_it_ends(), stale(self.since)
        if year:
            return tr("not updated since {year}: {why}", year=year, why=why)
        return tr("not updated: {why}", why=why)

    def _why_it_ends(self) -> str:
        if not is_standing(self.row["id"]) and _is_of_its_time(self.since):
            return tr("the claim is about its own time, so later figures say nothing about it")
        times = (evidence.describe(name).get("time") or {} for name in self.since.tables)
        endings = (time["ends"] for time in times if "ends" in time)
        return next(endings, tr(NO_LATER))

    def firm(self, vintage: Vintage | None = None) -> list[firm.Firmness]:
        return [] if self.put or self.fault else firm.firmness(self.row["id"], vintage)

    def counted(self, vintage: Vintage | None = None) -> list[str]:
        summary = None if self.put or self.fault else readings.summary(self.row["id"])
        if not summary:
            return []
        ends = tr("How many agree is not a probability.")
        if not summary.readings_late or vintage == "then":
            month = article.current().month
            ends = tr("They use what was known in {month}. {ends}", month=month, ends=ends)
        added = readings.added_later(self.row["id"])
        return [f"{summary.words(vintage)} {ends}", *filter(None, [added])]

    def base_rates(self, vintage: Vintage | None = None) -> list[tuple[str, bool]]:
        vintages = () if self.put or self.fault else evidence.vintages(vintage)
        rates = {when: substitute.rate(self.row["id"], when) for when in vintages}
        sentences = {
            when: rate.words() if rate else substitute.why_nobody(self.row["id"], when)
            for when, rate in rates.items()
        }
        sentences = {when: words for when, words in sentences.items() if words}
        if len({*sentences.values()}) == 1:
            return [
                (tr("Base rate: {text}", text=text), False) for text in [*sentences.values()][:1]
            ]
        return [(_base_rate_of(when, text), when == "since") for when, text in sentences.items()]

    def rule(self, due: bool = True) -> list[str]:
        """The rule in words, and what would decide the claim where nothing does. due: with the
        year in which a forecast is due.
        """
        if self.fault:
            return []
        amended_since = amended.amendment_sentences(self.row["id"]) and not self.put
        first = tr("First rule") if amended_since else tr("Rule")
        if sealed := seals.when(self.row["id"]):
            first = tr("Rule, {sealed}", sealed=sealed)
        found = find_claim(self.then.id)
        rule = f"{first}: {found.told('thresholds')}."
        if alternatives := found.told("alternatives"):
            rule += f" {capital(alternatives)}."
        if due and found.due is not None:
            rule += f" {found.due_told()}"
        would_decide = self.row["would_decide"]
        return (
            [rule, tr("What would decide it: {what}.", what=would_decide)]
            if would_decide
            else [rule]
        )

    def amended_since(self) -> str:
        if self.put or self.fault or self.then.verdict == self.since.verdict:
            return ""
        judged = amended.judge_amended(self.row["id"], "since")
        return judged.verdict if judged and judged.verdict != self.since.verdict else ""

    def amended(self, vintage: Vintage | None = None) -> list[CardLine]:
        """What an amended rule says, then and since; what became of the rule, and why."""
        if self.put or self.fault:
            return []
        lines: list[CardLine] = []
        for when in evidence.vintages(vintage):
            if judged := amended.judge_amended(self.row["id"], when):
                late = when == "since"
                lines.append(
                    CardLine(f"{_when(when)}, {judged.label()}", late, judged.verdict, dated=True)
                )
                lines += [CardLine(sentence, late) for sentence in judged.found()]
        return lines + [
            CardLine(words, dated=True) for words in amended.amendment_sentences(self.row["id"])
        ]

    def documents(self, vintage: Vintage | None = None) -> list[CardLine]:
        if self.put or self.fault:
            return []
        reasons = " ".join(side.reason for side in self.sides(vintage))
        sentences = amended.documents_told(self.row["id"], reasons)
        return [
            CardLine(words, not early) for words, early in sentences if early or vintage != "then"
        ]

    def known(self, vintage: Vintage | None = None) -> list[CardLine]:
        """Both verdicts by their dates, why figures end, and whether the claim was added late."""
        lines = []
        for index, side in enumerate(self.sides(vintage)):
            lines.append(CardLine(side.label, index > 0, side.verdict))
            ends = f"{capital(side.stale)}." if side.stale else side.ends
            lines += [CardLine(words, index > 0) for words in [ends] if words]
        if not (self.put or self.fault) and self.sides(vintage)[-1].label.startswith(tr("Since")):
            happened = article.current().happened.items()
            lines += [CardLine(said, True) for said, ids in happened if self.row["id"] in ids]
        told = () if self.put or self.fault else (proof.added_late, proof.turned_late)
        when = filter(None, (say(self.row["id"]) for say in told))
        late = capital(proof.TURNED_SINCE)
        return lines + [CardLine(words, words.startswith(late), dated=True) for words in when]

    def source(self) -> str:
        sources = self.since.sources or self.then.sources
        return f"{sources}.{_edition(self.then)}" if sources else ""

    @property
    def yardstick(self) -> "Picture | None":
        from heldto.claims import yardstick  # draws: not before a page is asked for

        return yardstick.picture(self.row["id"], **self.put)

    def readings(self) -> Markup:
        return (
            Markup("") if self.put or self.fault else readings_table.readings_page(self.row["id"])
        )

    def instead(self) -> str:
        """Says that a card is not of the article's claim, and who stands where; "" where it is."""
        return (
            tr("Not the article's claim: {who}.", who=substitute.in_whose_place(self.put))
            if self.put
            else ""
        )


def _made(claim: str, opened: bool | None, mine: Guesses, **put: str) -> Markup:
    """The page of a card. It is that of a new one: what an older one was judged by may be gone."""
    return VerdictCard(claim, **put).made(opened, mine)


_remembered = cached(_made, 128)  # a few pages of each claim


def _edition(verdict: Verdict) -> str:
    """A word of warning where yearly figures of 2018 and before are read from a later edition: not
    where a table names the edition of each row, and takes that of the time.
    """
    descriptions = [evidence.describe(name) for name in verdict.tables]
    annual = any((table.get("time") or {}).get("cut") == "annual" for table in descriptions)
    early = any(
        field["name"] == "edition" for table in descriptions for field in table["schema"]["fields"]
    )
    if annual and not early:
        return tr(
            " For {month} we use today's figures of the years known then.",
            month=article.current().month,
        )
    return ""


def _when(vintage: Vintage) -> str:
    month = article.current().month
    return tr("In {month}", month=month) if vintage == "then" else tr("Since")


def _base_rate_of(vintage: Vintage, text: str) -> str:
    if vintage == "then":
        return tr("Base rate, in {month}: {text}", month=article.current().month, text=text)
    return tr("Base rate, since: {text}", text=text)


def _varied(verdict: Verdict) -> str:
    """What the strict and the lenient rule say; the strict one alone where no lenient one is."""
    if not verdict.varied:
        return ""
    if tr("lenient") not in find_claim(verdict.id).told("alternatives"):
        same = verdict.strict == verdict.verdict
        if same:
            return tr("The strict rule says the same.")
        return tr("The strict rule says {verdict}.", verdict=tr(verdict.strict))
    if {verdict.verdict} != {verdict.strict, verdict.lenient}:
        return tr(
            "The strict rule says {strict}, the lenient one says {lenient}.",
            strict=tr(verdict.strict),
            lenient=tr(verdict.lenient),
        )
    rule = verdict.rule
    edges = sorted({rule.at(reading).partly or 0 for reading in get_args(Variant)})
    if verdict.verdict != rule.cap or len(edges) < len(get_args(Variant)):
        return tr("The strict and the lenient rule say the same.")
    some = ", ".join(numerals(f"{edge:g}") for edge in edges[:-1])
    marks = tr("{some} and {last}", some=some, last=units.format_edge(edges[-1], rule.unit))
    return tr(
        "It holds partly from a score of {marks}. It cannot get more than partly.", marks=marks
    )
