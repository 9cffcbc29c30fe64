"""What counts as an answer: reading whatever a reader hands in, and saying why it is off.

Seven kinds of question: Number, Choice, Items (a list whose order does not matter), Table, State (of the actor bar), and
Open (a model answer and a rubric). Each holds what is asked, three graded hints, and the solution; `judge(answer)` never raises.
"""

import itertools
import math
import re
from dataclasses import dataclass, field

import pandas as pd

from frenemies.evidence import actors
from frenemies.exercises import reading
from frenemies.exercises.reading import Unreadable
from frenemies.templates import render


@dataclass
class Result:
    """What a check says. right: True, False, or None where nothing can be marked; says: why."""

    right: bool | None
    says: str

    def __bool__(self):
        return self.right is True

    def __repr__(self):
        return " ".join(
            filter(None, [{True: "Right.", False: "Not yet.", None: ""}[self.right], self.says])
        )

    def _repr_html_(self):
        return render("result.html.j2", right=self.right, text=repr(self))


@dataclass(kw_only=True)
class Question:
    """ask: the question; hints: three, each saying more; solution: how to get there; code: an expression that gives the right answer.

    means: what a right answer shows, in a sentence that does not give it away; again: what to look at after a slip that nobody foresaw.
    """

    ask: str
    hints: list
    solution: str
    code: str = ""
    means: str = ""
    again: str = "Which table, row and column did you use?"
    kind = "open"

    def judge(self, answer):
        """A Result, whatever the answer is."""
        try:
            return self._judge(answer)
        except Exception as error:  # a reader's object may do anything when looked at
            return Result(
                False, f"That cannot be read as an answer ({type(error).__name__}). {self.wanted()}"
            )

    def wanted(self):
        """The form of answer that is asked for, in words."""
        return "Write it in your own words."

    def unforeseen(self):
        """What to say to an answer that fits nothing known."""
        return f"{self.again} A hint helps."

    def accepted(self):
        """Normalised answers that count as right, for pages without Python."""
        return []

    def feedback(self):
        """Pairs of (normalised answers, what to say), for pages without Python: the first that fits is shown, and an empty list fits any answer."""
        return []

    def page_data(self):
        """What a page without Python must know to read an answer: {name of an attribute: value}."""
        return {}

    def lettered(self):
        """Pairs of (key, option) of a choice."""
        return []

    def points(self):
        """What earns points where only a reader can judge, a line each."""
        return []


@dataclass(kw_only=True)
class Number(Question):
    """A figure. wrong: pairs of (value, why it is off); digits 0 means a count, where only the exact number is right."""

    answer: float
    unit: str = ""
    digits: int = 1
    wrong: list = field(default_factory=list)
    kind = "number"

    def __post_init__(self):
        self.wrong = [
            (float(value), why)
            for value, why in self.wrong
            if math.isfinite(value) and not self.near(value, self.answer)
        ]

    def near(self, value, target):
        """Whether a value is the target: to within the last digit asked for, or 0.2 %."""
        return abs(value - target) <= (
            1e-9 if self.digits == 0 else max(10**-self.digits, abs(target) * 0.002) + 1e-9
        )

    def wanted(self):
        known = reading.UNITS["units"].get(self.unit, {})
        unit = known.get("form", f"a number in {self.unit}")
        return f"Give {unit}" + (
            f", to {self.digits} decimal{'s' * (self.digits > 1)}." if self.digits else "."
        )

    def page_data(self):
        return {"digits": self.digits, "unit": self.unit}

    def slips(self):
        """{factor: what happened}: slips of unit and, where it is no count, of sign and decimal point."""
        of_writing = reading.slips_of_writing() if self.digits else {}
        return reading.slips(self.unit) | of_writing

    def _judge(self, answer):
        try:
            figure = reading.figure(answer, self.unit)
        except Unreadable as error:
            return Result(False, f"{error} {self.wanted()}")
        if any(self.near(value, self.answer) for value in figure.scaled):
            return Result(True, self.means)
        if figure.factor != 1 and any(self.near(number, self.answer) for number in figure.numbers):
            asked = reading.UNITS["units"][self.unit]["asked"]
            says = "The number is right, its unit is not: that is in"
            return Result(False, f"{says} {figure.beside}, and {asked}.")
        return Result(False, self._why(figure.scaled[0]))

    def _why(self, value):
        known = sorted(self.wrong, key=lambda pair: abs(pair[0] - value))
        met = [why for target, why in known if self.near(value, target)]
        met += [why for factor, why in self.slips().items() if self._slipped(value, factor)]
        met += (
            [self._coarse]
            if any(math.isclose(value, rough, abs_tol=1e-9) for rough in self._roughly())
            else []
        )
        if met:
            return " Or: ".join(dict.fromkeys(met))
        for factor, unit in reading.slips(self.unit).items():
            for target, why in known:
                if self.near(value / factor, target):
                    return f"{unit} And then: {why}"
        if self.answer and abs(value / self.answer - 1) < 0.1 and self.digits:
            return f"Close. Round only at the end, and to {self.digits} decimal{'s' * (self.digits > 1)}. {self.unforeseen()}"
        return ("Too high. " if value > self.answer else "Too low. ") + self.unforeseen()

    @property
    def _coarse(self):
        return f"Close: give one more decimal. {self.wanted()}"

    def _roughly(self):
        """The answer with one decimal too few, rounded and cut off."""
        tens = 10 ** (self.digits - 1)
        return (
            [cut(self.answer * tens) / tens for cut in (round, math.trunc)] if self.digits else []
        )

    def _slipped(self, value, factor):
        meant = value / factor
        if abs(factor) < 1 and self.written(value, 2) == self.written(self.answer * factor, 2):
            return True  # a slip that makes a figure small: pages without Python see two decimals more, no further
        return self.near(meant, self.answer) or math.isclose(meant, self.answer, rel_tol=0.005)

    def written(self, value, more=0):
        """A value as pages without Python compare it: fixed decimals, a point, no minus before zero."""
        text = f"{value:.{self.digits + more}f}"
        return text.lstrip("-") if not float(text) else text

    def _around(self, value, reach=12):
        if self.digits == 0 and value % 1:
            return [self.written(value, 2)]
        beside = [
            round(value + n * 10**-self.digits, self.digits) for n in range(-reach, reach + 1)
        ]
        return [
            self.written(value),
            *(self.written(other) for other in beside if self.near(other, value)),
        ]

    def accepted(self):
        return list(dict.fromkeys(self._around(self.answer)))

    def feedback(self):
        right, seen, found = [self.answer, *map(float, self.accepted())], set(), []
        specific = [
            (self.accepted(), self.means),
            *((self._around(value, 3), why) for value, why in self.wrong),
        ]
        slips = [
            ([self.written(value * factor, 2 * (abs(factor) < 1)) for value in right], why)
            for factor, why in self.slips().items()
        ]
        rough = [([self.written(value) for value in self._roughly()], self._coarse)]
        for spellings, why in specific + slips + rough:
            fresh = [text for text in dict.fromkeys(spellings) if text not in seen]
            seen.update(fresh)
            found += [(fresh, why)] if fresh else []
        return [*found, ([], self.unforeseen())]


@dataclass(kw_only=True)
class Choice(Question):
    """One of several. options: (text, right?, feedback); their keys are a, b, c in the order given."""

    options: list
    kind = "choice"

    def lettered(self):
        """Pairs of (key, option)."""
        return list(zip("abcdefgh", self.options, strict=False))

    @property
    def answer(self):
        return next(key for key, (_, right, _) in self.lettered() if right)

    def wanted(self):
        return f"Answer with one letter, a to {self.lettered()[-1][0]}."

    def _judge(self, answer):
        word = str(reading.single(answer)).strip().casefold()
        for key, (text, right, feedback) in self.lettered():
            if (
                word.strip("().: ") == key
                or word == text.casefold()
                or word == str("abcdefgh".index(key) + 1)
            ):
                return Result(right, feedback)
        return Result(False, self.wanted())

    def accepted(self):
        return [self.answer]

    def feedback(self):
        return [([key], why) for key, (_, _, why) in self.lettered()]


@dataclass(kw_only=True)
class Items(Question):
    """Several actors, in any order. answer: ISO3 codes; wrong: {ISO3: why it does not belong}; missing: {ISO3: what it is that one tends to miss}."""

    answer: list
    wrong: dict = field(default_factory=dict)
    missing: dict = field(default_factory=dict)
    kind = "text"

    def wanted(self):
        return "Give names or codes, separated by commas, in any order."

    def page_data(self):
        return {"names": reading.names()}

    def unforeseen(self):
        return f"{self.wanted()} A hint helps."

    def _judge(self, answer):
        try:
            found = set(reading.codes(answer))
        except Unreadable as error:
            return Result(False, f"{error} {self.wanted()}")
        return self._compare(found, set(self.answer))

    def _compare(self, found, right):
        if found == right:
            return Result(True, self.means)
        extra, lacking = found - right, right - found
        why = [
            f"{actors.name(code)}: {self.wrong.get(code, 'does not belong.')}"
            for code in sorted(extra)
        ]
        why += [f"{len(lacking)} more belong{'s' * (len(lacking) == 1)}."] if lacking else []
        why += [
            self.missing[code] for code in sorted(lacking) if code in self.missing and not extra
        ][:1]
        return Result(False, " ".join([f"{len(found & right)} of {len(right)} are right.", *why]))

    def accepted(self):
        return [_row(self.answer)]

    def feedback(self):
        right = set(self.answer)
        told = [
            ([_row(some)], self._compare(some, right).says)
            for some in self._likely()
            if some != right
        ]
        return [(self.accepted(), self.means), *told, ([], self.unforeseen())]

    def _likely(self):
        """Answers that somebody may give: some of the right ones, with at most one wrong one, or everything that can be named."""
        some = [
            set(part)
            for n in range(len(self.answer) + 1)
            for part in itertools.combinations(self.answer, n)
        ]
        sets = [
            part | extra for extra in [set(), *({code} for code in self.wrong)] for part in some
        ]
        everything = {*self.answer, *self.wrong}
        return [one for one in sets if one] + ([everything] if everything not in sets else [])


def _row(codes):
    """A list as pages without Python compare it: sorted codes between commas."""
    return ",".join(sorted(codes))


@dataclass(kw_only=True)
class Table(Question):
    """A small table. answer: {key: number}; accepted as dict, Series or DataFrame, rows and columns in any order; key and value name the columns."""

    answer: dict
    key: str
    value: str
    unit: str = ""
    digits: int = 1
    wrong: list = field(default_factory=list)
    kind = "table"

    def wanted(self):
        return f'Give one line each, such as "Japan: 12.3"; in code, a table with the columns {self.key} and {self.value}, or a dict.'

    def _judge(self, answer):
        given = self._rows(answer)
        lacking = [key for key in self.answer if key not in given]
        if lacking:
            return Result(False, f"No row for {', '.join(map(_named, lacking))}. {self.wanted()}")
        for key, target in self.answer.items():
            wrong = [(values[key], why) for values, why in self.wrong if key in values]
            about = {"ask": "", "hints": [], "solution": "", "again": self.again}
            cell = Number(**about, answer=target, unit=self.unit, digits=self.digits, wrong=wrong)
            if not (found := cell.judge(given[key])):
                return Result(False, f"{_named(key)}: {found.says}")
        return Result(True, self.means)

    def _rows(self, answer):
        if isinstance(answer, str):
            answer = re.findall(
                r"([^\d\n;,:=]+?)[\s:=]+([-+]? ?\d[\d.,]*\d|[-+]? ?\d)",
                reading.with_our_signs(answer),
            )
        if isinstance(answer, pd.DataFrame):
            frame = answer if self.key in answer else answer.reset_index()
            value = (
                self.value if self.value in frame else frame.columns[frame.columns != self.key][-1]
            )
            answer = dict(zip(frame[self.key], frame[value], strict=True))
        pairs = (
            answer.items() if hasattr(answer, "items") else answer
        )  # no dict(): it would read an endless pair to its end
        return {
            reading.code_or_word(key): value
            for _, (key, value) in zip(range(100), pairs, strict=False)
        }


def _named(code):
    return actors.name(code) if code in actors.ALL else code


@dataclass(kw_only=True)
class State(Question):
    """A state of the actor bar. section: whose bar; test(shown) returns (right?, what to say); answer: one selection that is right."""

    section: str
    test: object
    answer: list
    kind = "state"

    def wanted(self):
        return "Set the boxes of the actor bar, then check."

    def _judge(self, answer):
        if answer is None:
            from frenemies import toggles

            answer = toggles.shown(self.section)
        right, says = self.test([reading.code_or_word(word) for word in reading.entries(answer)])
        return Result(bool(right), " ".join(filter(None, [says, self.means if right else ""])))


@dataclass(kw_only=True)
class Open(Question):
    """A question for a few sentences. solution is the model answer; rubric: (points, what earns them)."""

    rubric: list

    def points(self):
        return [f"{points}: {what}." for points, what in self.rubric]

    def _judge(self, answer):
        said = len(str(answer or "").split())
        if said < 8:
            return Result(
                None, "Write two or three sentences first: then compare with the model answer."
            )
        points = "; ".join(f"{points}: {what}" for points, what in self.rubric)
        return Result(
            None,
            f"Nobody marks this but you: open the solution, and give yourself the points. {points}.",
        )
