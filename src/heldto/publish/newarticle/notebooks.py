"""The notebooks of a plain article, written once from its claims: guess, picture, number, verdict,
comment, your turn. They are the lecturer's own then: a new claim adds cells, and changes none.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from heldto import article, evidence
from heldto.claims import blocks, row
from heldto.errors import Problem, write_atomic
from heldto.evidence import actors
from heldto.evidence.paths import notebooks_dir
from heldto.exercises import sheets
from heldto.text.words import count_of

KINDS = {
    "descriptive": "A descriptive claim: figures can show that it holds.",
    "causal": "A claim about a cause: figures can agree with it but cannot show a cause. It holds "
    "in part at best.",
    "intention": "A claim about an intention: no table can show one.",
    "forecast": "A forecast: figures can agree with it so far. It holds in part at best.",
}
HOW = """\
**How this page works.** For each claim you first make your own guess. Then you see a picture or a \
number, and then the verdict. There is room for your own comment. To run a cell, click into it and \
press **Shift+Enter**; run the cell below first."""
COMMENT = "*What do you make of the verdict? Write here what you will say about it.*"
TURN = "#### Your turn"
# as JSON has it: nbformat itself takes seconds to load, for a check that is not needed here
Cell = dict[str, Any]
Notebook = dict[str, Any]
FORMAT = {"nbformat": 4, "nbformat_minor": 5}
LARGE = 1e5  # figures from here on are shown with commas
LAST = "sources-head"  # cells of a new claim are put before it


def write_notebooks() -> list[str]:
    """Write the notebooks that are not there, and add the cells of claims that are in none.

    One in which nobody wrote is written anew, where its claims are others now; in any other no cell
    that is there is changed. Returns lines that say what was done. Raises Problem where a notebook
    cannot be read.
    """
    here = article.current()
    if not here.plain:
        raise Problem(
            "notebooks are written for an article in a plain folder: article.toml, claims.toml"
        )
    lines = [_section(name, one.notebook) for name, one in here.sections.items() if one.notebook]
    return [*filter(None, lines), *_swept()]


def strays() -> list[str]:
    """The notebooks of the folder that no section has: "notebooks/01_claims.ipynb"."""
    held = article.notebooks().values()
    found = sorted(path for path in notebooks_dir().glob("*.ipynb") if path.stem not in held)
    return [f"{path.parent.name}/{path.name}" for path in found]


def _swept() -> Iterator[str]:
    """Take away the notebooks that no section has and in which nobody wrote, and say so."""
    for name in strays():
        path = notebooks_dir().parent / name
        if _as_written(_read(path)):
            path.unlink()
            yield f"deleted {name}: no section has it, and nobody had written in it"
        else:
            yield f"{name} belongs to no section: name it in article.toml, or move it elsewhere"


def _section(section: str, notebook: str) -> str:
    path = notebooks_dir() / f"{notebook}.ipynb"
    claims = [one["id"] for one in evidence.rows("claims") if one["section"] == section]
    if not path.is_file():
        made = _new(section, claims)
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, made)
        return f"wrote {path.parent.name}/{path.name}: {count_of(len(claims), 'claim')}"
    held = _read(path)
    if _as_written(held):
        made = _new(section, claims)  # nobody wrote in it
        if _digest(made) == _digest(held):
            return ""
        _put(path, made)
        count = count_of(len(claims), "claim")
        return (
            f"wrote {path.parent.name}/{path.name} again, because nobody had written in it: {count}"
        )
    there = " ".join(map(_source, held["cells"]))
    missing = [
        one for one in claims if f'"{one}"' not in there and f"{one.lower()}-head" not in _ids(held)
    ]
    if not missing:
        return ""
    taken = _ids(held)
    cells = [cell for claim in missing for cell in _claim(claim) if cell["id"] not in taken]
    ends = (at for at, cell in enumerate(held["cells"]) if cell.get("id") == LAST)
    at = next(ends, len(held["cells"]))
    held["cells"][at:at] = cells
    _put(path, held)
    return f"added to {path.parent.name}/{path.name}: {', '.join(missing)}; no other cell changed"


def _ids(held: Notebook) -> set[str]:
    return {cell.get("id", "") for cell in held["cells"]}


def _source(cell: Cell) -> str:
    """What stands in a cell, which a file holds as text or line by line."""
    return "".join(cell["source"])


def _read(path: Path) -> Notebook:
    remedy = "correct it in JupyterLab, or move it away and have it written again"
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        [_source(cell) for cell in held["cells"]], held["metadata"]
    except (ValueError, KeyError, TypeError) as fault:
        raise Problem(
            f"{path.parent.name}/{path.name} cannot be read ({fault}): {remedy}"
        ) from None
    return held


def _put(path: Path, held: Notebook) -> None:
    write_atomic(path, json.dumps(held, indent=1, ensure_ascii=False) + "\n")


def _new(section: str, claims: list[str]) -> Notebook:
    here = article.current()
    about = here.sections[section]
    cells = [*_opening(section)]
    for claim in claims:
        cells += _claim(claim)
    if section == here.ledger or not claims:
        cells += _ledger()
    cells += _closing(section)
    title = about.title or about.headed
    told = {"section": section, "title": title, "level": "no programming needed"}
    told["teaches"] = f"Claims {claims[0]} to {claims[-1]}" if claims else "All claims at a glance"
    spec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    metadata = {"frenemies": told, "kernelspec": spec, "language_info": {"name": "python"}}
    made: Notebook = {"cells": cells, "metadata": metadata, **FORMAT}
    told["as_written"] = _digest(made)
    return made


def _as_written(held: Notebook) -> bool:
    """Whether nobody wrote in a notebook since it was written."""
    return held["metadata"].get("frenemies", {}).get("as_written") == _digest(held)


def _digest(held: Notebook) -> str:
    """What tells whether somebody wrote in a notebook: its cells, without their outputs."""
    cells = [
        (cell.get("id"), _source(cell), cell["metadata"].get("tags", [])) for cell in held["cells"]
    ]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]


def _opening(section: str) -> Iterator[Cell]:
    here = article.current()
    about = here.sections[section]
    appeared = f" in {here.outlet}" if here.outlet else ""
    said = f"{here.author}, “{here.title}”{appeared}, {here.on}"
    yield _text("title", f"# {about.title or about.headed}")
    yield _text(
        "goals", f"We hold an article to the figures: {said}. We test its claims; we take no side."
    )
    yield _text("how", HOW, "live")
    bar = f'import heldto as fr\n\nbar = fr.actor_bar("{section}")\nbar'
    yield _code("setup", bar, "setup", hidden=True)


def _claim(claim: str) -> Iterator[Cell]:
    """The cells of one claim."""
    held, key = row(claim), claim.lower()
    where = f"Paragraph {held['paragraph']:.0f}. " if held["paragraph"] == held["paragraph"] else ""
    yield _text(f"{key}-head", f"## {claim}. {held['claim']}\n\n*{where}{KINDS[held['kind']]}*")
    yield _code(f"{key}-guess", f'fr.guess("{claim}")', "guess", hidden=True)
    for number, picture in enumerate(blocks.pictures_of(claim)[:1]):
        yield _code(f"{key}-picture{number or ''}", f'fr.explore("{picture}")', "picture")
    if number_of := _number(claim):
        yield _text(
            f"{key}-number-words", "**The number**, from the table itself, as it was known then."
        )
        yield _code(f"{key}-number", number_of, "number", "raises-exception")
    yield _code(f"{key}-verdict", f'fr.verdict("{claim}")', "verdict", hidden=True)
    yield _text(f"{key}-after", COMMENT, "after-verdict")
    for name in _exercises(claim):
        yield _text(f"{key}-turn-{name.lower()}", TURN, "exercise")
        yield _code(
            f"{key}-exercise-{name.lower()}", f'fr.exercise("{name}")', "exercise", hidden=True
        )


def _exercises(claim: str) -> list[str]:
    return [name for name in sheets.exercise_ids() if name.partition("-")[0] == claim]


def _number(claim: str) -> str:
    """Lines that show the rows on which a claim rests; "" where it rests on none."""
    measure: dict[str, Any] = dict((blocks.claim_block(claim) or {}).get("measure") or {})
    if not measure or blocks.fault(claim):
        return ""
    column = measure.get("column", "")
    lines = [f'rows = fr.evidence.table("{measure["table"]}", "then")']
    for name, cell in _cells(measure).items():
        lines.append(f'rows = rows[rows["{name}"].isin({cell!r})]')
    frame = evidence.table(measure["table"])
    if "year" in frame and column and (by := _by(measure)):
        wide = f'index="year", columns="{by}", values="{column}", aggfunc="sum"'
        shown = f"rows.pivot_table({wide}).tail(10)"
        if divide := measure.get("divide"):
            shown = f"({shown} / {divide:.0e}).round(1)".replace("e+0", "e").replace("e+", "e")
        elif frame[column].abs().max() >= LARGE:
            shown += '.map("{:,.0f}".format)'
        return "\n".join([*lines, shown])
    return "\n".join([*lines, "rows.tail(10)"])


def _by(measure: dict[str, Any]) -> str:
    """The column of actors in the table of a measure, first of all that of its part; "" where there
    is none.
    """
    frame = evidence.table(measure["table"])
    names = [*(measure.get("part") or {}), *frame]
    return next((name for name in names if frame[name].isin(actors.EVERYBODY).any()), "")


def _cells(measure: dict[str, Any]) -> dict[str, list[Any]]:
    """{column: cells} of the rows that a measure reads: those of a part and of a whole together."""
    found: dict[str, list[Any]] = {}
    of, to = measure.get("of"), measure.get("to")
    both = [one for one in (of, to) if isinstance(one, dict)]
    for one in [measure.get("where") or {}, *both]:
        for name, cell in one.items():
            found.setdefault(name, []).extend(cell if isinstance(cell, list) else [cell])
    return found


def _ledger() -> Iterator[Cell]:
    yield _text("ledger-head", "## All claims at a glance")
    yield _code("glance", "fr.explore(fr.overview.glance_picture)", "picture")
    yield _code("ledger", "fr.lists.all_claims()", "verdict", hidden=True)
    yield _text("you-head", "## You and the figures")
    yield _code("you", "fr.reckoning.mine()", "live", hidden=True)


def _closing(section: str) -> Iterator[Cell]:
    here = article.current()
    appeared = f" {here.outlet}," if here.outlet else ""
    words = (
        f"{here.author}, “{here.title}”,{appeared} {here.on}; claims in our own words. The tables:"
    )
    yield _text(LAST, f"## Sources\n\n{words}")
    tables = 'for name in fr.evidence.package()["resources"]:\n'
    tables += '    print(name["title"], "-", fr.evidence.source(name["name"]))'
    yield _code("sources", tables, hidden=True)
    yield _text("progress-words", "## How far are you?", "live")
    of = f'"{section}"' if article.current().sections[section].letter else ""
    yield _code("progress", f"fr.progress({of})", "live", hidden=True)


def _text(name: str, text: str, *tags: str) -> Cell:
    metadata = {"tags": list(tags)} if tags else {}
    lines = text.splitlines(keepends=True)
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": lines}


def _code(name: str, text: str, *tags: str, hidden: bool = False) -> Cell:
    metadata: dict[str, Any] = {"jupyter": {"source_hidden": True}} if hidden else {}
    if tags:
        metadata["tags"] = list(tags)
    empty = {"execution_count": None, "outputs": list[Any]()}
    lines = text.splitlines(keepends=True)
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": lines, **empty}
