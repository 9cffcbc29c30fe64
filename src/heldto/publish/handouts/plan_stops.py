"""What the papers of a seminar ask of the pages: the places that a plan opens on the projector, in
their order, and the tables that a class needs on paper.
"""

import re

from heldto.claims.listed import every_claim
from heldto.evidence.paths import docs_dir
from heldto.publish.handouts import kit

ENDS = re.compile(r"^## (?:Good answers|.*: if you )", re.M)  # there → opens nothing more
PROJECTED = re.compile(
    r"(handouts/[\w-]+\.html\?present)(#[^)\s]+)"
)  # a link of a plan, in Markdown
NAMED = re.compile(rf"(?:\[([^][]+)\]\([^)\s]*?)?{PROJECTED.pattern}")  # with its words

LESSON_PLAN, LESSON = "plan-45", "lesson-45"  # of a first lesson; the page of all that it opens

TABLE = re.compile(r"at=([\w-]+-figures)\b")  # a link to the figures behind a picture


def tables_asked() -> set[str]:
    """Ids of the tables behind pictures that a paper of the seminar links."""
    texts = (path.read_text(encoding="utf-8") for path in (docs_dir() / "seminar").rglob("*.md"))
    return {name for text in texts for name in TABLE.findall(text)}


def plan_stops() -> dict[str, list[tuple[str, str]]]:
    """{name of the plan: (address, words of its link) of its places, as seen from a handout}; among
    them those of the one page of a first lesson.
    """
    texts = {name: ENDS.split(text)[0] for name, text in kit.plans().items()}
    stops = {
        name: [
            (page.removeprefix("handouts/").removesuffix("?present") + place, words)
            for words, page, place in NAMED.findall(text)
        ]
        for name, text in texts.items()
    }
    if LESSON_PLAN in stops:
        stops[LESSON] = [
            (f"{LESSON}.html#{address.partition('#')[2]}", words)
            for address, words in stops[LESSON_PLAN]
        ]
    return stops


def with_plan(name: str, text: str) -> str:
    """The text of a plan (Markdown) whose links to the projector say that they are of this plan:
    after a claim the projector then goes to the plan's next place. Its link to the wall names the
    plan's claims.
    """
    text = PROJECTED.sub(rf"\1={name}\2", text)
    claims = ",".join(_claims_of(text))
    return text.replace("/wall.html)", f"/wall.html?claims={claims})") if claims else text


def _claims_of(plan: str) -> list[str]:
    """The claims that the steps of a plan name, in their order."""
    steps = ENDS.split(plan)[0].partition("\n## ")[2]
    named = re.findall(r"\w+", re.sub(r"\]\([^)]*at=([\w-]+)\)", r" \1 ", steps))
    return [word for word in dict.fromkeys(named) if word in every_claim()]
