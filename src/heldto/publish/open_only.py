"""A site that passes on openly licensed tables alone: what of the others is left out, and the
sentence that says so.
"""

import json

from bs4 import Tag

from heldto import article, evidence
from heldto.evidence.paths import data_dir
from heldto.publish.handouts.structure import parse_html
from heldto.templates import render

LEFT_OUT = "LEFT-OUT.md"
OWN_TERMS = "other-"  # so begin the names of terms that are no open licence, in a Data Package


def restricting_terms(tables: list[str]) -> dict[str, str]:
    """What restricts tables: {name of terms that are no open licence: what they say}."""
    licences = (one for name in tables for one in evidence.describe(name)["licenses"])
    return {one["name"]: one["title"] for one in licences if one["name"].startswith(OWN_TERMS)}


def bound_tables() -> dict[str, dict[str, str]]:
    """The tables that are not passed on: {name: its terms, as of `restricting_terms`}."""
    terms = {name: restricting_terms([name]) for name in evidence.package()["tables"]}
    return {name: restrictions for name, restrictions in terms.items() if restrictions}


def bound_titles() -> list[str]:
    """The sources, as a credit line has them, that no openly licensed table rests on."""
    restricted = bound_tables()
    titles: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for name, entry in evidence.package()["tables"].items():
        titles[name in restricted] |= dict.fromkeys(source["title"] for source in entry["sources"])
    return [title for title in titles[True] if title not in titles[False]]


def leave_tables_out(tree: Tag) -> None:
    """Put a sentence in the place of each table behind a picture that credits another source than
    openly licensed ones. The picture, its words and the verdicts stay.
    """
    titles = bound_titles()
    for table in tree.select(".fig-table"):
        if owners := [title for title in titles if title in _credits(table)]:
            table.replace_with(parse_html(render("figures_left_out.html.j2", owners=owners)))


def _credits(table: Tag) -> str:
    """The credit lines of a table's picture or, where that has none, of the card it stands on."""
    for ancestor in (table.find_parent("figure"), table.find_parent(class_="verdict")):
        if ancestor and (cited := ancestor.select(".cited")):
            return "; ".join(one.get_text() for one in cited)
    return ""


def open_files() -> dict[str, bytes]:
    """What a zip of the data holds: openly licensed tables with their description, and a list of
    what is left out.
    """
    restricted = bound_tables()
    package = {name: entry for name, entry in evidence.package().items() if name != "tables"}
    open_entries = [entry for entry in package["resources"] if entry["name"] not in restricted]
    package["resources"] = [
        {key: value for key, value in entry.items() if key != "checked"} for entry in open_entries
    ]
    files = {entry["path"]: (data_dir() / entry["path"]).read_bytes() for entry in open_entries}
    files["datapackage.json"] = json.dumps(package, indent=1, ensure_ascii=False).encode()
    files[LEFT_OUT] = render(
        "left_out.md.j2", tables=restricted, described=evidence.package()["tables"], article=article
    ).encode()
    return files
