"""The papers of a seminar, in Markdown: those in docs/seminar of the article. A folder without them
gets a plan, a letter and the misreadings from its claims; a paper of its own takes their place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from heldto import article
from heldto.claims import row
from heldto.claims.claim import ArticleClaim
from heldto.claims.listed import every_claim, find_claim
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.evidence.caching import cached
from heldto.evidence.paths import docs_dir
from heldto.exercises import sheets
from heldto.foreign import inside
from heldto.templates import render
from heldto.toggles import of_claims

PAPERS = (".md", ".bib")
MINUTES = 45
GROUPS = 4  # at most
FEWEST = 2  # groups: one claim is no work in groups
SPENT = {"thesis": 4, "guess": 5, "verdict": 8, "groups": 14, "last": 10, "mind": 4}
MADE = {"README.md": "lecturer.md.j2", "plan-45.md": "lesson.md.j2"}
MADE |= {"letter.md": "class_letter.md.j2", "misreadings.md": "cannot.md.j2"}


@dataclass(frozen=True)
class Step:
    """A part of a plan: its minutes, what is done, and the claims that it takes."""

    first: int
    last: int
    does: str
    claims: list[ArticleClaim]


def texts() -> dict[str, str]:
    """{name of a paper: its text}, sorted by name."""
    folder = docs_dir() / "seminar"
    names = (path.name for path in folder.glob("*") if path.suffix in PAPERS)
    written = {name: _read(inside(folder, name)) for name in names}
    if not article.current().is_package:
        missing = MADE.keys() - written.keys()
        written |= {name: _made(MADE[name]) for name in missing}
    return dict(sorted(written.items()))


def plans() -> dict[str, str]:
    """{name of a plan, without its ending: its Markdown}."""
    return {
        name.removesuffix(".md"): text
        for name, text in texts().items()
        if name.startswith("plan-") and name.endswith(".md")
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Problem(f"docs/seminar/{path.name} is not UTF-8: save the file as UTF-8") from None


@cached
def _made(template: str) -> str:
    """A paper from a template, by what the article says of its claims and pictures."""
    steps = [*lesson()]
    claims = [claim for step in steps for claim in step.claims]
    return str(
        render(
            template,
            steps=steps,
            minutes=MINUTES,
            place=_place,
            homework=_homework(claims),
            pictures=_pictures(),
            claims=[claim for claim in every_claim().values() if claim.cannot],
        )
    )


def lesson() -> Iterator[Step]:
    """The parts of a lesson, which fill its minutes: one claim together, up to four in groups, and
    one that no table decides, or one more.
    """
    judged, undecided = _in_turn()
    first, rest = judged[:1] or undecided[:1], judged[1:]
    last = [claim for claim in undecided if claim not in first][:1] or rest[:1]
    rest = [claim for claim in rest if claim not in last]
    together = rest if len(rest) >= FEWEST else []
    parts = [("thesis", []), ("guess", first), ("verdict", first)]
    parts += [("groups", together[:GROUPS])] if together else []
    parts += [("last", last)] if last else []
    end = sum(SPENT[does] for does, _ in [*parts, ("mind", [])])
    now = 0
    for does, claims in parts:
        yield Step(now, now + SPENT[does], does, claims)
        now += SPENT[does]
    if end < MINUTES:  # few claims leave time
        yield Step(now, MINUTES - SPENT["mind"], "rule", first)
    yield Step(MINUTES - SPENT["mind"], MINUTES, "mind", [])


def _in_turn() -> tuple[list[ArticleClaim], list[ArticleClaim]]:
    """The claims that figures decide, those with a picture first and the sections in turn; and
    those that no figure decides. The claims of [first_round] come before all others.
    """
    named = [*article.current().first_round]
    by_section: dict[str, int] = {}
    ranked = []
    for place, claim in enumerate(every_claim().values()):
        if claim.fault or not claim.notebook:
            continue
        turn = by_section.setdefault(claim.section, 0)
        by_section[claim.section] += 1
        order = named.index(claim.id) if claim.id in named else len(named)
        ranked.append((order, not of_claims.pictures_of(claim.id), turn, place, claim))
    claims = [claim for *_, claim in sorted(ranked, key=lambda one: one[:-1])]
    judged = [claim for claim in claims if claim.measured_by in ("shape", "Python")]
    return judged, [claim for claim in claims if claim not in judged]


def _place(claim: ArticleClaim, projected: bool = True) -> str:
    """The address of a claim as a plan has it, with its actors alone; of one actor with all, for
    a line alone compares nothing. Categories all stay: together they are the whole of a share.
    """
    every = actors.categories()
    acting = [code for code in claim.actors if code not in every]
    shown = [*acting, *every] if len(acting) > 1 else actors.EVERYBODY
    page = f"../../handouts/{claim.notebook}.html{'?present' if projected else ''}"
    return f"{page}#actors={','.join(shown)}&vintage=then&at={claim.id}"


def _homework(claims: list[ArticleClaim]) -> list[tuple[str, str]]:
    """(exercise, address) of the exercises of some claims, three at most."""
    links = []
    for claim in claims:
        for name in sheets.exercise_ids(claim.section):
            if name.partition("-")[0] == claim.id:
                cell = f"cell-{claim.id.lower()}-exercise-{name.lower()}"
                links.append((name, f"../../handouts/{claim.notebook}.html#at={cell}"))
    return links[:3]


def _pictures() -> list[dict[str, str]]:
    """Of each declared picture that says what it cannot show: title, cannot, and its place."""
    found = []
    for key, block in of_claims.pictures().items():
        claims = [claim for claim in of_claims.block_claims(block) if claim in every_claim()]
        if "cannot" in block and claims:
            claim = find_claim(claims[0])
            place = f"../../handouts/{claim.notebook}.html#at={key}"
            title = block.get("title") or row(claim.id)["claim"]
            found.append({"title": title, "cannot": block["cannot"], "place": place})
    return found
