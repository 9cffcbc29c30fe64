"""The notebooks of a plain article, written once from its claims: guess, picture and verdict in one
cell, number, comment, your turn. They are the lecturer's own then: a new claim adds cells, and
changes none.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from heldto import article, evidence
from heldto.claims import row, shaped
from heldto.claims.listed import every_claim, find_claim
from heldto.claims.measure import figure
from heldto.errors import NotHeld, Problem, write_atomic
from heldto.evidence import actors
from heldto.evidence.paths import notebooks_dir
from heldto.exercises import sheets
from heldto.foreign import inside
from heldto.measures.shapes import EXTREMES
from heldto.publish.notebook_files import slip_of
from heldto.stored import PYTHON
from heldto.text.words import count_of
from heldto.toggles import of_claims
from heldto.tr import tr, tr_noop

KINDS = {
    "descriptive": tr_noop("A descriptive claim: figures can show that it holds."),
    "causal": tr_noop(
        "A claim about a cause: figures can agree with it but cannot show a cause. It holds "
        "in part at best."
    ),
    "intention": tr_noop("A claim about an intention: no table can show one."),
    "forecast": tr_noop("A forecast: figures can agree with it so far. It holds in part at best."),
}
HOW = tr_noop("""\
**How this page works.** For each claim you first make your own guess. Then you see a picture, and \
then the verdict. A number and room for your own comment follow under *After the verdict*. To run \
a cell, click into it and press **Shift+Enter**; run the cell below first.""")
ROUND = tr_noop("## A quick round\n\nOne tap for each claim: do the figures support it?")
BEFORE_ALL = tr_noop(
    "The picture below shows all verdicts, so it stays closed until you have judged these. "
    "What you guessed elsewhere is not asked again."
)
LONGEST = 10  # years in a row of a table
COMMENT = tr_noop("*What do you make of the verdict? Write here what you will say about it.*")
AFTER = tr_noop("#### After the verdict")
NUMBER = tr_noop("**The number**, from the table itself, as it was known then.")
TURN = tr_noop("#### Your turn")
# as JSON has it: nbformat itself takes seconds to load, for a check that is not needed here
Cell = dict[str, Any]
Notebook = dict[str, Any]
FORMAT = {"nbformat": 4, "nbformat_minor": 5}
LARGE = 1e5  # figures from here on are shown with commas
SMALL = 10  # and below it with three decimals
GLANCE = "glance"  # the cell that shows the verdicts of all claims
LAST = "sources-head"  # cells of a new claim are put before it


def write_notebooks() -> list[str]:
    """Write the notebooks that are not there, and add the cells of claims that are in none.

    One in which nobody wrote is written anew, where its claims are others now; in any other no cell
    that is there is changed. Returns lines that say what was done. Raises Problem where a notebook
    cannot be read.
    """
    current = article.current()
    lines = [
        _section(section_name, section.notebook)
        for section_name, section in current.sections.items()
        if section.notebook
    ]
    return [*filter(None, lines), *_swept(), *_unjudged()]


def _unjudged() -> Iterator[str]:
    """The claims whose cells lack the number, because they cannot be judged as they stand."""
    if unjudged := [claim for claim in every_claim() if shaped.fault(claim)]:
        yield f"{', '.join(unjudged)} cannot be judged: heldto check says why"


def strays() -> list[str]:
    """The notebooks of the folder that no section has: "notebooks/01_claims.ipynb"."""
    stems = article.notebooks().values()
    paths = sorted(path for path in notebooks_dir().glob("*.ipynb") if path.stem not in stems)
    return [f"{path.parent.name}/{path.name}" for path in paths]


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
    path = inside(notebooks_dir(), f"{notebook}.ipynb", f"article.toml, [sections.{section}]")
    claims = [claim.id for claim in every_claim().values() if claim.section == section]
    if not path.is_file():
        new_notebook = _new(section, claims)
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, new_notebook)
        return f"wrote {path.parent.name}/{path.name}: {count_of(len(claims), 'claim')}"
    old_notebook = _read(path)
    if _as_written(old_notebook):
        new_notebook = _new(section, claims)  # nobody wrote in it
        if _digest(new_notebook) == _digest(old_notebook):
            return ""
        _put(path, new_notebook)
        count = count_of(len(claims), "claim")
        return (
            f"wrote {path.parent.name}/{path.name} again, because nobody had written in it: {count}"
        )
    followed = [*_followed(old_notebook, claims)]
    if followed:
        _put(path, old_notebook)
    told = [f"{path.parent.name}/{path.name}: {line}" for line in followed]
    sources = " ".join(map(_source, old_notebook["cells"]))
    missing = [
        claim
        for claim in claims
        if f'"{claim}"' not in sources and f"{claim.lower()}-head" not in _ids(old_notebook)
    ]
    if not missing:
        return "\n".join(told)
    ids = _ids(old_notebook)
    cells = [cell for claim in missing for cell in _claim(claim) if cell["id"] not in ids]
    ends = (place for place, cell in enumerate(old_notebook["cells"]) if cell.get("id") == LAST)
    end = next(ends, len(old_notebook["cells"]))
    old_notebook["cells"][end:end] = cells
    _record(old_notebook, cells)
    _put(path, old_notebook)
    added = f"added to {path.parent.name}/{path.name}: {', '.join(missing)}; no other cell changed"
    return "\n".join([*told, added])


def _followed(notebook: Notebook, claims: list[str]) -> Iterator[str]:
    """Bring the cells that were written for claims, and for all of them together, and in which
    nobody wrote since, up to what the claims say now; a line for each cell that follows.
    """
    written = _kept_digests(notebook)
    cells_by_claim = {claim: _claim(claim) for claim in claims}
    if GLANCE in _ids(notebook):
        cells_by_claim["the claims"] = _ledger()
    for claim, cells in cells_by_claim.items():
        new = {cell["id"]: cell for cell in cells}
        for cell in notebook["cells"]:
            name = cell.get("id", "")
            if name not in new or _source(cell) == _source(new[name]):
                continue
            if written.get(name) == _cell_digest(cell):
                cell |= {"source": new[name]["source"]}
                if "outputs" in cell:
                    cell |= {"outputs": [], "execution_count": None}
                _record(notebook, [cell])
                yield f"the cell {name} follows {claim}, as nobody had written in it"


def stale_cells(notebook: Notebook, claim: str = "") -> list[str]:
    """The ids of the cells of a claim, or of all claims at a glance where none is named, in which
    nobody wrote, and which would be written otherwise now.
    """
    written = _kept_digests(notebook)
    new = {cell["id"]: _source(cell) for cell in (_claim(claim) if claim else _ledger())}
    return [
        cell["id"]
        for cell in notebook["cells"]
        if cell.get("id") in new
        and _source(cell) != new[cell["id"]]
        and written.get(cell["id"]) == _cell_digest(cell)
    ]


def _kept_digests(notebook: Notebook) -> dict[str, str]:
    """The digest of each cell as it was written, by its id."""
    return dict(notebook["metadata"].get("frenemies", {}).get("cells", {}))


def _record(notebook: Notebook, cells: list[Cell]) -> None:
    """Keep the digests of cells as they are written."""
    about = notebook["metadata"].setdefault("frenemies", {})
    about["cells"] = _kept_digests(notebook) | {cell["id"]: _cell_digest(cell) for cell in cells}


def _cell_digest(cell: Cell) -> str:
    return hashlib.sha256(_source(cell).encode()).hexdigest()[:16]


def _ids(notebook: Notebook) -> set[str]:
    return {cell.get("id", "") for cell in notebook["cells"]}


def _source(cell: Cell) -> str:
    """What stands in a cell, which a file holds as text or line by line."""
    return "".join(cell["source"])


def _read(path: Path) -> Notebook:
    remedy = "correct it in JupyterLab, or move it away and have it written again"
    text = path.read_text(encoding="utf-8")
    if slip := slip_of(path, text):
        raise Problem(slip)
    try:
        notebook = json.loads(text)
        [_source(cell) for cell in notebook["cells"]], notebook["metadata"]
    except (ValueError, KeyError, TypeError) as fault:
        raise Problem(
            f"{path.parent.name}/{path.name} cannot be read ({fault}): {remedy}"
        ) from None
    return notebook


def _put(path: Path, notebook: Notebook) -> None:
    write_atomic(path, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


def _new(section: str, claims: list[str]) -> Notebook:
    current = article.current()
    section_entry = current.sections[section]
    cells = [*_opening(section)]
    if section_entry.notebook == current.opening and every_claim():
        cells += _round()
    for claim in claims:
        cells += _claim(claim)
    if section == current.ledger or not claims:
        cells += _ledger()
    cells += _closing(section)
    title = section_entry.title or section_entry.headed
    about = {"section": section, "title": title, "level": tr("no programming needed")}
    about["teaches"] = tr("All claims at a glance")
    if claims:
        about["teaches"] = tr("Claims {first} to {last}", first=claims[0], last=claims[-1])
    spec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    metadata = {"frenemies": about, "kernelspec": spec, "language_info": {**PYTHON}}
    notebook: Notebook = {"cells": cells, "metadata": metadata, **FORMAT}
    about["as_written"] = _digest(notebook)
    _record(notebook, cells)
    return notebook


def _as_written(notebook: Notebook) -> bool:
    """Whether nobody wrote in a notebook since it was written."""
    return notebook["metadata"].get("frenemies", {}).get("as_written") == _digest(notebook)


def _digest(notebook: Notebook) -> str:
    """What tells whether somebody wrote in a notebook: its cells, without their outputs."""
    cells = [
        (cell.get("id"), _source(cell), cell["metadata"].get("tags", []))
        for cell in notebook["cells"]
    ]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]


def _opening(section: str) -> Iterator[Cell]:
    current = article.current()
    section_entry = current.sections[section]
    appeared = tr(" in {outlet}", outlet=current.outlet) if current.outlet else ""
    citation = tr(
        "{author}, “{article}”{appeared}, {day}",
        author=current.author,
        article=current.title,
        appeared=appeared,
        day=current.on,
    )
    yield _text("title", f"# {section_entry.title or section_entry.headed}")
    yield _text(
        "goals",
        tr(
            "We hold an article to the figures: {citation}. We test its claims; we take no side.",
            citation=citation,
        ),
    )
    yield _text("how", tr(HOW), "live")
    bar = f"import heldto as fr\n\nbar = fr.actor_bar({quoted(section)})\nbar"
    yield _code("setup", bar, "setup", hidden=True)


def _round() -> Iterator[Cell]:
    """The round with which a reader begins."""
    yield _text("round-head", tr(ROUND))
    yield _code("round", "fr.quick_round()", "guess", hidden=True)


def _claim(claim: str) -> Iterator[Cell]:
    """The cells of one claim."""
    entry, key = row(claim), claim.lower()
    has_place = entry["paragraph"] == entry["paragraph"]
    place = tr("Paragraph {number}. ", number=int(entry["paragraph"])) if has_place else ""
    kind = tr(KINDS[entry["kind"]])
    yield _text(f"{key}-head", f"## {claim}. {entry['claim']}\n\n*{place}{kind}*")
    shown = [claim, *of_claims.pictures_of(claim)[:1]]
    call = f"fr.examine({', '.join(map(quoted, shown))})"
    tags = ["guess", "picture", "verdict"] if len(shown) > 1 else ["guess", "verdict"]
    yield _code(f"{key}-examine", call, *tags, hidden=True)
    yield _text(f"{key}-after-head", tr(AFTER), "after-verdict", folded=True)
    if number_of := _number(claim):
        yield _text(f"{key}-number-words", tr(NUMBER), "after-verdict")
        yield _code(f"{key}-number", number_of, "number", "after-verdict", "raises-exception")
    yield _text(f"{key}-after", tr(COMMENT), "after-verdict")
    for name in _exercises(claim):
        yield _text(f"{key}-turn-{name.lower()}", tr(TURN), "exercise")
        call = f"fr.exercise({quoted(name)})"
        yield _code(f"{key}-exercise-{name.lower()}", call, "exercise", hidden=True)


def _exercises(claim: str) -> list[str]:
    return [name for name in sheets.exercise_ids() if name.partition("-")[0] == claim]


def _number(claim: str) -> str:
    """Lines that show the rows on which a claim rests; "" where it rests on none."""
    measure = dict(find_claim(claim).measure)
    if not measure or shaped.fault(claim):
        return ""
    column = measure.get("column", "")
    frame = evidence.table(measure["table"])
    lines = [f'rows = fr.evidence.table({quoted(measure["table"])}, "then")']
    if (pair := frame.attrs.get("pairs")) and {*pair} & {*_columns_read(measure)}:
        lines += _both_ways(*pair)
    for name, cell in _cells_read(measure).items():
        lines.append(f"rows = rows[rows[{quoted(name)}].isin({cell!r})]")
    if "year" in frame and column and measure.get("part"):
        return "\n".join([*lines, *_part_and_whole(measure)])
    if "year" in frame and column and measure["shape"] == "rank":
        with suppress(NotHeld):
            return "\n".join([*lines, *_in_order(measure)])
    if "year" in frame and column:
        code = f'rows.groupby("year")[[{quoted(column)}]].sum(){_compared_years(measure)}'
        if by := _by(measure):
            wide = f'index="year", columns={by}, values={quoted(column)}, aggfunc="sum"'
            named = ".rename(columns=fr.actors.name_or_cell)"
            code = f"rows.pivot_table({wide}){_compared_years(measure)}{named}"
        if divide := measure.get("divide"):
            code = f"({code} / {divide:.0e}).round(1)".replace("e+0", "e").replace("e+", "e")
        elif frame[column].abs().max() >= LARGE:
            code += '.map("{:,.0f}".format)'
        return "\n".join([*lines, code])
    return "\n".join([*lines, "rows.tail(10)"])


def _columns_read(measure: dict[str, Any]) -> Iterator[str]:
    """The columns by whose cells a measure picks its rows."""
    yield from _cells_read(measure)
    for name in ("part", "whole"):
        yield from measure.get(name) or ()
    yield measure.get("by", "")


def _both_ways(one: str, other: str) -> Iterator[str]:
    """Lines that give a pair its row for either side, as the verdict finds it."""
    names = f"{quoted(one)}: {quoted(other)}, {quoted(other)}: {quoted(one)}"
    yield f"turned = rows.rename(columns={{{names}}})"
    yield 'rows = rows.merge(turned, how="outer")  # either side of a pair may come first'


def _part_and_whole(measure: dict[str, Any]) -> Iterator[str]:
    """Lines that show the part, the whole and the share of a measure, year by year."""
    for name, cells in (("part", measure["part"]), ("whole", measure.get("whole") or {})):
        rows = "rows"
        for column, cell in cells.items():
            listed = cell if isinstance(cell, list) else [cell]
            rows = f"{rows}[{rows}[{quoted(column)}].isin({listed!r})]"
        yield f'{name} = {rows}.groupby("year")[{quoted(measure["column"])}].sum()'
    table = 'part.to_frame("part").assign(whole=whole, percent=100 * part / whole)'
    yield f"{table}.round(1){_compared_years(measure)}"


def _in_order(measure: dict[str, Any]) -> Iterator[str]:
    """Lines that show whom a measure ranks, each in a row, in their order."""
    years = measure.get("years", measure.get("at", "last"))
    years = years if isinstance(years, list) else [years]
    if not all(isinstance(year, int) for year in years):
        years = [figure(measure, "then").until]
    column = measure["column"]
    wide = f'index={quoted(measure["by"])}, columns="year", values={quoted(column)}, aggfunc="sum"'
    yield f"table = rows.pivot_table({wide})"
    yield f"table = table.filter({years}).rename(index=fr.actors.name_or_cell)"
    if divide := measure.get("divide"):
        yield f"table = table / {divide:.0e}".replace("e+0", "e").replace("e+", "e")
    is_large = not divide and evidence.table(measure["table"])[column].abs().max() >= LARGE
    is_small = evidence.table(measure["table"])[column].abs().max() < SMALL
    form = (
        '.map("{:,.0f}".format)' if is_large else f".round({3 if is_small and not divide else 1})"
    )
    order = "" if measure.get("smallest") else ", ascending=False"
    if measure.get("of") != "change" or len(years) < 2:
        yield f"table.sort_values({years[-1]}{order}){form}"
        return
    first, last = f"table[{years[0]}]", f"table[{years[-1]}]"
    by_difference = measure.get("how") == "difference"
    change = f"{last} - {first}" if by_difference else f"100 * ({last} / {first} - 1)"
    yield f"change = ({change}).round(1)"
    name = "change" if by_difference else "percent"
    yield f'table{form}.assign({name}=change).sort_values("{name}"{order})'


def _compared_years(measure: dict[str, Any]) -> str:
    """Which rows of a table of years are shown: those that the claim compares, with the years
    between where these are few; the last ones of a claim that names none.
    """
    years = measure.get("years", measure.get("at"))
    if isinstance(years, int):
        return f".loc[:{years}].tail(10)"
    if not isinstance(years, list):
        return ".tail(10)"
    first, last = years[0], years[-1]
    if first in EXTREMES or last == "last":
        try:
            found = figure(measure, "then")
        except NotHeld:
            return ".tail(10)"
        first = found.parts.get("first", first) if first in EXTREMES else first
        last = found.until if last == "last" else last
    if last - first <= LONGEST:
        return f".loc[{first}:{last}]"
    return f'.filter([{first}, {last}], axis="index")'


def _by(measure: dict[str, Any]) -> str:
    """What has a column each in the number of a measure, as a cell writes it: what the two figures
    that are compared differ in, or else the actors, or else what one figure is of; "" for nothing.
    """
    frame = evidence.table(measure["table"])
    of = measure["of"] if isinstance(measure.get("of"), dict) else {}
    other = measure.get("to") or measure.get("above") or {}
    names = [name for name in frame if name in {*of, *other} and name != "year"]
    differ = [name for name in names if of.get(name) != other.get(name)] if of and other else []
    if len(differ) > 1:
        return json.dumps(differ, ensure_ascii=False)
    by_actor = (name for name in frame if frame[name].isin(actors.EVERYBODY).any())
    compared = [*differ, *by_actor, *of, *([measure["by"]] if "by" in measure else [])]
    return quoted(compared[0]) if compared else ""


def _cells_read(measure: dict[str, Any]) -> dict[str, list[Any]]:
    """{column: cells} of the rows that a measure reads: those of a part and of a whole together."""
    cells_by_column: dict[str, list[Any]] = {}
    named = (measure.get(key) for key in ("of", "to", "above"))
    parts = [part for part in named if isinstance(part, dict)]
    for part in [measure.get("where") or {}, *parts]:
        for name, cell in part.items():
            cells_by_column.setdefault(name, []).extend(cell if isinstance(cell, list) else [cell])
    return cells_by_column


def _ledger() -> Iterator[Cell]:
    """The cells of all claims: those that wait for a guess are judged before the picture shows the
    verdicts of all.
    """
    judged = [claim for claim in every_claim() if not shaped.fault(claim)]
    judged = [claim for claim in judged if not shaped.open_until(claim)]  # nothing is told of these
    glance = "fr.explore(fr.overview.glance_picture)"
    if judged:
        yield _text("quick-head", f"{tr(ROUND)}\n\n{tr(BEFORE_ALL)}")
        asked = f"asked = [{', '.join(map(quoted, judged))}]"
        yield _code("quick", f"{asked}\nfr.quick_round(asked)", "guess", hidden=True)
        glance = "fr.examine(asked, fr.overview.glance_picture, verdicts=[], ask=False)"
    yield _text("ledger-head", tr("## All claims at a glance"))
    yield _code(GLANCE, glance, "picture", hidden=bool(judged))
    yield _code("ledger", "fr.lists.all_claims()", hidden=True)
    yield _text("you-head", tr("## You and the figures"), "live")  # a page has them at its end
    yield _code("you", "fr.reckoning.mine()", "live", hidden=True)


def _closing(section: str) -> Iterator[Cell]:
    current = article.current()
    appeared = f" {current.outlet}," if current.outlet else ""
    sources = tr(
        "## Sources\n\n{author}, “{article}”,{appeared} {day}; claims in our own words. "
        "The tables:",
        author=current.author,
        article=current.title,
        appeared=appeared,
        day=current.on,
    )
    yield _text(LAST, sources)
    tables = 'for name in fr.evidence.package()["resources"]:\n'
    tables += '    print(name["title"], "-", fr.evidence.source(name["name"]))'
    yield _code("sources", tables, hidden=True)
    yield _text("progress-words", tr("## How far are you?"), "live")
    argument = quoted(section) if article.current().sections[section].letter else ""
    yield _code("progress", f"fr.progress({argument})", "live", hidden=True)


def quoted(word: Any) -> str:
    """A word of an article as it stands in a cell: a word in quotes, whatever it holds."""
    return json.dumps(str(word), ensure_ascii=False)


def _text(name: str, text: str, *tags: str, folded: bool = False) -> Cell:
    metadata: dict[str, Any] = {"jp-MarkdownHeadingCollapsed": True} if folded else {}
    if tags:
        metadata["tags"] = list(tags)
    lines = text.splitlines(keepends=True)
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": lines}


def _code(name: str, text: str, *tags: str, hidden: bool = False) -> Cell:
    metadata: dict[str, Any] = {"jupyter": {"source_hidden": True}} if hidden else {}
    if tags:
        metadata["tags"] = list(tags)
    empty = {"execution_count": None, "outputs": list[Any]()}
    lines = text.splitlines(keepends=True)
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": lines, **empty}
