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

from frenemies.errors import did_you_mean
from frenemies.evidence import actors

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
SIZES = {"trillions": 1e12, "billions": 1e9, "millions": 1e6, "thousands": 1e3}
UNITS = {  # what is written beside a figure: the spellings of it
    "percent": ["%", "percent", "per cent", "percentage"],
    "dollars": ["$", "usd", "dollar"],
    "euros": ["€", "eur", "euro"],
    "yuan": ["yuan", "rmb"],
    "roubles": ["rouble", "ruble", "rub"],
    "trillions": ["trillion", "tn"],
    "billions": ["billion", "bn", "milliard", "mrd", "bcm", "b"],
    "millions": ["million", "mn", "mio", "m"],
    "thousands": ["thousand", "k"],
}
ASKED = {  # unit that a question asks for: how it is said, and what may stand beside the figure
    "USD bn": ("billions of dollars are asked", ["dollars", *SIZES]),
    "billion cubic metres": ("billions of cubic metres are asked", [*SIZES]),
    "%": ("a percentage is asked", ["percent"]),
    "percentage points": ("percentage points are asked", ["percent"]),
    "index": ("an index from -1 to 1 is asked", ["percent"]),
    "score": ("a score from 0 to 1 is asked", ["percent"]),
    "": ("a plain number is asked", [*SIZES]),
}
SAID = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ALIKE = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)}
    | dict.fromkeys("−–—‐‑﹣", "-")
    | dict.fromkeys("、،", ",")
)
CODES = "write names in English, or codes of three letters such as CHN"


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
        return " ".join(
            filter(None, [{True: "Right.", False: "Not yet.", None: ""}[self.right], self.says])
        )

    def _repr_html_(self):
        colour = {True: "#1b7837", False: "#a6340f", None: "#777"}[self.right]
        return f'<p role="status" style="border-left:4px solid {colour};padding-left:.6em">{html.escape(repr(self))}</p>'


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


def single(answer):
    """The one value inside a Series, DataFrame, array, list or dict of length one; else the answer itself. Raises Unreadable where there are several."""
    if isinstance(answer, pd.DataFrame):
        answer = answer.select_dtypes("number") if answer.shape[1] > 1 else answer
        answer = answer.to_numpy().ravel()
    if isinstance(answer, dict):
        answer = list(answer.values())
    if hasattr(answer, "__len__") and not isinstance(answer, (str, bytes)):
        if len(answer) != 1:
            raise Unreadable(
                f"One number is asked for, and that holds {len(answer)}: pick out the one."
            )
        return single(next(iter(answer)))
    return answer


def _signs(text):
    """A text with the signs of other keyboards (full width, dashes), and a written minus, as ours."""
    return re.sub(r"\bminus\s*", "-", text.translate(ALIKE), flags=re.IGNORECASE)


def readings(answer, unit=""):
    """Every number an answer can mean, in the unit asked for: "107,1" is 107.1, "107,100" also 107100.

    Raises Unreadable where there is none, or where another unit stands beside it.
    """
    numbers, factor, _ = figures(answer, unit)
    return [number * factor for number in numbers]


def figures(answer, unit=""):
    """The numbers an answer can mean as they are written, what the words beside them multiply them by, and that unit. Raises Unreadable."""
    answer = single(answer)
    if isinstance(answer, bool) or answer is None:
        raise Unreadable("That is no number.")
    if not isinstance(answer, str):
        return [_finite(float(answer))], 1.0, ""
    text = _signs(answer).strip().casefold()
    if text.rstrip(".") in SAID:
        return [float(SAID.index(text.rstrip(".")))], 1.0, ""
    text = re.sub(r"(?<=[0-9])[\s'’_](?=[0-9]{3}(?![0-9]))", "", text)
    found = re.findall(r"([-+]?)\s?([.,]?[0-9][0-9.,]*(?:e[-+]?[0-9]+)?)", text)
    if len(found) != 1:
        raise Unreadable(
            "One number is asked for."
            if found
            else "There is no number in that: write one with the digits 0 to 9."
        )
    sign, digits = found[0]
    factor, beside = _beside(text, unit)
    return (
        [_finite(float(sign + reading)) for reading in _decimals(digits.rstrip(".,"))],
        factor,
        beside,
    )


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


def _beside(text, unit):
    """What the words beside a figure multiply it by, and the unit that does so. Raises Unreadable for a unit that was not asked for."""
    named = [name for name, words in UNITS.items() if any(_stands(word, text) for word in words)]
    asked, fitting = ASKED.get(unit, ("", list(UNITS)))
    if other := [name for name in named if name not in fitting]:
        raise Unreadable(f"That is in {other[0]}: {asked}.")
    if unit in ("index", "score") and named:
        return 0.01, "percent"
    size = next((name for name in SIZES if name in named), "")
    return (SIZES[size] / (1e9 if unit else 1) if size and asked else 1.0), size


def _stands(word, text):
    """Whether a word, or a sign, stands in a text: "bn" does in "88bn", not in "lisbn"."""
    before = "[0-9] ?" if len(word) == 1 else "(^|[^a-z])"
    return bool(re.search(rf"{before}{word}s?([^a-z]|$)", text)) if word.isalpha() else word in text


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
        unit = {
            "index": "an index from -1 to 1",
            "score": "a score from 0 to 1",
            "": "a number",
        }.get(self.unit, f"a number in {self.unit}")
        return f"Give {unit}" + (
            f", to {self.digits} decimal{'s' * (self.digits > 1)}." if self.digits else "."
        )

    def slips(self):
        """{factor: what happened}: slips of unit and, where it is no count, of sign and decimal point."""
        return {**SCALES.get(self.unit, {}), **(SLIPS if self.digits else {})}

    def _judge(self, answer):
        try:
            numbers, factor, beside = figures(answer, self.unit)
        except Unreadable as error:
            return Result(False, f"{error} {self.wanted()}")
        values = [number * factor for number in numbers]
        if any(self.near(value, self.answer) for value in values):
            return Result(True, self.means)
        if factor != 1 and any(self.near(number, self.answer) for number in numbers):
            return Result(
                False,
                f"The number is right, its unit is not: that is in {beside}, and {ASKED[self.unit][0]}.",
            )
        return Result(False, self._why(values[0]))

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
        word = str(single(answer)).strip().casefold()
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

    def unforeseen(self):
        return f"{self.wanted()} A hint helps."

    def _judge(self, answer):
        try:
            found = set(codes(answer))
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


def names():
    """Every name of every actor, for pages without Python: "JPN=Japan|Tokyo;KOR=South Korea|Republic of Korea|..."."""
    return ";".join(f"{row['actor']}={'|'.join(_names(row))}" for row in actors.table())


def _names(row):
    return [row["name"], *filter(None, row["aliases"].split(";"))]


def codes(answer):
    """ISO3 of the actors that an answer lists, sorted. Raises Unreadable with what could not be read, two of them at most."""
    found, unread = set(), []
    for word in listed(answer):
        try:
            found.update(_called(word))
        except Unreadable as error:
            unread.append(str(error))
    if unread or not found:
        raise Unreadable(" ".join(unread[:2]) or "No actor is named in that.")
    return sorted(found)


def _ending_in(word):
    names = sorted(actors.name(code) for code in actors.ALL)
    return [name for name in names if name.casefold().split()[-1] == word.casefold()]


def _which(word):
    """Asks which of several actors is meant; nothing where at most one can be."""
    names = _ending_in(word)
    return (
        f'"{names[0].split()[-1]}" can be {" or ".join(names)}: say which.'
        if len(names) > 1
        else ""
    )


def _called(text):
    """ISO3 of each actor that a text names, with or without commas: "JPN KOR", "the Philippines". Raises Unreadable."""
    words = text.split()
    for size in range(min(len(words), 5), 0, -1):
        if code := _actor(" ".join(words[:size])):
            return [code, *_called(" ".join(words[size:]))]
    if words and words[0].casefold() == "the":
        return _called(" ".join(words[1:]))
    if words:
        raise Unreadable(_which(words[0].strip(".")) or _unknown(" ".join(words).strip(".")))
    return []


def _actor(word):
    for spelling in (word, word.rstrip(".")):
        with contextlib.suppress(actors.UnknownActor):
            return actors.find(spelling)
    return ""


def _unknown(word):
    spelt = {
        name: f"{row['actor']} ({row['name']})" for row in actors.table() for name in _names(row)
    }
    return (
        f'There is no "{word}" among the actors here: {CODES}. {did_you_mean(word, spelt)}'.strip()
    )


def listed(answer):
    """Words of an answer that lists something: a string with commas, any iterable, a Series, one column of a DataFrame."""
    if isinstance(answer, str):
        parts = re.split(r"[,;/&\n]|\band\b", answer.translate(ALIKE), flags=re.IGNORECASE)
        return [word for part in parts if (word := part.strip().lstrip("-*•").strip())]
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
            answer = re.findall(
                r"([^\d\n;,:=]+?)[\s:=]+([-+]? ?\d[\d.,]*\d|[-+]? ?\d)", _signs(answer)
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
            return Result(
                None, "Write two or three sentences first: then compare with the model answer."
            )
        points = "; ".join(f"{points}: {what}" for points, what in self.rubric)
        return Result(
            None,
            f"Nobody marks this but you: open the solution, and give yourself the points. {points}.",
        )
