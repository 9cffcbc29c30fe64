"""Who: the actors of the article, how each is named and drawn, and the groups they belong to by year."""

import csv
import difflib
from functools import lru_cache

from frenemies.places import Problem, data_dir, shown


class UnknownActor(Problem):
    """No actor goes by that name or code."""


class UnknownYear(Problem):
    """No figure is known for that year."""


def _rows(name):
    path = data_dir() / name
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise Problem(f"{shown(path)} is missing: restore it, or unset FRENEMIES_DATA") from None
    return _read(path, stamp)


@lru_cache(maxsize=16)
def _read(path, stamp):
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Problem(f"{shown(path)}, row {line}: not UTF-8: save the file as UTF-8") from None
    return list(csv.DictReader(text.splitlines()))


def _by_code():
    return {row["actor"]: row for row in _rows("actors.csv")}


def __getattr__(name):
    if name == "ALL":
        return [row["actor"] for row in _rows("actors.csv") if row["kind"] == "state"]
    if name == "PRESETS":
        return presets()
    raise AttributeError(name)


def presets():
    """Named selections of actors for the toggles: dict of name to list of ISO3."""
    everyone = __getattr__("ALL")
    chosen = {
        "all": everyone,
        "the article's pair": ["CHN", "RUS", "USA"],
        "the West": ["CHN", "RUS", "USA", "DEU", "JPN", "KOR"],
        "Central Asia": ["CHN", "RUS", "KAZ", "KGZ", "TJK", "TKM", "UZB"],
        "none": [],
    }
    return {name: [code for code in codes if code in everyone] for name, codes in chosen.items()}


def table():
    """All actors as a list of dicts: actor, name, kind, aliases, colour, marker, dash, region, x, y, naming."""
    return [dict(row) for row in _rows("actors.csv")]


def _field(code, column):
    row = _by_code().get(code)
    if row is None:
        raise UnknownActor(f'"{code}" is no actor here. {_suggest(code)}')
    return row[column]


def name(code):
    """Short English name: `name("RUS")` is "Russia". Raises UnknownActor."""
    return _field(code, "name")


def colour(code):
    """The actor's colour, as #RRGGBB. Raises UnknownActor."""
    return _field(code, "colour")


def marker(code):
    """The actor's marker, in matplotlib's letters. Raises UnknownActor."""
    return _field(code, "marker")


def dash(code):
    """The actor's line style: solid, dashed or dotted. Raises UnknownActor."""
    return _field(code, "dash")


def place(code):
    """The actor's fixed place (x, y) in network pictures, each -1 to 1. Raises UnknownActor."""
    return float(_field(code, "x")), float(_field(code, "y"))


def _names():
    known = {}
    for row in _rows("actors.csv"):
        for word in (row["actor"], row["name"], *filter(None, row["aliases"].split(";"))):
            known[word.casefold()] = row["actor"]
    return known


def _suggest(word):
    near = difflib.get_close_matches(str(word).casefold(), _names(), n=1, cutoff=0.6)
    if near:
        code = _names()[near[0]]
        return f"Did you mean {code} ({name(code)})?"
    return "frenemies.actors.ALL lists them."


def find(word):
    """ISO3 of an actor by code, name or alias: `find("moscow")` is "RUS". Raises UnknownActor with a suggestion."""
    code = _names().get(str(word).strip().casefold())
    if code is None:
        raise UnknownActor(f'"{word}" is no actor here. {_suggest(word)}')
    return code


def members(group, year):
    """ISO3 of the full members of EU, EAEU, CIS, NATO, ASEAN, SCO, CSTO or BRICS in a year, sorted.

    Source: data/groups.csv. A state counts in the years from joining to leaving, both included.
    Raises Problem where the group is unknown.
    """
    rows = [row for row in _rows("groups.csv") if row["status"] == "full"]
    groups = {row["group"] for row in rows}
    if group not in groups:
        near = difflib.get_close_matches(str(group).upper(), groups, n=1)
        raise Problem(
            f'"{group}" is no group here. '
            + (f"Did you mean {near[0]}?" if near else f"There are {', '.join(sorted(groups))}.")
        )
    return sorted(
        row["member"] for row in rows if row["group"] == group and int(row["start"]) <= year <= int(row["end"] or 9999)
    )
