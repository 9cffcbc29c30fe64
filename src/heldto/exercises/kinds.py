"""Kinds of question: Number, Choice, Items (several actors), Table, State (of the actor bar), Open;
one more, Frame, stands in `frames`.

Each holds what is asked, three graded hints and the solution. `judge(answer)` takes whatever a
reader hands in, and never raises. A page without Python is told which answers count (`accepted`)
and what is said to each (`feedback`).
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, groupby, islice, product
from typing import Any

import pandas as pd

from heldto.errors import NotHeld
from heldto.evidence import actors
from heldto.exercises import reading
from heldto.exercises.words import WORDS, say
from heldto.templates import render
from heldto.tr import tr, tr_n, tr_noop

Feedback = list[tuple[list[str], str]]
MARKED = {True: tr_noop("Right."), False: tr_noop("Not yet."), None: ""}
ENOUGH = 8  # words that an open answer takes
ROW = r"([^\d\n;,:=]+?)[\s:=]+([-+]? ?\d[\d.,]*\d|[-+]? ?\d)"  # a name and a number


@dataclass
class Result:
    """What a check says. right: True, False, or None where nothing can be marked; says: why."""

    right: bool | None
    says: str

    def __bool__(self) -> bool:
        return self.right is True

    def __repr__(self) -> str:
        return " ".join(filter(None, [tr(MARKED[self.right]), self.says]))

    def _repr_html_(self) -> str:
        return render("result.html.j2", right=self.right, text=repr(self))


@dataclass(kw_only=True)
class Question:
    """ask: the question; hints: three, each saying more; solution: how to get there.

    code: an expression that gives the right answer; means: what a right answer shows, without
    giving it away; again: what to look at after a slip that nobody foresaw.
    lines: of a question that is answered in code, pandas that gives the right answer, from the line
    that the reader is given to `answer = ...`.
    """

    ask: str = ""
    hints: list[str] = field(default_factory=list)
    solution: str = ""
    code: str = ""
    lines: str = ""
    means: str = ""
    again: str = field(default_factory=lambda: tr("Which table, row and column did you use?"))
    kind = "open"

    def judge(self, answer: Any) -> Result:
        """A Result, whatever the answer is."""
        try:
            return self._judge(answer)
        except Exception as error:  # a reader's object may do anything when looked at
            kind = type(error).__name__
            unread = tr("That cannot be read as an answer ({kind}).", kind=kind)
            why = error if isinstance(error, reading.Unreadable) else unread
            return Result(False, f"{why} {self.wanted()}")

    def _judge(self, answer: Any) -> Result:
        raise NotImplementedError

    @property
    def start(self) -> str:
        """The line of code that a reader is given; "" where no code is asked for."""
        return self.lines.partition("\n")[0]

    def wanted(self) -> str:
        """The form of answer that is asked for, in words."""
        return WORDS["wanted"].fill(self.kind, **vars(self))

    def unforeseen(self) -> str:
        """What to say to an answer that fits nothing known."""
        return f"{self.again} {tr('A hint helps.')}"

    def accepted(self) -> list[str]:
        """Normalised answers that count as right, for pages without Python."""
        return []

    def feedback(self) -> Feedback:
        """Pairs of (normalised answers, what to say), for pages without Python.

        The first that fits is shown, and an empty list fits any answer.
        """
        return []

    def page_data(self) -> dict[str, Any]:
        """What a page without Python must know to read an answer: {attribute: value}."""
        return {}

    def lettered(self) -> list[tuple[str, tuple[str, bool, str]]]:
        """Pairs of (key, option) of a choice."""
        return []

    def points(self) -> list[str]:
        """What earns points where only a reader can judge, a line each."""
        return []


@dataclass(kw_only=True)
class Number(Question):
    """A figure. wrong: pairs of (value, why it is off); digits: decimals asked for.

    digits 0 asks for a whole number: only the exact one is right where the answer is one (a count),
    and what rounds to the answer where the answer has decimals.
    """

    answer: float
    unit: str = ""
    digits: int = 1
    wrong: Iterable[tuple[float, str]] = ()
    kind = "number"

    @cached_property
    def known(self) -> list[tuple[float, str]]:
        """The slips that are told from the right answer."""
        finite = [(float(value), why) for value, why in self.wrong if math.isfinite(value)]
        return [slip for slip in finite if not self.near(slip[0], self.answer)]

    def near(self, value: float, target: float) -> bool:
        """Whether a value is the target: to within the last digit asked for, or 0.2 %."""
        if self.rounded:
            return abs(value - round(target)) <= 0.5 + 1e-9
        tolerance = max(10**-self.digits, abs(target) * 0.002) if self.digits else 0
        return abs(value - target) <= tolerance + 1e-9

    @property
    def rounded(self) -> bool:
        """Whether an answer with decimals is asked for as a whole number."""
        return not self.digits and min(self.answer % 1, -self.answer % 1) > 1e-9

    def wanted(self) -> str:
        entry = reading.UNITS["units"].get(self.unit, {})
        form = tr("a number in {unit}", unit=tr(self.unit))
        form = tr(entry["form"]) if "form" in entry else form
        if self.digits:
            return tr("Give {form}, to {decimals}.", form=form, decimals=self._decimals)
        if self.rounded:
            return tr("Give {form}, rounded to a whole number.", form=form)
        return tr("Give {form}.", form=form)

    @property
    def _decimals(self) -> str:
        return tr_n("{n} decimal", "{n} decimals", self.digits)

    def page_data(self) -> dict[str, Any]:
        return {"digits": self.digits, "unit": self.unit}

    def slips(self) -> dict[float, str]:
        """{factor: what happened}: slips of unit, and but for counts of sign and decimal point."""
        return reading.scale_slips(self.unit) | (reading.scale_slips() if self.digits else {})

    def _judge(self, answer: Any) -> Result:
        figure = reading.read_figure(answer, self.unit)
        if any(self.near(value, self.answer) for value in figure.scaled):
            return Result(True, self.means)
        if figure.factor != 1 and any(self.near(number, self.answer) for number in figure.numbers):
            requirement = tr(reading.UNITS["units"][self.unit]["asked"])
            return Result(False, say("unit", beside=figure.beside, asked=requirement))
        return Result(False, self._why(figure.scaled[0]))

    def _why(self, value: float) -> str:
        slips = sorted(self.known, key=lambda slip: abs(slip[0] - value))
        reasons = [why for target, why in slips if self.near(value, target)]
        reasons += [why for factor, why in self.slips().items() if self._slipped(value, factor)]
        rough = self.roughly().items()
        reasons += [why for rounded, why in rough if math.isclose(value, rounded, abs_tol=1e-9)]
        if reasons:
            return tr(" Or: ").join(dict.fromkeys(reasons))
        for (factor, unit), (target, why) in product(reading.scale_slips(self.unit).items(), slips):
            if self.near(value / factor, target):
                return f"{unit} {tr('And then: {why}', why=why)}"
        if self.answer and abs(value / self.answer - 1) < 0.1 and self.digits:
            return f"{say('close', decimals=self._decimals)} {self.unforeseen()}"
        way = tr("Too high.") if value > self.answer else tr("Too low.")
        return f"{way} {self.unforeseen()}"

    def roughly(self) -> dict[float, str]:
        """{the answer with one decimal too few, rounded and cut off: what to say}."""
        tens = 10 ** (self.digits - 1)
        why = f"{tr('Close: give one more decimal.')} {self.wanted()}"
        cuts = (round, math.trunc) if self.digits else ()
        return {cut(self.answer * tens) / tens: why for cut in cuts}

    def _slipped(self, value: float, factor: float) -> bool:
        """Whether a value is the answer after a slip.

        Pages without Python see two more decimals of a slip that makes a figure small.
        """
        if abs(factor) < 1 and self.written(value, 2) == self.written(self.answer * factor, 2):
            return True
        meant = value / factor
        return self.near(meant, self.answer) or math.isclose(meant, self.answer, rel_tol=0.005)

    def written(self, value: float, more: int = 0) -> str:
        """A value as pages without Python compare it: fixed decimals, no minus before zero."""
        return f"{value:z.{self.digits + more}f}"

    def _around(self, value: float, reach: int) -> list[str]:
        """A value and its neighbours that are near it, as they are written."""
        if self.rounded:
            return [self.written(value)]
        if not self.digits and value % 1:
            return [self.written(value, 2)]
        steps = range(-reach, reach + 1)
        candidates = [round(value + step * 10**-self.digits, self.digits) for step in steps]
        neighbours = [self.written(other) for other in candidates if self.near(other, value)]
        return list(dict.fromkeys([self.written(value), *neighbours]))

    def accepted(self) -> list[str]:
        return self._around(self.answer, 12)

    def feedback(self) -> Feedback:
        right = [self.answer, *map(float, self.accepted())]
        pairs = [(self.accepted(), self.means)]
        pairs += [(self._around(value, 3), why) for value, why in self.known]
        for factor, why in self.slips().items():
            more = 2 if abs(factor) < 1 else 0
            pairs.append(([self.written(value * factor, more) for value in right], why))
        pairs += [([self.written(value)], why) for value, why in self.roughly().items()]
        why_by_text: dict[str, str] = {}
        for texts, why in pairs:
            why_by_text |= {text: why for text in texts if text not in why_by_text}
        fresh = [(list(texts), why) for why, texts in groupby(why_by_text, why_by_text.__getitem__)]
        return [*fresh, ([], self.unforeseen())]


@dataclass(kw_only=True)
class Choice(Question):
    """One of several. choices: (text, right?, feedback); their keys are a, b, c, in order."""

    choices: list[tuple[str, bool, str]]
    kind = "choice"

    def __post_init__(self) -> None:
        if not any(right for _, right, _ in self.choices):
            raise NotHeld("none of its choices is right")

    def lettered(self) -> list[tuple[str, tuple[str, bool, str]]]:
        return list(zip("abcdefgh", self.choices, strict=False))

    @property
    def answer(self) -> str:
        """The key of the right option."""
        return next(key for key, (_, right, _) in self.lettered() if right)

    def wanted(self) -> str:
        return WORDS["wanted"].fill("choice", last=self.lettered()[-1][0])

    def _judge(self, answer: Any) -> Result:
        word = str(reading.single(answer)).strip().casefold()
        for number, (key, (text, right, why)) in enumerate(self.lettered(), 1):
            if word in (text.casefold(), str(number)) or word.strip("().: ") == key:
                return Result(bool(right), why)
        return Result(False, self.wanted())

    def accepted(self) -> list[str]:
        return [self.answer]

    def feedback(self) -> Feedback:
        return [([key], why) for key, (_, _, why) in self.lettered()]


@dataclass(kw_only=True)
class Items(Question):
    """Several actors, in any order. answer: ISO3 codes.

    wrong: {ISO3: why it does not belong}; missing: {ISO3: what it is that one tends to miss}.
    """

    answer: list[str]
    wrong: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    kind = "text"

    def unforeseen(self) -> str:
        return f"{self.wanted()} {tr('A hint helps.')}"

    def page_data(self) -> dict[str, Any]:
        return {"names": reading.actor_spellings()}

    def _judge(self, answer: Any) -> Result:
        answered, right = set(reading.codes(answer)), set(self.answer)
        if answered == right:
            return Result(True, self.means)
        extra, lacking = sorted(answered - right), sorted(right - answered)
        both = len(answered & right)
        says = [tr("{right} of {all} are right.", right=both, all=len(right))]
        other = tr("does not belong.")
        says += [f"{actors.name(one)}: {self.wrong.get(one, other)}" for one in extra]
        if lacking:
            says.append(tr_n("{n} more belongs.", "{n} more belong.", len(lacking)))
        if not extra:
            says += [self.missing[one] for one in lacking if one in self.missing][:1]
        return Result(False, " ".join(says))

    def accepted(self) -> list[str]:
        return [_comma_list(self.answer)]

    def feedback(self) -> Feedback:
        says_by_row = {
            _comma_list(codes): self._judge(codes).says for codes in self._likely() if codes
        }
        rows = [([row], says) for row, says in says_by_row.items() if row not in self.accepted()]
        return [(self.accepted(), self.means), *rows, ([], self.unforeseen())]

    def _likely(self) -> list[set[str]]:
        """Answers that somebody may give.

        Some of the right ones, with at most one wrong one, or everything that can be named.
        """
        sizes = range(len(self.answer) + 1)
        parts = [set(part) for size in sizes for part in combinations(self.answer, size)]
        with_wrong = [part | {code} for code in self.wrong for part in parts]
        return [*parts, *with_wrong, {*self.answer, *self.wrong}]


def _comma_list(codes: Iterable[str]) -> str:
    """A list as pages without Python compare it: sorted codes between commas."""
    return ",".join(sorted(codes))


@dataclass(kw_only=True)
class Table(Question):
    """A small table. answer: {key: number}; key, value: the names of its columns.

    Accepted as dict, Series or DataFrame, rows and columns in any order.
    wrong: pairs of ({key: number}, why it is off).
    """

    answer: dict[str, float]
    key: str
    value: str
    unit: str = ""
    digits: int = 1
    wrong: list[tuple[dict[str, float], str]] = field(default_factory=list)
    kind = "table"

    def _judge(self, answer: Any) -> Result:
        rows = self._rows(answer)
        lacking = [reading.state_name(key) for key in self.answer if key not in rows]
        if lacking:
            return Result(
                False,
                f"{tr('There is no row for {rows}.', rows=', '.join(lacking))} {self.wanted()}",
            )
        about: dict[str, Any] = {"again": self.again, "unit": self.unit, "digits": self.digits}
        for key, target in self.answer.items():
            wrong = [(values[key], why) for values, why in self.wrong if key in values]
            result = Number(answer=target, wrong=wrong, **about).judge(rows[key])
            if not result:
                return Result(False, f"{reading.state_name(key)}: {result.says}")
        return Result(True, self.means)

    def _rows(self, answer: Any) -> dict[str, Any]:
        if isinstance(answer, str):
            answer = re.findall(ROW, reading.with_our_signs(answer))
        if isinstance(answer, pd.DataFrame):
            frame = answer if self.key in answer else answer.reset_index()
            other_columns = frame.columns[frame.columns != self.key]
            value = self.value if self.value in frame else other_columns[-1]
            answer = dict(zip(frame[self.key], frame[value], strict=True))
        pairs = answer.items() if hasattr(answer, "items") else answer
        # no dict(pairs): it would read an endless pair to its end
        return {reading.code_or_word(key): value for key, value in islice(pairs, reading.AT_MOST)}


@dataclass(kw_only=True)
class State(Question):
    """A state of the actor bar. section: whose bar; answer: one selection that is right.

    says(shown): (right?, what to say).
    """

    section: str
    says: Callable[[list[str]], tuple[bool, str]]
    answer: list[str]
    kind = "state"

    def _judge(self, answer: Any) -> Result:
        if answer is None:
            from heldto import toggles  # widgets: a question is judged without them elsewhere

            answer = toggles.shown(self.section)
        right, says = self.says(
            [reading.code_or_word(word) for word in reading.split_answer(answer)]
        )
        return Result(bool(right), " ".join(filter(None, [says, self.means if right else ""])))


@dataclass(kw_only=True)
class Open(Question):
    """A question for a few sentences. rubric: what earns points, such as "1 point: it adds up".

    Its solution is the model answer.
    """

    rubric: list[str]

    def points(self) -> list[str]:
        return [f"{one}." for one in self.rubric]

    def _judge(self, answer: Any) -> Result:
        if len(str(answer or "").split()) < ENOUGH:
            return Result(False, say("write_first"))
        return Result(None, say("mark_it", earned="; ".join(self.rubric)))
