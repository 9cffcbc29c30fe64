"""What counts as an answer: reading whatever a reader hands in, and saying why it is off.

Seven kinds of question: Number, Choice, Items (a list whose order does not matter), Table, State (of the actor bar), and
Open (a model answer and a rubric). Each holds what is asked, three graded hints, and the solution; `judge(answer)` never raises.
"""

import contextlib
import html
import itertools
import math
import re
from dataclasses import dataclass, field

import pandas as pd

from frenemies import actors

SCALES = {  # factor between what was given and what was asked: what happened
    "USD bn": {
        1e3: "That is in millions; billions are asked.",
        1e9: "That is in dollars; billions are asked.",
        1e6: "That is in thousands; billions are asked.",
        1e-3: "That is in trillions; billions are asked.",
    },
    "%": {
        1e-2: "That is a fraction; a percentage is asked, so multiply by 100.",
        1e2: "That was multiplied by 100 twice: a percentage cannot be that large.",
    },
    "percentage points": {
        1e-2: "That is a fraction; percentage points are asked, so multiply by 100.",
        1e2: "That was multiplied by 100 twice: there are only 100 percentage points.",
    },
    "index": {
        1e2: "That is a percentage; the index runs from -1 to 1, so do not multiply by 100.",
        1e4: "That was multiplied by 100 twice; the index runs from -1 to 1.",
    },
    "score": {
        1e2: "That is a percentage; the score runs from 0 to 1.",
        1e4: "Use confidences as fractions: 80 % is 0.8.",
    },
}
SLIPS = {
    -1: "The size is right, the sign is not: which way round did you subtract?",
    10: "The decimal point stands one place too far right.",
    0.1: "The decimal point stands one place too far left.",
}
WORDS = {
    "trillion": 1e12,
    "tn": 1e12,
    "billion": 1e9,
    "bn": 1e9,
    "milliard": 1e9,
    "million": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "thousand": 1e3,
}
SAID = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


class Unreadable(ValueError):
    """No number could be made out; the message says why."""


@dataclass
class Result:
    """What a check says. right: True, False, or None where nothing can be marked; says: why."""

    right: bool | None
    says: str

    def __bool__(self):
        return self.right is True

    def __repr__(self):
        return " ".join(filter(None, [{True: "Right.", False: "Not yet.", None: ""}[self.right], self.says]))

    def _repr_html_(self):
        colour = {True: "#1b7837", False: "#a6340f", None: "#777"}[self.right]
        return (
            f'<p role="status" style="border-left:4px solid {colour};padding-left:.6em">{html.escape(repr(self))}</p>'
        )


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
            return Result(False, f"That cannot be read as an answer ({type(error).__name__}). {self.wanted()}")

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


def single(answer):
    """The one value inside a Series, DataFrame, array, list or dict of length one; else the answer itself. Raises Unreadable where there are several."""
    if isinstance(answer, pd.DataFrame):
        answer = answer.select_dtypes("number") if answer.shape[1] > 1 else answer
        answer = answer.to_numpy().ravel()
    if isinstance(answer, dict):
        answer = list(answer.values())
    if hasattr(answer, "__len__") and not isinstance(answer, (str, bytes)):
        if len(answer) != 1:
            raise Unreadable(f"One number is asked for, and that holds {len(answer)}: pick out the one.")
        return single(next(iter(answer)))
    return answer


def readings(answer, unit=""):
    """Every number an answer can mean, in the unit asked for: "107,1" is 107.1, "107,100" also 107100. Raises Unreadable where there is none."""
    answer = single(answer)
    if isinstance(answer, bool) or answer is None:
        raise Unreadable("That is no number.")
    if not isinstance(answer, str):
        return [_finite(float(answer))]
    text = re.sub(r"(?<=\d)[\s'’_](?=\d{3}\b)", "", answer.replace("−", "-").strip().casefold())
    found = re.findall(r"([-+]?)[ ]?([.,]?\d[\d.,]*(?:e[-+]?\d+)?)", text)
    if text in SAID:
        return [float(SAID.index(text))]
    if len(found) != 1:
        raise Unreadable("One number is asked for." if found else "There is no number in that.")
    sign, digits = found[0]
    return [_finite(float(sign + reading) * _factor(text, unit)) for reading in _decimals(digits.rstrip(".,"))]


def _finite(value):
    if not math.isfinite(value):
        raise Unreadable("That is no number.")
    return value


def _decimals(digits):
    """A number's possible spellings with a decimal point: comma and point may each be either."""
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:
        return [digits.replace("," if marks[-1] == "." else ".", "").replace(",", ".")]
    if len(marks) > 1:
        return [re.sub("[.,]", "", digits)]
    return [digits.replace(",", ".")] + (
        [digits.replace(",", "")] if re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits) else []
    )


def _factor(text, unit):
    if unit == "USD bn":
        return next(
            (size / 1e9 for word, size in WORDS.items() if re.search(rf"(?<![a-z]){word}s?(?![a-z])", text)), 1.0
        )
    return 0.01 if unit == "index" and ("%" in text or "percent" in text) else 1.0


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
        return abs(value - target) <= (1e-9 if self.digits == 0 else max(10**-self.digits, abs(target) * 0.002) + 1e-9)

    def wanted(self):
        unit = {"index": "an index from -1 to 1", "score": "a score from 0 to 1", "": "a number"}.get(
            self.unit, f"a number in {self.unit}"
        )
        return f"Give {unit}" + (f", to {self.digits} decimal{'s' * (self.digits > 1)}." if self.digits else ".")

    def slips(self):
        """{factor: what happened}: slips of unit and, where it is no count, of sign and decimal point."""
        return {**SCALES.get(self.unit, {}), **(SLIPS if self.digits else {})}

    def _judge(self, answer):
        try:
            values = readings(answer, self.unit)
        except Unreadable as error:
            return Result(False, f"{error} {self.wanted()}")
        if any(self.near(value, self.answer) for value in values):
            return Result(True, self.means)
        return Result(False, self._why(values[0]))

    def _why(self, value):
        known = sorted(self.wrong, key=lambda pair: abs(pair[0] - value))
        met = [why for target, why in known if self.near(value, target)]
        met += [why for factor, why in self.slips().items() if self._slipped(value, factor)]
        met += [self._coarse] if any(math.isclose(value, rough, abs_tol=1e-9) for rough in self._roughly()) else []
        if met:
            return " Or: ".join(dict.fromkeys(met))
        for factor, unit in SCALES.get(self.unit, {}).items():
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
        return [cut(self.answer * tens) / tens for cut in (round, math.trunc)] if self.digits else []

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
        beside = [round(value + n * 10**-self.digits, self.digits) for n in range(-reach, reach + 1)]
        return [self.written(value), *(self.written(other) for other in beside if self.near(other, value))]

    def accepted(self):
        return list(dict.fromkeys(self._around(self.answer)))

    def feedback(self):
        right, seen, found = [self.answer, *map(float, self.accepted())], set(), []
        specific = [(self.accepted(), self.means), *((self._around(value, 3), why) for value, why in self.wrong)]
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
        word = str(single(answer)).strip().casefold()
        for key, (text, right, feedback) in self.lettered():
            if word.strip("().: ") == key or word == text.casefold() or word == str("abcdefgh".index(key) + 1):
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

    def unforeseen(self):
        return f"{self.wanted()} A hint helps."

    def _judge(self, answer):
        found, unknown = set(), []
        for word in listed(answer):
            try:
                found.update(_called(word))
            except actors.UnknownActor as error:
                unknown.append(str(error))
        if unknown or not found:
            return Result(False, " ".join([*unknown[:2], self.wanted()]))
        return self._compare(found, set(self.answer))

    def _compare(self, found, right):
        if found == right:
            return Result(True, self.means)
        extra, lacking = found - right, right - found
        why = [f"{actors.name(code)}: {self.wrong.get(code, 'does not belong.')}" for code in sorted(extra)]
        why += [f"{len(lacking)} more belong{'s' * (len(lacking) == 1)}."] if lacking else []
        why += [self.missing[code] for code in sorted(lacking) if code in self.missing and not extra][:1]
        return Result(False, " ".join([f"{len(found & right)} of {len(right)} are right.", *why]))

    def accepted(self):
        return [*_spelt(self.answer), *_in_a_row(self.answer)]

    def feedback(self):
        right = set(self.answer)
        told = [(self.accepted(), self.means)]
        told += [(_spelt(some), self._compare(some, right).says) for some in self._likely() if some != right]
        for code in filter(_shared, self.answer):
            unclear = [text for some in self._likely() if code in some for text in _spelt(some, {code: _shared(code)})]
            told.append((unclear, f"{_which(_shared(code))} {self.wanted()}"))
        return [*told, ([], self.unforeseen())]

    def _likely(self):
        """Answers that somebody may give: some of the right ones, with at most one wrong one, or everything that can be named."""
        some = [set(part) for n in range(len(self.answer) + 1) for part in itertools.combinations(self.answer, n)]
        sets = [part | extra for extra in [set(), *({code} for code in self.wrong)] for part in some]
        everything = {*self.answer, *self.wrong}
        return [one for one in sets if one] + ([everything] if everything not in sets else [])


def _spelt(codes, instead=()):
    """A list as pages without Python compare it: sorted small letters between commas, each actor by name and by code. instead: {ISO3: another word}."""
    forms = [[instead[code].casefold()] if code in instead else _forms(code) for code in sorted(codes)]
    return list(dict.fromkeys(",".join(sorted(row)) for row in itertools.product(*forms)))


def _forms(code):
    name = actors.name(code).casefold()
    plural = [f"the {name}"] if name.endswith("s") else []  # the Philippines, the United States
    return [name, code.casefold(), *plural]


def _in_a_row(codes):
    """The same list without commas, in any order."""
    rows = itertools.permutations(codes)
    return [" ".join(write(code) for code in row).casefold() for row in rows for write in (actors.name, str)]


def _shared(code):
    """The word that ends this actor's name and another's as well, such as Korea; else nothing."""
    last = actors.name(code).split()[-1]
    return last if len(_ending_in(last)) > 1 else ""


def _ending_in(word):
    names = sorted(actors.name(code) for code in actors.ALL)
    return [name for name in names if name.casefold().split()[-1] == word.casefold()]


def _which(word):
    """Asks which of several actors is meant; nothing where at most one can be."""
    names = _ending_in(word)
    return f'"{names[0].split()[-1]}" can be {" or ".join(names)}: say which.' if len(names) > 1 else ""


def _called(text):
    """ISO3 of each actor that a text names, with or without commas: "JPN KOR", "the Philippines". Raises UnknownActor."""
    words = text.split()
    for size in range(min(len(words), 5), 0, -1):
        if code := _actor(" ".join(words[:size])):
            return [code, *_called(" ".join(words[size:]))]
    if words and words[0].casefold() == "the":
        return _called(" ".join(words[1:]))
    if words and (unclear := _which(words[0])):
        raise actors.UnknownActor(unclear)
    return [actors.find(" ".join(words))] if words else []  # which raises, and suggests a name


def _actor(word):
    for spelling in (word, word.rstrip(".")):
        with contextlib.suppress(actors.UnknownActor):
            return actors.find(spelling)
    return ""


def listed(answer):
    """Words of an answer that lists something: a string with commas, any iterable, a Series, one column of a DataFrame."""
    if isinstance(answer, str):
        return [word.strip() for word in re.split(r",|;|\n|\band\b|&", answer, flags=re.IGNORECASE) if word.strip()]
    if isinstance(answer, pd.DataFrame):
        answer = answer.select_dtypes(exclude="number").iloc[:, 0]
    return [str(word) for _, word in zip(range(100), answer, strict=False)]


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
            answer = re.findall(r"([^\d\n;,:=]+?)[\s:=]+([-+]? ?\d[\d.,]*\d|[-+]? ?\d)", answer.replace("\u2212", "-"))
        if isinstance(answer, pd.DataFrame):
            frame = answer if self.key in answer else answer.reset_index()
            value = self.value if self.value in frame else frame.columns[frame.columns != self.key][-1]
            answer = dict(zip(frame[self.key], frame[value], strict=True))
        pairs = (
            answer.items() if hasattr(answer, "items") else answer
        )  # no dict(): it would read an endless pair to its end
        return {_code(key): value for _, (key, value) in zip(range(100), pairs, strict=False)}


def _named(code):
    return actors.name(code) if code in actors.ALL else code


def _code(word):
    try:
        return actors.find(word)
    except actors.UnknownActor:
        return str(word)


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
        right, says = self.test([_code(word) for word in listed(answer)])
        return Result(bool(right), " ".join(filter(None, [says, self.means if right else ""])))


@dataclass(kw_only=True)
class Open(Question):
    """A question for a few sentences. solution is the model answer; rubric: (points, what earns them)."""

    rubric: list

    def _judge(self, answer):
        said = len(str(answer or "").split())
        if said < 8:
            return Result(None, "Write two or three sentences first: then compare with the model answer.")
        points = "; ".join(f"{points}: {what}" for points, what in self.rubric)
        return Result(None, f"Nobody marks this but you: open the solution, and give yourself the points. {points}.")
