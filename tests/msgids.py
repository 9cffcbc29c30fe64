"""Every text of the engine that a catalogue of another language has words for: {(context, English): plural}."""

import ast
import calendar
import re
import tomllib
from pathlib import Path

from jinja2 import nodes

import heldto
from heldto import article
from heldto.exercises import reading
from heldto.publish.handouts import assets
from heldto.scripts import together
from heldto.templates import _environment

ENGINE = Path(heldto.__file__).parent
MARKED = {"tr", "tr_n", "tr_noop", "tr_value"}
# texts of TOML files that are said on a page; the others are units, colours, and messages to who writes code
TOML = {
    "claims/units.toml": r"units\..*\.(words|short|negative|edge|level|past)|made|means|counted",
    "exercises/units.toml": r".*\.(form|asked)|.*slips",
    "exercises/words.toml": r"(?!(one_verdict|no_claim|new_file|entries|try_first|lacks|not_worked_out|lines_first"
    r"|nothing|series|no_frame|empty|wide|long|in_index|renamed|no_column|more_columns|doubled|twice|rows|more_rows"
    r"|blank|frame|no_row|answer_in_code|too_large|no_confidence|no_folder|own_names|draw_number|draw_years"
    r"|draw_range)$).*",
    "exercises/intake.toml": r"(?!no_place$).*",
    "toggles/toggled.toml": r"after|a_share|residual|half|all_of_them",
    "ledger/pictures.toml": r".*\.(neutral|subtitle|note|lead|cannot|title|source)",
}
COUNTED = {"holds": "hold", "holds in part": "hold in part", "fails": "fail"}  # one, several
COUNTED |= {"is undecided": "are undecided", "is unjudged": "are unjudged"}
# words that stand in tables and units by a name: columns, units that an article may write
NAMES = [
    "id",
    "claim",
    "text",
    "said",
    "computed",
    "page",
    "link",
    "file",
    "sure",
    "your guess",
    "paragraph",
]
NAMES += ["change", "share", "value", "count", "readings", "then", "number"]
NAMES += ["integer", "string", "date", "boolean"]  # types of columns


def of_python():
    """(context, English, plural) of every call of `tr` and its like with a text in it."""
    for path in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKED and node.args:
                keywords = {one.arg: getattr(one.value, "value", None) for one in node.keywords}
                texts = [getattr(one, "value", None) for one in node.args[:2]]
                yield from _entry(node.func.id, texts, keywords.get("context", ""))


def of_templates():
    """The same of Jinja's templates."""
    environment = _environment(article.current())
    for path in sorted(ENGINE.rglob("*.j2")):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if (name := getattr(call.node, "name", "")) in MARKED and call.args:
                yield from _entry(name, [getattr(one, "value", None) for one in call.args[:2]], "")


def _entry(name, texts, context):
    is_plural = name == "tr_n"
    if all(isinstance(one, str) for one in texts[: 1 + is_plural]) and isinstance(context, str):
        yield context, texts[0], texts[1] if is_plural else ""


def of_toml():
    """The same of the sentences in TOML files."""
    for name, wanted in TOML.items():
        for key, text in _leaves(tomllib.loads((ENGINE / name).read_text(encoding="utf-8"))):
            above = [key[: dot.start()] for dot in re.finditer(r"\.", key)]
            if any(re.fullmatch(wanted, one) for one in [key, *above]):
                yield "", text, ""


def _leaves(table, before=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key}.")
        for text in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
            if isinstance(text, str) and re.search("[A-Za-z]", re.sub(r"\{.*?\}", "", text)):
                yield f"{before}{key}", text


def of_names():
    """Months, units and columns, which are known by their names."""
    yield from (("", month, "") for month in calendar.month_name[1:])
    units = tomllib.loads((ENGINE / "claims/units.toml").read_text(encoding="utf-8"))["units"]
    shown = [name for name, unit in units.items() if "words" in unit and " of " not in f"{name} "]
    yield from (("", name, "") for name in [*shown, *NAMES, *assets.SHOWN])
    yield from (("", name[:-1], name) for name, unit in units.items() if "words" not in unit)
    yield from (("", name, "") for name, unit in units.items() if "words" not in unit)
    yield from (("", one, many) for one, many in COUNTED.items())
    yield "numerals", ";".join(reading.UNITS["numerals"]), ""
    yield from ((name, ";".join(words), "") for name, words in reading.UNITS["beside"].items())
    columns = "verdict_then verdict_since amended_then amended_since readings_same depends_on"
    yield from (("", name, "") for name in columns.split())
    yield from (
        ("", text, "") for text in ("{day} {month}", "The {name} section", article.Article.edition)
    )


def page_script(entry=assets.HANDOUT):
    """The script of a page, before it is made smaller, with the values that every page has."""
    given = assets.SOURCES / "given.js"
    return together(entry, given={"given.js": given.read_text(encoding="utf-8")})


# what else runs a script that says something: other pages, and what a live notebook shows
SCRIPTS = ["room/page.js", "room/lab.js", "toggles/here.js", "toggles/bar.js", "exercises/drawn.js"]
SCRIPTS += ["exercises/tapped.js", "exercises/shared.js", "publish/site/site.js"]
SCRIPTS += ["publish/site/offline.js", "publish/handouts/templates/heldto/roll_call.js"]


def scripts():
    """The scripts of all pages and of a live notebook, one after the other."""
    entries = [assets.HANDOUT, assets.INDEX, *(ENGINE / name for name in SCRIPTS)]
    return "\n".join(map(page_script, entries))


def literals(code):
    """The string and template literals of a script, without their quotes; those within one another as one."""
    at = 0
    while at < len(code):
        if code.startswith(("//", "/*"), at):
            at = code.index("\n" if code[at + 1] == "/" else "*/", at) + 1
        elif code[at] == "/" and re.search(r"[(,=:\[!&|?{};]\s*$", code[max(0, at - 12) : at]):
            at = _end(code, at, "/")
        elif code[at] in "\"'`":
            end = _end(code, at, code[at])
            yield code[at + 1 : end - 1]
            at = end
        else:
            at += 1


def _end(code, at, quote):
    """Behind the literal, or regular expression, that begins at a place."""
    at, within, braces = at + 1, False, 0
    while within or braces or code[at] != quote:
        if code[at] == "\\":
            at += 1
        elif quote == "/":
            within = code[at] == "[" or within and code[at] != "]"
        elif quote == "`" and code.startswith("${", at):
            braces += 1
            at += 1
        elif braces and code[at] in "{}":
            braces += 1 if code[at] == "{" else -1
        elif braces and code[at] in "\"'":
            at = _end(code, at, code[at]) - 1
        at += 1
    return at + 1


def everything():
    """{(context, English): the plural, "" where it has none}"""
    found = {}
    for context, english, plural in [*of_names(), *of_python(), *of_templates(), *of_toml()]:
        if re.search("[A-Za-z]", english) and english not in COUNTED.values():
            found[context, english] = found.get((context, english)) or plural
    return found
