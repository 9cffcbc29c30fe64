"""A new folder for an article, which runs at once: three claims on a small table of its own, one of
them undecided, one to fill in.
"""

import csv
import io
import json
import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from heldto import article
from heldto.errors import Problem, write_atomic

START = Path(__file__).with_name("start.csv")  # gross domestic product and population, as it came
SOURCE = {
    "title": "World Bank World Development Indicators",
    "path": "https://data.worldbank.org",
    "version": "NY.GDP.MKTP.CD and SP.POP.TOTL",
    "retrieved": "2026-11-24",
}
LICENCE = {"name": "PDDL-1.0", "title": "Open Data Commons Public Domain Dedication and License"}
TRAP = "Current dollars move with prices and exchange rates, and not only with what is made."
FIELDS: list[dict[str, Any]] = [
    {
        "name": "actor",
        "type": "string",
        "title": "Code of the state",
        "constraints": {"required": True},
    },
    {"name": "year", "type": "integer", "title": "Year", "constraints": {"required": True}},
    {
        "name": "gdp_usd",
        "type": "number",
        "title": "Gross domestic product",
        "unit": "current US dollars",
    },
    {"name": "population", "type": "integer", "title": "Population", "unit": "persons"},
]
THE = re.compile("^United |Republic|Union|Islands|Emirates")  # names that take "the"
ARTICLE = """\
title = {title}
id = "{id}"{id_room}# drawn once: answers are kept under it. Keep it when you rename the folder
author = {author}
outlet = ""                 # where it appeared
blurb = ""                  # what its author said, as it goes on after "wrote that"
day = {day}            # decides what was known *then*
seminar = {title}
by = ""                     # who wrote this seminar
licence = "CC BY 4.0"       # of your own words
the = {the}{room}# actors whose name takes "the" in a sentence

[sections.claims]
letter = "A"                # of its claims: A1, A2, ...
notebook = "01_claims"
title = "01, the claims"

# One more of these for each part of your article, each with a letter of its own. One without a
# letter shows all claims at a glance:
# [sections.verdict]
# notebook = "02_verdict"
# title = "02, the verdict"
"""
CLAIMS = """\
# The claims of the article, in your own words, a block each. `heldto check` says what is missing.
# Write each rule before you look at a figure; `heldto seal` fixes them with day and digest.
#
# shape    value, share, change, rank, count or ratio; docs/bring-your-own-article.md tells each
# rule     at_least, more_than, at_most, less_than, fall, unchanged; or about, just_under with
#          within;
#          partly, strict and lenient beside it, and why

[A1]
says = "The economy of {first_the} is larger than that of {second_the}"
paragraph = 1
kind = "descriptive"        # or causal, intention, forecast: these hold partly at best
cannot = "what a dollar buys in either."

[A1.measure]
shape = "ratio"
table = "economy"
column = "gdp_usd"
of = {{ actor = "{first}" }}
to = {{ actor = "{second}" }}
compare = ["{first}"]
what = "GDP of {first_the} over that of {second_the}"

[A1.rule]
more_than = 1
partly = 0.9
strict = 1.1
why = "A tenth less is still about the same size."

[A1.readings.year]
asks = "which year"
"the last year" = {{ own = true, why = "the newest figure known" }}
"ten years before" = {{ at = {decade}, why = "a longer view" }}

[A2]
says = "{first_the_capital} wants to trade more with {second_the}"
paragraph = 2
kind = "intention"
would_decide = "what {first_the} said or signed before the day of the article"

[A3]
says = "Fill in: a claim of the article in your own words"
paragraph = 3
kind = "descriptive"
"""
PICTURES = """\
# The pictures, a block each: kind = lines, bars, dots or heat.

[economy]
kind = "lines"
table = "economy"
x = "year"
y = "gdp_usd"
by = "actor"
divide = 1e9
unit = "USD bn"
claim = "A1"
subtitle = "Gross domestic product, USD bn, current"
cannot = "what a dollar buys."
"""
EXERCISES = """\
# The exercises, a block each. A choice or a number needs no Python; a figure is never typed:
# [NAME.figures] works it out by one of the six shapes.

[A1-share]
level = 1
skill = "read a figure"
kind = "number"
unit = ""
digits = 2
ask = "In {year}, how many times as large as the GDP of {second_the} was the GDP of {first_the}?"
answer = "times"
hints = [
  "Open the figures behind the picture.",
  "Divide the GDP of {first_the} by that of {second_the}.",
]
solution = "{{{{ times | number(2) }}}} times."
means = "A ratio of 1 means two economies of the same size."
again = "Did you take the same year for both?"
code = "fr.evidence.table('economy')"
wrong = []

[A1-share.figures]
times.shape = "ratio"
times.table = "economy"
times.column = "gdp_usd"
times.of.actor = "{first}"
times.to.actor = "{second}"
times.at = {year}
"""


def write_folder(
    folder: Path, title: str, author: str, day: str, actors: Sequence[str]
) -> list[str]:
    """Write a new folder, and say in lines what is there and what comes next.

    day: of the article, year-month-day; actors: codes, or CODE=NAME. Raises Problem where the
    folder is taken, or what is asked for cannot be.
    """
    article_day = _day(day)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Problem(f"{folder} is not empty: name a new folder")
    article.folder_name(folder)
    name_by_code = _names_by_code(actors)
    rows = [row for row in _start() if row["actor"] in name_by_code]
    added_names = (
        {} if len({row["actor"] for row in rows}) > 1 else _largest(name_by_code, article_day.year)
    )
    name_by_code |= added_names
    rows = [row for row in _start() if row["actor"] in name_by_code]
    for name, text in _files(
        draw_id(folder.name), title, author, article_day, name_by_code, rows
    ).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / name, _with_schema(name) + text)
    article.of_folder(folder)
    from heldto.publish.newarticle import notebooks, schemas  # they read the open article

    notebook_lines = notebooks.write_notebooks()
    schemas.write_schemas()
    return [
        *_said(folder, name_by_code, rows, added_names),
        *notebook_lines,
        f"Next: cd {folder}, then: heldto check",
    ]


def _day(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise Problem(
            f'--date "{day}" is not a date: write year-month-day, such as 2021-06-01'
        ) from None


def _names_by_code(words: Sequence[str]) -> dict[str, str]:
    """{code: name} of the actors asked for."""
    start_names = {row["actor"]: row["name"] for row in _start()}
    name_by_code: dict[str, str] = {}
    for word in words:
        code, _, name = word.strip().partition("=")
        bare = unicodedata.normalize("NFKD", code).encode("ascii", "ignore").decode()
        if bare != code and re.fullmatch("[A-Z]{2,3}", bare):
            as_in = f"{bare}={name or code}"
            raise Problem(f'--actors "{word}": a code has letters from A to Z alone: write {as_in}')
        if not re.fullmatch("[A-Z]{2,3}", code):
            raise Problem(
                f'--actors "{word}": write two or three letters from A to Z, such as '
                f"{next(iter(start_names))}, or CODE=NAME"
            )
        if code in name_by_code:
            raise Problem(f"--actors: {code} occurs twice")
        name_by_code[code] = name or start_names.get(code, code)
    if not name_by_code:
        raise Problem("--actors: name at least two, with commas between them")
    return name_by_code


def _start() -> list[dict[str, str]]:
    with START.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def _largest(name_by_code: dict[str, str], year: int) -> dict[str, str]:
    """Two states more for the claim that is there to begin with, where too few of those asked for
    have a figure: the largest economies before the article.
    """
    candidates = [row for row in _start() if row["year"] == str(year - 1) and row["gdp_usd"]]
    candidates = candidates or [row for row in _start() if row["gdp_usd"]]
    candidates.sort(key=lambda row: -float(row["gdp_usd"]))
    return {row["actor"]: row["name"] for row in candidates[:2] if row["actor"] not in name_by_code}


def draw_id(folder: str) -> str:
    """A new id for a seminar, which no other has: the name of its folder, and eight random
    letters.
    """
    plain = re.sub("[^a-z0-9]+", "-", folder.lower()).strip("-")[:30].strip("-")
    return f"{plain or 'seminar'}-{secrets.token_hex(4)}"


def _files(
    drawn: str,
    title: str,
    author: str,
    article_day: date,
    name_by_code: dict[str, str],
    rows: list[dict[str, str]],
) -> dict[str, str]:
    codes = list(dict.fromkeys(row["actor"] for row in rows))
    first, second = sorted(codes, key=[*name_by_code].index)[:2]
    years = sorted({int(row["year"]) for row in rows if row["gdp_usd"]})
    year = max([one for one in years if one < article_day.year], default=years[0])
    placeholders = {
        "first": first,
        "second": second,
        "year": year,
        "decade": max(year - 10, years[0]),
    }
    the = [code for code, name in name_by_code.items() if THE.search(name)]
    placeholders |= {
        "first_the": _the(first, the, name_by_code),
        "second_the": _the(second, the, name_by_code),
    }
    placeholders |= {"first_the_capital": _the(first, the, name_by_code, capital=True)}
    in_quotes = {
        name: json.dumps(str(value), ensure_ascii=False)[1:-1]
        for name, value in placeholders.items()
    }
    quoted = {
        name: json.dumps(value, ensure_ascii=False)
        for name, value in (("title", title), ("author", author))
    }
    resource: dict[str, Any] = {
        "name": "economy",
        "path": "economy.csv",
        "title": "GDP and population",
    }
    resource |= {"schema": {"fields": FIELDS, "primaryKey": ["actor", "year"]}, "sources": [SOURCE]}
    resource |= {"licenses": [LICENCE], "traps": [TRAP]}
    package: dict[str, Any] = {
        "name": "tables",
        "title": f"{title}: tables",
        "resources": [resource],
    }
    columns = [str(field["name"]) for field in FIELDS]
    return {
        "article.toml": ARTICLE.format(
            day=article_day,
            id=drawn,
            id_room=" " * max(19 - len(drawn), 1),
            **_the_line(the),
            **quoted,
        ),
        "actors.csv": _csv(
            ["actor", "name"], [dict(actor=c, name=n) for c, n in name_by_code.items()]
        ),
        "claims.toml": CLAIMS.format(**in_quotes),
        "pictures.toml": PICTURES,
        "exercises.toml": EXERCISES.format(**in_quotes),
        "data/economy.csv": _csv(columns, rows),
        "data/datapackage.json": json.dumps(package, indent=1, ensure_ascii=False) + "\n",
    }


def _with_schema(name: str) -> str:
    """The line that names the schema of a TOML file; "" above another file."""
    return f"#:schema ./schemas/{name.removesuffix('.toml')}.json\n" if name[-5:] == ".toml" else ""


def _the(code: str, the: list[str], name_by_code: dict[str, str], *, capital: bool = False) -> str:
    name = f"the {name_by_code[code]}" if code in the else name_by_code[code]
    return name[:1].upper() + name[1:] if capital else name


def _the_line(the: list[str]) -> dict[str, str]:
    """The list of those who take "the", as a line of article.toml has it, and the room after it."""
    as_list = json.dumps(the)
    return {"the": as_list, "room": " " * max(22 - len(as_list), 1)}


def _csv(columns: list[str], rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _said(
    folder: Path,
    name_by_code: dict[str, str],
    rows: list[dict[str, str]],
    added_names: dict[str, str],
) -> list[str]:
    covered = {row["actor"] for row in rows}
    lines = [
        f"{folder}/article.toml      title, author, day, sections",
        f"{folder}/actors.csv        {', '.join(name_by_code)}",
        f"{folder}/claims.toml       three example claims: replace them with yours",
        f"{folder}/data/             one small example table: {SOURCE['title']}",
        f"{folder}/pictures.toml, exercises.toml",
        f"{folder}/schemas/          keys of the TOML files, for an editor that reads JSON schemas",
    ]
    if lacking := [code for code in name_by_code if code not in covered]:
        lines.append(f"The table has no figures of {', '.join(lacking)}: heldto table adds yours.")
    if nameless := [code for code, name in name_by_code.items() if name == code]:
        remedy = 'as your tables do, or name each here: --actors ABC="A name"'
        lines.append(f"{', '.join(nameless)} have no name yet: write it into actors.csv, {remedy}")
    if added_names:
        names = " and ".join(added_names.values())
        lines.append(f"{names} are there only for the first claim: delete them with it.")
    return lines
