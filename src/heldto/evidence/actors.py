"""Who: the actors of the article, how each is named and drawn, and the groups they belong to by
year.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from heldto import article, evidence
from heldto.errors import Problem, did_you_mean
from heldto.evidence import UnknownYear  # noqa: F401 (asked for here as well)
from heldto.evidence.caching import cached
from heldto.tr import tr

FIRST = 1985  # spells of membership that began earlier are cut there
NEAR = 0.8  # how alike a word and an actor's name are that is meant by it (1: the same)
LONG = 3  # letters of a code: words of no more are near to none

ALL: list[str]  # ISO3 of all states
"""ISO3 codes of all states of the article, a list of text in the order of data/actors.csv. The EU,
which is no state, is not among them.

Examples
--------
>>> fr.actors.ALL[:3]
['CHN', 'RUS', 'USA']
"""
EVERYBODY: list[str]  # and of the EU and of categories: whatever a picture can show
CATEGORY = "category"  # a kind of row that is drawn as an actor is, and acts for nobody


class UnknownActor(Problem):
    """No actor goes by that name or code."""


def __getattr__(name: str) -> Any:
    if name in ("ALL", "EVERYBODY"):
        kinds = ("group", CATEGORY) if name == "EVERYBODY" else ()
        groups = [row["actor"] for row in evidence.rows("actors") if row["kind"] in kinds]
        return [*_states(), *groups]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def categories() -> list[str]:
    """Codes of what is drawn as an actor is and acts for nobody, such as coal and wind."""
    return [row["actor"] for row in evidence.rows("actors") if row["kind"] == CATEGORY]


@cached
def _by_code() -> dict[str, dict[str, Any]]:
    return {row["actor"]: row for row in evidence.rows("actors")}


@cached
def _states() -> tuple[str, ...]:
    return tuple(row["actor"] for row in evidence.rows("actors") if row["kind"] == "state")


def presets(
    among: Sequence[str] | None = None, more: Mapping[str, Sequence[str]] | None = None
) -> dict[str, list[str]]:
    """Named selections of actors for the toggles: dict of name to list of ISO3, in the order of
    `among`, the actors there are to choose from (default: all states). The EU is of the West.

    more: selections beside those that are always offered. One that repeats another is left out, and
    one of whose actors fewer than three, or than half, are there.
    """
    among = _states() if among is None else among
    selections = {**article.current().presets, **(more or {})}
    kept = {tr("all"): [*among]}
    for name, codes in selections.items():
        present = [code for code in among if code in codes]
        if len(present) >= max(3, len(codes) / 2) and present not in kept.values():
            kept[name] = present
    return kept | {tr("none"): []}


def _field(code: str, column: str) -> Any:
    row = _by_code().get(code)
    if row is None:
        raise UnknownActor(unknown(str(code)))
    return row[column]


def name(code: str) -> str:
    """Return the short English name of an actor. Raises UnknownActor with a suggestion.

    code: ISO3, in capitals; `fr.actors.find` gives it for a name.

    Examples
    --------
    >>> fr.actors.name("RUS")
    'Russia'
    """
    return _field(code, "name")


def reporter_name(word: str) -> str:
    """Name of an actor, or of a group that has books of its own: `party("EU28")`. Raises
    UnknownActor.
    """
    return article.current().parties.get(word) or name(word)


def the(code: str) -> str:
    """An actor's name as it stands in a sentence: `the("USA")` is "the United States". Raises
    UnknownActor.
    """
    return tr("the {name}", name=name(code)) if code in article.current().the else name(code)


def colour(code: str) -> str:
    """The actor's colour, as #RRGGBB. Raises UnknownActor."""
    return _field(code, "colour")


def marker(code: str) -> str:
    """The actor's marker, in matplotlib's letters. Raises UnknownActor."""
    return _field(code, "marker")


def dash(code: str) -> str:
    """The actor's line style: solid, dashed or dotted. Raises UnknownActor."""
    return _field(code, "dash")


def place(code: str) -> tuple[float, float]:
    """The actor's fixed place (x, y) in network pictures, each -1 to 1. Raises UnknownActor."""
    return _field(code, "x"), _field(code, "y")


@cached
def _spellings() -> dict[str, str]:
    """{name, code or alias in small letters: code}."""
    spellings = {}
    for code, row in _by_code().items():
        for word in (code, row["name"], *filter(None, row["aliases"].split(";"))):
            spellings[word.casefold()] = code
    return spellings


@cached
def unknown(word: str) -> str:
    """A sentence on a word that is no actor, with the one that may have been meant: a name or alias
    spelt nearly so, as "Rusia". A short word, or another state, is near to none.
    """
    by_spelling = {spelt: f"{code} ({name(code)})" for spelt, code in _spellings().items()}
    long = {spelt: shown for spelt, shown in by_spelling.items() if len(spelt) > LONG}
    hint = did_you_mean(word, long, "fr.actors.ALL lists them.", NEAR)
    return f'"{word}" is not one of the actors. {hint}'


def known(word: str) -> str | None:
    """ISO3 of an actor by code, name or alias; None where it is none."""
    return _spellings().get(str(word).strip().casefold())


def name_or_cell(cell: Any) -> str:
    """A cell of a table in words: the name of an actor in place of its code."""
    return name(cell) if known(str(cell)) == cell else str(cell)


def find(word: str) -> str:
    """Return the ISO3 code of an actor by code, name or alias; capitals do not matter.

    Raises UnknownActor with a suggestion.

    Examples
    --------
    >>> fr.actors.find("moscow")
    'RUS'
    >>> fr.actors.find("Rusia")
    Traceback (most recent call last):
    heldto.evidence.actors.UnknownActor: "Rusia" is not one of the actors. Did you mean RUS ...
    """
    code = known(word)
    if code is None:
        raise UnknownActor(unknown(str(word)))
    return code


def _groups() -> list[str]:
    """Every group that data/groups.csv may have members of, sorted."""
    fields = evidence.describe("groups")["schema"]["fields"]
    (allowed,) = (field["constraints"]["enum"] for field in fields if field["name"] == "group")
    return sorted(allowed)


def members(group: str, year: int) -> list[str]:
    """ISO3 of the full members of EU, EAEU, CIS, NATO, ASEAN, SCO, CSTO or BRICS in a year, sorted.

    Source: data/groups.csv, from 1985 on. A state counts in the years from joining to leaving, both
    included; of a group without a row nobody is a member. Raises UnknownYear; Problem where the
    group is unknown.
    """
    spells = evidence.where("groups", status="full")
    groups = {name: name for name in _groups()}
    if group not in groups:
        hint = did_you_mean(group, groups, f"There are {', '.join(groups)}.")
        raise Problem(f'"{group}" is not a group here. {hint}')
    evidence.known_year(range(FIRST, evidence.retrieved("groups") + 1), year, "member")
    inside = spells.group.eq(group) & spells.start.le(year) & ~spells.end.lt(year)
    return sorted(spells.member[inside])
