"""A claim of the reader's own: sealed with its rule before the figure is seen, then judged as the
article's claims are.
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from numbers import Real
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd
from markupsafe import Markup

from heldto import article, evidence, stored
from heldto.claims import card
from heldto.claims.rule import Rule
from heldto.claims.verdict import Finding, Verdict, ruled
from heldto.claims.wording import MEANS, describe_rule
from heldto.errors import Problem
from heldto.evidence import Vintage, actors, examples
from heldto.exercises import diary, sealed
from heldto.own import plausibility, preregistration
from heldto.own import rule as own_rule
from heldto.own.cell_history import CellHistory, called
from heldto.own.words import say_own
from heldto.templates import render
from heldto.text.words import capital, count_of

if TYPE_CHECKING:
    from heldto.pictures import Picture

SECTION = "own"  # whose bar its cards follow
SHOWN = count(1)  # live cards: no two have an id in common
WORDS = 3  # of a claim, at least
FIXED = ("sentence", "kind", "rule", "holds", "partly", "target", "unit", "cap", "measure")
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
YEAR = re.compile(r"\b(19|20)\d\d\b")
UNSPACED = "\u0e00"  # from here on scripts set no spaces: Thai, Chinese, Japanese


@dataclass
class Message:
    """Lines for the reader. What is stored holds no time: `timed` are shown while a kernel runs."""

    plain: Sequence[str]
    timed: Sequence[str] = ()

    def __repr__(self) -> str:
        return "\n".join(self.timed or self.plain)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> stored.Bundle:
        view = stored.live_view(render("said.html.j2", lines=self.timed or self.plain))
        page = render("said.html.j2", lines=self.plain)
        return stored.bundle("\n".join(self.plain), page, view=view, kind="line")


@dataclass(frozen=True)
class Alternative:
    """Another measure under the same rule: its name, its figure (NaN: not held), its verdict."""

    name: str
    value: float
    verdict: str

    def told(self, rule: Rule) -> str:
        """The measure, its figure and its verdict, as a sentence."""
        return f"Read as “{self.name}”: {self.figure(rule, 'so it ')}."

    def figure(self, rule: Rule, so: str = "") -> str:
        """The figure and its verdict, in words. rule: as the claim shows it."""
        nothing = math.isnan(self.value)
        figure = "not held" if nothing else own_rule.figure_in_words(self.value, rule)
        return f"{figure}, {so}{MEANS[self.verdict]}"


class Claim:
    """A claim of your own, its rule, its seal and its verdict.

    sentence: the claim. kind: "descriptive", "causal", "intention" or "forecast"; the last three
    can be partly right at best and need cap="partly". rule: how the figure is compared with the
    numbers. With "at_least", "more_than", "fall", "at_most" and "less_than", `holds` and `partly`
    are the limits. With "about", "just_under" and "balance" they are the allowed distance from
    `target` in percent, with "count" in whole numbers. The figure of a "fall" is the earlier figure
    minus the later one: a fall is above 0, and a rise is below 0 and counts against it. unit: the
    unit of these numbers and of the figure, such as "%", "USD bn", "ratio", "kappa", "votes" or
    "number". why: your reason for the numbers. measure: what the figure is, in words; it is sealed,
    too: "China's trade with India in percent of its trade with Russia, 2018". tables: the tables
    that you use; the page that you export credits them and names their traps.

    A cell shows its lines, and its card once it is judged. Raises Problem for a claim that such a
    rule cannot decide.

    Examples
    --------
    >>> mine = fr.Claim(
    ...     "China trades just as much with India as with Russia",
    ...     rule="at_least",
    ...     holds=90,
    ...     partly=67,
    ...     unit="%",
    ...     why="Just as much: nine tenths and more.",
    ...     measure="China's trade with India in percent of its trade with Russia, 2018",
    ...     tables=["economic/trade"],
    ... )
    >>> sealed = mine.seal()
    >>> card = mine.verdict(89.9)
    >>> card.then.verdict
    'partly'
    """

    section = SECTION
    directed = True  # whether it says of a fall's figure that it is one: pages of before do not

    def __init__(
        self,
        sentence: str = "",
        *,
        kind: str = "descriptive",
        rule: str = "",
        holds: float | None = None,
        partly: float | None = None,
        target: float | None = None,
        unit: str = "number",
        cap: str | None = None,
        why: str = "",
        measure: str = "",
        tables: Sequence[str] = (),
    ):
        numbers = {"holds": holds, "partly": partly, "target": target}
        self.sentence, self.why = _claim(sentence), _filled(why, "why")
        self.measure = _filled(measure, "measure").rstrip(".")
        self.rule = own_rule.read_rule(kind, rule, unit, cap, numbers)
        self.kind, self.tables = kind.strip(), _tables(tables)
        self.hash = sealed.seal_digest(self.content)
        self.limits: list[str] = []
        self.card: OwnCard | None = None
        self.cells = CellHistory(self.hash)
        self.cells.note()
        self._entry: preregistration.Entry | None = (
            None  # its seal, also where that could not be written
        )

    def __setattr__(self, name: str, value: object) -> None:
        if "hash" in vars(self) and name in FIXED:
            raise Problem(say_own("stays", name=name))
        super().__setattr__(name, value)

    # The seal

    def seal(self) -> Message:
        """Write claim, rule, hash and time into your own file, before you see the figure.

        The first time counts, however often you run the cell. If you change the rule, you get a new
        claim beside the old one, and its card says so. Returns lines that a notebook shows. Raises
        Problem if the numbers do not fit the unit.

        Examples
        --------
        >>> mine = fr.Claim("China trades more with India than with Russia", rule="more_than",
        ...     holds=100, partly=90, unit="%", tables=["economic/trade"],
        ...     measure="China's trade with India in percent of that with Russia, 2018")
        >>> print(mine.seal())
        Sealed: ...
        """
        if self._entry is None:
            self.cells.note()
        existing = preregistration.find_seal(self.hash)
        if not existing and (fault := plausibility.of_rule(self.rule)):
            raise Problem(fault)
        entry = existing or self._entry or self._new_entry()
        failure = "" if existing else preregistration.add_seal(entry)
        self._entry = entry = preregistration.find_seal(self.hash) or entry
        claim, *rule = self.told()
        head = [*self._noted(), " ".join([f"Sealed: {claim}.", *rule])]
        letters = say_own("letters", letters=self.letters)
        state = "not_written" if failure else "stands_sealed" if existing else "sealed_now"
        time = say_own(
            state,
            time=preregistration.moment(entry["time"]),
            file=diary.own_file().name,
            lost=failure,
        )
        questions = plausibility.of_sentence(self.sentence, self.kind)
        questions += [] if self.tables else [say_own("no_tables")]
        plain = [*head, *self.earlier(), *questions, letters, *filter(None, [failure])]
        return Message(plain, [*head, time, *self.earlier(), *questions, letters])

    def _noted(self) -> list[str]:
        fall = [say_own("fall")] if self.rule.comparison == "fall" else []
        return fall + ([] if YEAR.search(self.measure) else [say_own("no_year")])

    def _new_entry(self) -> preregistration.Entry:
        entry = {**self.content, "hash": self.hash, "time": diary.utc_now()}
        noted = {
            "read_before": self.cells.read_before(self.tables),
            "rules_before": preregistration.other_rules(self.sentence, self.hash),
        }
        return entry | {name: found for name, found in noted.items() if found}

    @property
    def letters(self) -> str:
        """The letters of its seal that are sent to others before the figure is seen."""
        return self.hash[: sealed.LETTERS]

    @property
    def shown_rule(self) -> Rule:
        """The rule as its card and its page show it."""
        return own_rule.shown_rule(self.rule) if self.directed else self.rule

    @property
    def content(self) -> dict[str, Any]:
        """What is sealed and hashed: claim, kind and rule, and the measure where one is named."""
        measure = {"measure": self.measure} if self.measure else {}
        rule = own_rule.rule_entry(self.rule)
        return {"claim": self.sentence, "kind": self.kind, "rule": rule} | measure

    @property
    def sealed(self) -> preregistration.Entry | None:
        """The entry of your file that seals it, None where there is none."""
        self._entry = self._entry or preregistration.find_seal(self.hash)
        return self._entry

    @property
    def kept(self) -> bool:
        """Whether your file holds its seal."""
        return preregistration.find_seal(self.hash) is not None

    def take_seal(self, entry: Mapping[str, Any]) -> None:
        """Take the seal, and what was given under it, from the data of a page instead of a file."""
        self._entry = dict(entry)

    def earlier(self) -> list[str]:
        """Other rules that had been sealed for the same sentence, in words."""
        rules = (self.sealed or self._new_entry()).get("rules_before", ())
        return [say_own("earlier", rule=rule) for rule in rules]

    # The verdict

    def verdict(
        self,
        value: float,
        since: float | None = None,
        others: Mapping[str, float] | pd.Series | None = None,
    ) -> "OwnCard":
        """Judge your figure by the sealed rule: a card with a ruler and the figure at which the
        verdict would change.

        value: a plain number in the claim's unit; NaN means that there is no figure, so the verdict
        is undecided. since: a later figure, if value is one of the article's time. others: {actor:
        value}, a dict or a Series, which the ruler shows as dots. The time of the first verdict is
        kept with the seal.

        Returns the card; printed, it is lines of text, and `card.then.verdict` is the word alone.
        Raises Problem if the claim is not sealed yet, or if value is not a number; UnknownActor.

        Examples
        --------
        >>> mine = fr.Claim("China trades more with India than with Russia", rule="more_than",
        ...     holds=100, partly=90, unit="%", tables=["economic/trade"])
        >>> sealed = mine.seal()
        >>> card = mine.verdict(89.9, others={"Germany": 172.9})
        >>> card.then.verdict
        'fails'
        """
        self._ask_for_seal()
        values = [self._figure(figure) for figure in ([value] if since is None else [value, since])]
        self.card = self.judged(values, others)
        self._entry = preregistration.give(self._sealed(), "figure", "", *values)
        self.cells.note()
        return self.card

    def judged(self, values: Sequence[float], others: object = None) -> "OwnCard":
        """The card of figures, those known then and since; nothing is kept. Raises Problem."""
        findings = [self._finding(value) for value in values]
        sides = zip(findings, get_args(Vintage), strict=False)
        verdicts = [ruled(self.shown_rule, finding, vintage) for finding, vintage in sides]
        return OwnCard(self, verdicts, self._others(others))

    def _sealed(self) -> preregistration.Entry:
        assert self.sealed  # asked for before
        return self.sealed

    def _ask_for_seal(self) -> None:
        if self.sealed is None:
            raise Problem(f"seal the claim first, before its figure is seen: {called(self)}.seal()")
        if sealed.seal_digest(self.content) != self.hash:
            raise Problem(say_own("not_the_sealed", name=called(self)))

    def _figure(self, value: object) -> float:
        return own_rule.countable(given_figure(value), self.rule.unit)

    def _finding(self, value: float) -> Finding:
        if math.isnan(value):
            return Finding(reason=say_own("not_held"), tables=self.tables)
        reason = f"The figure: {own_rule.figure_in_words(value, self.shown_rule)}."
        return Finding(value=value, reason=reason, tables=self.tables)

    def _others(self, others: object) -> pd.DataFrame:
        """Columns as of `substitute.others`."""
        others = {} if others is None else others
        if not isinstance(others, Mapping | pd.Series):
            raise Problem(say_own("no_others", kind=type(others).__name__))
        if "" in others:
            raise Problem('others: one figure has no actor: remove it with .drop("")')
        figures = {actors.find(actor): self._of(actor, figure) for actor, figure in others.items()}
        rows = [(actor, "", figure, self.rule.alone(figure)) for actor, figure in figures.items()]
        frame = pd.DataFrame(rows, columns=["who", "place", "value", "verdict"])
        return frame.dropna().sort_values(["value", "who"], ignore_index=True)

    def _of(self, who: str, value: object) -> float:
        try:
            return self._figure(value)
        except Problem as fault:
            raise Problem(f"others, {who}: {fault}") from None

    # What stands beside it

    def reading(self, name: str, value: float | None = None) -> Message:
        """Judge another measure of the same claim by the same rule, such as imports alone.

        name: what is different, in words; value: the figure in the claim's unit (NaN if there is
        none). A reading does not change the verdict: the card says how many readings agree with it.
        Returns lines that a notebook shows. Raises Problem if the claim is not sealed yet, if the
        name is missing, or if value is not a number.

        Examples
        --------
        >>> mine = fr.Claim("China trades more with India than with Russia", rule="more_than",
        ...     holds=100, partly=90, unit="%", tables=["economic/trade"])
        >>> sealed = mine.seal()
        >>> mine.reading("imports alone", 32.2)
        Read as “imports alone”: 32.2 %, so it fails.
        """
        self._ask_for_seal()
        if not isinstance(name, str) or not name.strip(".… "):
            raise Problem(f'a reading needs a name: {called(self)}.reading("imports alone", value)')
        figure = self._figure(value)
        alternative = self._reading(name.strip(), figure)
        self._entry = preregistration.give(self._sealed(), "reading", alternative.name, figure)
        self.cells.note()
        doubts = plausibility.of_figures(self.rule, [figure])
        return Message([alternative.told(self.shown_rule), *doubts, *self.standing()])

    def _reading(self, name: str, value: float) -> Alternative:
        return Alternative(name, value, self.rule.outcome([None if math.isnan(value) else value]))

    def _given(self, what: str) -> list[Mapping[str, Any]]:
        """The figures or the readings that were given under the seal, in their order."""
        return [entry for entry in (self.sealed or {}).get("given", ()) if entry["what"] == what]

    @property
    def readings(self) -> list[Alternative]:
        """Every reading that was given under the seal, also one that was given again."""
        given = ((entry["name"], entry["value"]) for entry in self._given("reading"))
        return [
            self._reading(name, math.nan if figure is None else figure) for name, figure in given
        ]

    def figures(self) -> list[str]:
        """Where more than one figure was given under the seal: that, and each with its verdict."""
        entries = self._given("figure")
        if len(entries) < 2:
            return []
        values = [math.nan if entry["value"] is None else entry["value"] for entry in entries]
        sentences = [self._reading("", value).figure(self.shown_rule) for value in values]
        number = ORDINALS.get(len(sentences), f"{len(sentences)}th")
        return [say_own("figures", number=number, before="; ".join(sentences[:-1]))]

    def read_before(self) -> list[str]:
        """Tables of the claim that were read in this kernel before it was sealed, in words."""
        tables = (self.sealed or {}).get("read_before", ())
        return (
            [say_own("read_before", tables=", ".join(f"“{table}”" for table in tables))]
            if tables
            else []
        )

    def standing(self) -> list[str]:
        """Under how many of the other readings the verdict stands, in words."""
        if not (self.readings and self.card):
            return []
        verdict, readings = self.card.then.verdict, self.readings
        same = sum(reading.verdict == verdict for reading in readings)
        as_known = f" as known in {article.current().month}" if self.card.dated else ""
        how_many = count_of(len(readings), "other reading")
        return [f"The verdict{as_known} ({verdict}) is the same in {same} of {how_many}."]

    def cannot(self, sentence: str) -> Message:
        """Say what the figure cannot show. The card and the page that you export print it.

        sentence: a whole sentence, in quotes. Returns a line that a notebook shows. Raises Problem
        if it is empty.

        Examples
        --------
        >>> mine = fr.Claim("China trades more with India than with Russia", rule="more_than",
        ...     holds=100, partly=90, unit="%", tables=["economic/trade"])
        >>> mine.cannot("Trade in goods says nothing of services.")
        It cannot show: Trade in goods says nothing of services.
        """
        limit = _sentence(sentence, "what it cannot show")
        if limit not in self.limits:
            self.limits.append(limit)
        return Message([f"It cannot show: {limit}"])

    # On a page

    def lines(self, timed: bool = False) -> list[str]:
        """Claim, rule and seal, and once it is judged its card, as plain lines."""
        if self.card:
            return self.card.lines(timed=timed)
        state = "Sealed." if self.sealed else f"Not sealed yet: {called(self)}.seal()"
        return [*self.told(), *self._noted(), state]

    def told(self) -> list[str]:
        """Claim, measure, kind and rule."""
        rule = f"Kind: {self.kind}. Rule: {describe_rule(self.rule)}."
        return [f"“{self.sentence}”", *self.measured(), rule]

    def measured(self) -> list[str]:
        """What is measured, in words, where it was said."""
        return [f"Measured: {self.measure}."] if self.measure else []

    def __repr__(self) -> str:
        return "\n".join(self.lines(timed=True))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> stored.Bundle:
        return (self.card or Message(self.lines()))._repr_mimebundle_()


class OwnCard(card.Card):
    """The verdict on a claim of the reader's own, on a page and as lines.

    judged: what its rule says, then and since; among: others' figures.
    """

    section, kind, look = SECTION, "own", "own"

    def __init__(self, claim: Claim, judged: Sequence[Verdict], among: pd.DataFrame):
        self.claim, self.judged, self.among = claim, judged, among
        self.then, self.time = judged[0], diary.utc_now()
        self.dated = len(judged) > 1

    def heading(self) -> str:
        return f"A claim of your own, not the article's: “{self.claim.sentence}”"

    def measured(self) -> list[str]:
        return self.claim.measured()

    def doubts(self, code: str | None = None) -> list[str]:
        """As of every card. code: what computed the figure, by default the cells of this kernel."""
        code = "\n".join(self.claim.cells.code()) if code is None else code
        values = [verdict.finding.value for verdict in self.judged if verdict.value is not None]
        years = [int(match.group()) for match in YEAR.finditer(self.claim.measure)]
        late = self.dated and years and min(years) > article.current().day.year
        questions = [say_own("years_since")] if late else []
        questions += plausibility.of_totals(self.claim.tables, code)
        questions += plausibility.of_sentence(self.claim.sentence, self.claim.kind)
        return questions + plausibility.of_figures(self.claim.rule, values, self.among["value"])

    def sides(self, vintage: Vintage | None = None) -> list[card.Side]:
        labels = {
            "then": f"As known in {article.current().month}" if self.dated else "Verdict",
            "since": "Since",
        }
        verdicts = [verdict for verdict in self.judged if vintage in (None, verdict.vintage)]
        sides = [card.side(labels[verdict.vintage], verdict) for verdict in verdicts]
        return [self._directed(*pair) for pair in zip(sides, verdicts, strict=True)]

    def _directed(self, side: card.Side, verdict: Verdict) -> card.Side:
        rule = verdict.rule
        falls = isinstance(rule, own_rule.FallRule) and verdict.value is not None
        return side._replace(figure=rule.in_words(verdict.finding.value)) if falls else side

    def notes(self, timed: bool = False) -> list[str]:
        """The claim's seal, its other readings and what it cannot show, a sentence each."""
        sealed = [self.sealed()] if timed else []
        readings = [reading.told(self.claim.shown_rule) for reading in self.claim.readings]
        cannot = [f"It cannot show: {limit}" for limit in self.claim.limits]
        figures, earlier = self.claim.figures(), self.claim.earlier()
        return [*sealed, *figures, *earlier, *readings, *self.claim.standing(), *cannot]

    def sealed(self) -> str:
        """How long before its first verdict it was sealed: when the figure was seen, nobody can
        tell.
        """
        entry = self.claim.sealed
        assert entry  # else there would be no card
        passed = preregistration.time_between(entry["time"], entry.get("judged", self.time))
        return f"Sealed {passed} before the verdict was first asked for."

    def rule(self) -> list[str]:
        why = [f"Why: {self.claim.why}"] if self.claim.why else []
        trapped = [table for table in self.claim.tables if evidence.describe(table).get("traps")]
        traps = [say_own("traps", table=table) for table in trapped]
        return [f"Rule: {describe_rule(self.claim.rule)}.", *why, *traps]

    def source(self) -> str:
        sources = self.then.sources
        return f"{sources}." if sources else ""

    def to_html(self, opened: bool = False, timed: bool = False, mine: card.Guesses = ()) -> Markup:
        """As of every card. timed: live, where it may stand on a page more than once."""
        picture = self._drawn(f"-{next(SHOWN)}") if timed else self.yardstick
        return self._page(Markup(picture.to_html() if picture else ""), opened, timed, mine)

    @cached_property
    def yardstick(self) -> "Picture | None":
        return self._drawn()

    def _drawn(self, suffix: str = "") -> "Picture | None":
        from heldto.claims.yardstick import Yardstick  # draws: not before a page is asked for

        decided = [verdict for verdict in self.judged if verdict.value is not None]
        own_figures = {} if self.then.value is None else {"": self.then.finding.value}
        return Yardstick(
            decided or self.judged,
            {"then": self.among},
            {"then": own_figures},
            title=capital(describe_rule(self.claim.rule)),
            section=self.section,
            key=f"yardstick-own-{self.claim.hash[:8]}{suffix}",
            note="Dots: others. Large and black: your claim." if len(self.among) else "",
            whose="Your claim",
            dated=self.dated,
        ).picture()

    def __repr__(self) -> str:
        return "\n".join(self.lines(timed=True))


# What a reader gave


def given_figure(value: object) -> float:
    """The number that a reader gave, NaN where it is not held. Raises Problem, which says what it
    is instead.
    """
    if value is pd.NA or value is pd.NaT:
        return math.nan
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise Problem(f"give one number, not {_kind(value)}")
    if math.isinf(value):
        raise Problem("the figure is infinite: did you divide by zero?")
    return float(value)


def _kind(value: object) -> str:
    """What something is that is no number, and what to do about it."""
    if value is ...:
        return "...: write the figure in its place"
    if value is None:
        return say_own("nothing_given")
    if isinstance(value, str):
        return f'text ("{value[:40]}"): leave out the quotes and the unit'
    if isinstance(value, pd.DataFrame):
        return 'a table: choose a row and a column, such as frame.loc[0, "share"]'
    if isinstance(value, pd.Series | pd.Index | np.ndarray) and value.size == 1:
        return f"a {type(value).__name__} that holds one: say .item() behind it"
    if isinstance(value, pd.Series) and len(value) and value.isna().all():
        return say_own("apart", rows=len(value))
    if isinstance(value, Collection):
        return f"a {type(value).__name__} of {len(value)}: choose one of them"
    return repr(value)[:80]


def _claim(text: object) -> str:
    """The claim; two words are none, in a script that sets words apart."""
    sentence = _sentence(text, "the claim")
    if len(sentence.split()) < WORDS and max(sentence) < UNSPACED:
        example = f"{actors.name(examples.actor())} trades more"
        raise Problem(f"write the claim as a sentence first, such as “{example}”")
    return sentence


def _sentence(text: object, what: str) -> str:
    sentence = _filled(text, what) if isinstance(text, str) else ""
    if not sentence:
        raise Problem(f"write {what} as a sentence, in quotes")
    return sentence


def _filled(text: object, what: str) -> str:
    """Words that a reader gave, "" where none; three dots stand where some are to come."""
    words = "" if text is None else " ".join(str("..." if text is ... else text).split())
    if words and not words.strip(".… "):
        raise Problem(f"{what} is still ... : write it as a sentence first")
    return words


def _tables(names: object) -> list[str]:
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, Collection) or not all(isinstance(name, str) for name in listed):
        raise Problem(f'tables are names in quotes, such as ["{examples.example_table()}"]')
    return [name for name in dict.fromkeys(listed) if evidence.describe(name)]
