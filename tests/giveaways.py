"""What gives a verdict away before its guess: a page as pieces in the order in which it is read, and the claims that a piece tells too much of."""

import re
from functools import lru_cache
from typing import NamedTuple

from heldto import evidence, stored
from heldto.claims import ledger, units
from heldto.exercises import score

DECIDED_BY = {  # pictures, and the claims that can be read off them
    "alarm": "M15",
    "arms_ties": "G10 G3 G6",
    "balance": "E4",
    "china_imports": "M4 G3",
    "coal": "E7",
    "engagement": "F2",
    "exercises": "M2 M3",
    "lean": "G1",
    "meetings": "F1",
    "mirror": "E1",
    "network": "F4",
    "origins": "E5 E6 E9",
    "pairs": "F5",
    "partners": "E3",
    "pledges": "M11 M13",
    "pyongyang": "G11",
    "ranks": "E3",
    "submarines": "M8",
    "suppliers": "M5 M6",
    "thirds": "F4",
    "trade_war": "E8",
    "turn": "F3",
    "union": "E2 E10",
}
ALL = {"glance"}  # pictures that show every verdict
DRAWN = re.compile(
    r"(?:explore|examine)\([^)]*?\b\w+\.(\w+)_picture\b"
)  # as it is, not with a part of its actors
CLAIM = re.compile(r"\b[EFGM]\d+\b")
RULED = re.compile(rf"\b(?:{'|'.join(score.WORDS)})\b", re.I)
SUPPOSED = re.compile(
    r"\b(?:if|would|could|whether|where|while|unless)\b|\?", re.I
)  # a rule, a question
ENOUGH = {"%": 3, "": 4}  # digits of a figure that is known with nothing but this beside it


class Piece(NamedTuple):
    """Words of a page: kind is "guess", "draw", "verdict", "picture", "covered" (a picture until a guess elsewhere) or "words"; about: claims, or what a picture is called."""

    kind: str
    about: str
    text: str


def claims():
    """Ids of all claims."""
    return list(evidence.table("claims")["id"])


def judged(cell):
    """The claims whose cards a cell shows."""
    source = cell.source
    if cell.cell_type == "code" and re.search(r"\bfr\.examine\(", source):
        return CLAIM.findall(source.partition("verdicts=")[2] or source)
    return CLAIM.findall(source) if re.match(r'fr\.verdict\("[A-Z]\d+"\)', source) else []


def examined(cell, text):
    """The pieces of a claim in one cell, in the order in which a reader is shown them."""
    ids, drawn = CLAIM.findall(cell.source.partition("verdicts=")[0]), DRAWN.findall(cell.source)
    asks = "ask=False" not in cell.source
    parts = text.split("\n\n")
    if asks:
        yield Piece("guess", " ".join(ids), parts.pop(0))
    for claim in [*ids]:
        if parts and parts[0].startswith("Draw it first"):
            yield Piece("draw", claim, parts.pop(0))
    if drawn:
        yield Piece(
            "picture" if asks else "covered", " ".join(drawn), parts.pop(0) if parts else ""
        )
    for claim, card in zip(judged(cell), parts, strict=False):
        yield Piece("verdict", claim, card)


def of_notebook(notebook):
    """The pieces of a notebook with its stored outputs, from top to bottom."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield Piece("words", "", cell.source)
        for output in cell.get("outputs", []):
            data, about = output.get("data", {}), stored.metadata_of(output)
            kind = about.get("kind", "words")
            if kind == "examine":
                yield from examined(cell, data.get("text/plain", ""))
                continue
            names = (DRAWN if kind == "picture" else CLAIM).findall(cell.source)
            names = (
                names or about.get("claim", "").split()
            )  # of a round that names none in its cell
            yield Piece(kind, " ".join(names), output.get("text") or data.get("text/plain", ""))


def titles(pieces):
    """{title: claims} of the pictures among some pieces by which claims can be decided."""
    return {
        piece.text.partition("\n")[0]: decided(piece.about)
        for piece in pieces
        if piece.kind == "picture" and decided(piece.about)
    }


def decided(pictures):
    """The claims that can be read off some pictures, given by name."""
    names = pictures.split()
    if ALL & set(names):
        return set(claims())
    return {claim for name in names for claim in DECIDED_BY.get(name, "").split()}


@lru_cache
def told(claim):
    """(reasons, [(pattern of a deciding figure, the figure in small letters)]) as the card of a claim prints them."""
    sides = ledger.both(claim)
    figures = {form for side in sides for value in _values(side) for form in _forms(value, side)}
    reasons = {_plain(side.reason) for side in sides if side.reason and side.tables}
    return reasons, [(re.compile(form, re.I), said.lower()) for form, said in sorted(figures)]


def _values(side):
    value = side.value
    several = value.values() if isinstance(value, dict) else value
    return several if isinstance(several, (tuple, type({}.values()))) else (value,)


def _forms(value, side):
    """How a deciding figure is written: with its unit, and where it has many digits alone."""
    if not isinstance(value, (int, float)) or ";" in side.rule.unit or value in (0, 100):
        return
    rule = side.rule
    forms = (units.format_long, units.format_short)
    for said in {form(value, rule.unit, rule.edges()) for form in forms}:
        number = re.search(r"[\d,.]*\d", said)[0]
        digits, unit = sum(sign.isdigit() for sign in number), said.replace(number, "").strip(" -")
        if digits >= ENOUGH.get(unit, 0):
            yield rf"(?<![\w.,-]){re.escape(said)}(?![\w])", said
        if digits >= ENOUGH[""]:
            yield rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)", number


def _plain(text):
    return " ".join(text.split())


def tells(claim, piece, headed=None):
    """Why a piece gives the verdict on a claim away; "" where it does not. headed: {title: claims}."""
    text = _plain(piece.text)
    if piece.kind == "verdict" and claim in piece.about.split():
        return "its card"
    if piece.kind == "draw" and claim in piece.about.split():
        return "the line that leads to it"
    if piece.kind == "picture" and claim in decided(piece.about):
        return f"the picture that decides it ({piece.about})"
    for title, about in (headed or {}).items():
        if claim in about and title in text:
            return f"a title that states it ({title})"
    reasons, figures = told(claim)
    if any(reason in text for reason in reasons):
        return "the reason of its verdict"
    small = text.lower()
    for pattern, figure in figures:
        if figure in small and (found := pattern.search(text)):  # most of them stand nowhere in it
            return f"its deciding figure ({found[0]})"
    if claim not in text:
        return ""
    for sentence in re.split(r"(?<=[.!?:;])\s+|\n+", piece.text):
        named = re.search(rf"\b{claim}\b", sentence)
        if named and RULED.search(sentence) and not SUPPOSED.search(sentence):
            return f"its verdict in words ({_plain(sentence)})"
    return ""


def given_away(pieces, guessed=(), headed=None):
    """(claim, why, where) of all that stands before the guess it gives away, in the order of a page."""
    waiting, found, before = [one for one in claims() if one not in guessed], [], ""
    for piece in pieces:
        if piece.kind == "guess":
            waiting = [one for one in waiting if one not in piece.about.split()]
            continue
        for claim in waiting:
            if why := tells(claim, piece, headed):
                found.append((claim, why, before or _plain(piece.text)[:60]))
        if heading := re.match(r"#+ (.+)", piece.text):
            before = heading[1]
    return found
