"""One page to hand in: a reader's own claim with its seal, code, pictures and verdict, as one HTML
file that loads nothing from elsewhere.
"""

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from heldto import evidence, stored
from heldto.claims.rule import AROUND
from heldto.claims.verdict import SIGNS
from heldto.claims.wording import describe_rule
from heldto.errors import Problem, numbered_names, or_else, write_atomic
from heldto.exercises import diary, sealed
from heldto.own import preregistration
from heldto.own import rule as own_rule
from heldto.own.cell_history import called
from heldto.own.claim import Claim, OwnCard
from heldto.own.page_words import picture_digest
from heldto.own.words import say_own
from heldto.pictures import marks
from heldto.pictures.picture import Picture
from heldto.publish.handouts.assets import assets, bar_settings
from heldto.templates import render, writing_page

WORDS, LETTERS = 7, 60  # of a claim in the name of its file, at most


@dataclass(frozen=True)
class Exported:
    """A page that was written: where it is, and a link to it."""

    path: Path
    link: str
    lacks: str = ""  # what it does not tell, where a page should

    def __repr__(self) -> str:
        return "\n".join(filter(None, [f"Written: {self.link}", self.lacks]))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> stored.Bundle:
        away = self.path.resolve().parent != Path.cwd()  # no link of a notebook leads there
        fill = partial(render, "exported.html.j2", lacks=self.lacks)
        lacks = f"{self.lacks} {say_own('to_here')}".strip()
        full = fill(place=str(self.path.resolve()), linked=False, lacks=lacks)
        view = stored.live_view(full) if away else None
        page = partial(fill, place=self.link, linked=False)  # where it is not at hand
        plain = fill(place=self.link, linked=True)
        return stored.bundle(repr(self), plain, page, view, kind="line")


def export(
    claim: Claim,
    *pictures: Picture,
    to: Path | str | None = None,
    code: str | Sequence[str] | None = None,
) -> Exported:
    """Write one self-contained HTML page to hand in: `fr.export(mine, picture)`.

    The page has the claim, the pictures with their switches, the verdict, the other readings and
    what the figure cannot show. It has the seal, the rule and your reasons, the code, and the
    sources, licences and traps of the tables. It has no name of a person. pictures: what
    `fr.toggled` or a `*_picture` function returns. to: a folder or a file (default:
    `my-claim-<first words>.html` beside your own file `my-answers.json`, in the folder of the
    notebook). code: a text that replaces the code of your cells. By default these are the cells
    that made, sealed and judged the claim, gave its readings and drew these pictures, and earlier
    cells that import something or gave a variable the value that these read, in the order in which
    you ran them. An export overwrites only an earlier export of the same sealed claim.

    Returns where it was written: `path`, and a link that a notebook shows. Raises Problem if there
    is no verdict yet, or if the file cannot be written.

    Examples
    --------
    >>> from frenemies import economic
    >>> mine = fr.Claim("China trades more with India than with Russia", rule="more_than",
    ...     holds=100, partly=90, unit="%", tables=["economic/trade"])
    >>> sealed, card = mine.seal(), mine.verdict(89.9)
    >>> fr.export(mine, economic.partners_picture(), code="share = 89.9")
    Written: my-claim-china-trades-more-with-india-than-with.html
    ...
    """
    if not isinstance(claim, Claim):
        raise Problem(f"fr.export takes a claim made by fr.Claim, not {claim!r:.60}")
    if claim.card is None:
        raise Problem(f"there is nothing to hand in yet: {called(claim)}.verdict(value) first")
    shown = _on_page(pictures)
    cells = _code(claim, pictures) if code is None else _given(code)
    html = own_page(claim, claim.card, shown, cells, given=code is not None)
    place = diary.own_file().parent if to is None else Path(to)
    target = (
        place if place.suffix == ".html" else place / f"my-claim-{_file_stem(claim.sentence)}.html"
    )
    remedy = 'make room there, or name another folder: fr.export(mine, to="...")'
    places = map(target.with_stem, numbered_names(target.stem))
    with or_else(remedy, "Not written: "):
        path = write_atomic(
            next(candidate for candidate in places if _is_free(candidate, claim)), html
        )
    conditions = {"no_limit": claim.limits, "no_picture": shown, "foreign": _are_of(claim, shown)}
    lacks = [say_own(lack, name=called(claim)) for lack, met in conditions.items() if not met]
    if unnamed := _unnamed(claim, cells):
        lacks.append(say_own("unnamed", tables=" and ".join(unnamed)))
    return Exported(path, path.name if to is None else path.as_posix(), " ".join(lacks))


# The file


def _file_stem(sentence: str) -> str:
    words = re.findall(r"\w+", sentence.casefold())[:WORDS]
    return "-".join(words)[:LETTERS].strip("-") or "page"


def _is_free(path: Path, claim: Claim) -> bool:
    """Whether nothing is lost where this file is written."""
    if not path.is_file():
        return not path.exists()  # nobody waits for what a pipe may say
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return f'<meta name="sealed-claim" content="{claim.hash}">' in text


# What stands on it


def _code(claim: Claim, pictures: Sequence[Any]) -> list[str]:
    """The cells that the claim was tested in, and those that drew the pictures."""
    return _given(claim.cells.code({picture.made_in for picture in pictures}))


def _given(code: str | Sequence[str]) -> list[str]:
    cells = [code] if isinstance(code, str) else code
    return [str(cell).strip() for cell in cells if str(cell).strip()]


def _unnamed(claim: Claim, cells: Sequence[str]) -> list[str]:
    """Tables of sections that the code names and the claim does not."""
    code = "\n".join(cells)
    names = {entry["name"] for entry in evidence.package()["resources"]} - {*claim.tables}
    quoted = (name for name in names if f'"{name}"' in code or f"'{name}'" in code)
    return sorted(name for name in quoted if "/" in name)


def _are_of(claim: Claim, pictures: Sequence[Picture]) -> bool:
    """Whether each picture rests on a table that the claim names, where it names any."""
    credit_lines = [evidence.source(table) for table in claim.tables] or [""]
    return all(any(credit in picture.source for credit in credit_lines) for picture in pictures)


def _on_page(pictures: Sequence[Any]) -> list[Picture]:
    """Pictures as they stand on a page. What fr.explore shows has one."""
    unwrapped = [getattr(item, "picture", item) for item in pictures]
    for picture in unwrapped:
        if not isinstance(picture, Picture):
            says = "that is not one of our pictures: turn a seaborn plot into one with fr.toggled"
            raise Problem(f"{type(picture).__name__}: {says}")
    return unwrapped


def page_content(
    claim: Claim, card: OwnCard, pictures: Sequence[str], code: Sequence[str], given: bool
) -> dict[str, Any]:
    """What a page is drawn from beside its seal, as JSON has it. pictures: what tells each one's
    words from any other.
    """
    figures = [verdict.finding.value for verdict in card.judged]
    others = zip(card.among["who"], card.among["value"], strict=True)
    return {
        "why": claim.why,
        "tables": claim.tables,
        "limits": claim.limits,
        "figures": figures,
        "others": {who: float(value) for who, value in others},
        "kept": claim.kept,
        "code": [*code],
        "given": given,
        "pictures": [*pictures],
    } | ({"directed": True} if claim.directed and claim.rule.comparison == "fall" else {})


def own_page(
    claim: Claim, card: OwnCard, pictures: Sequence[Picture], code: Sequence[str], given: bool
) -> str:
    """The page as HTML. code: cells, as they were run or, `given`, as their author put them
    there.
    """
    with writing_page():
        drawn = [str(picture.to_html()) for picture in pictures]
        content = page_content(claim, card, [*map(picture_digest, drawn)], code, given)
        marked = [who for picture in pictures for who, _ in marks.drawn_marks(picture.figure)]
        return _rendered(claim, card, content, drawn, set(card.among["who"]).union(*marked))


def drawn_anew(entry: Mapping[str, Any], switches: Collection[str]) -> str:
    """The page that the data of a page give, with empty figures in the place of its pictures.
    switches: ISO3 of the actors that its bar offers. Raises Problem, KeyError, TypeError where they
    give none.
    """
    content = entry["page"]
    rule = own_rule.sealed_rule(entry)
    around = rule.comparison in AROUND
    claim = Claim(
        entry["claim"],
        kind=entry["kind"],
        rule=rule.comparison,
        holds=rule.holds,
        partly=rule.partly,
        target=rule.target if around else None,
        unit=rule.unit,
        cap=rule.cap or None,
        why=content["why"],
        measure=entry.get("measure", ""),
        tables=content["tables"],
    )
    claim.take_seal(entry)
    claim.limits = content["limits"]
    claim.directed = content.get("directed", False)
    figures = [math.nan if figure is None else float(figure) for figure in content["figures"]]
    claim.card = claim.judged(figures, content["others"])
    with writing_page():
        empty = ["<figure></figure>" for _ in content["pictures"]]
        return _rendered(claim, claim.card, content, empty, {*switches})


def _rendered(
    claim: Claim,
    card: OwnCard,
    content: Mapping[str, Any],
    pictures: Sequence[str],
    listening: set[str],
) -> str:
    entry = claim.sealed
    assert entry  # else there would be no card
    code = content["code"]
    data = json.dumps({**entry, "page": content}, ensure_ascii=False)
    return render(
        "own_page.html.j2",
        claim=claim,
        card=card,
        kept=content["kept"],
        rule=describe_rule(claim.rule),
        sealed=preregistration.moment(entry["time"]),
        doubts=card.doubts("\n".join(code)),
        yardstick=card.yardstick,
        signs=SIGNS,
        pictures=pictures,
        code=code,
        given=content["given"],
        tables=[evidence.describe(name) for name in claim.tables],
        hashed=sealed.hashed_text(claim.content),
        data=data.replace("<", "\\u003c"),
        bar=bar_settings(listening, claim.section),
        assets=assets(),
    )
