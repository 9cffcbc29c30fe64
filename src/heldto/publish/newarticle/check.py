"""The teacher: every claim of a plain article with what is missing, in a sentence each. No figure
is shown, so that rules can be written before one is seen.
"""

import builtins
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from heldto import article, evidence
from heldto.catalogues import still_english
from heldto.claims import TESTS, readings, row, seals, shaped, units
from heldto.claims.keys import CAPPED
from heldto.claims.listed import every_claim, find_claim, sealed_rows
from heldto.claims.measure import actors_of, merged, named_cells, time_of, unit_of
from heldto.claims.rule import AROUND, COMPARISONS, FALLING, STILL, Rule
from heldto.claims.span import span_asked
from heldto.errors import NotHeld, Problem, Slip, did_you_mean
from heldto.evidence import actors
from heldto.evidence.paths import notebooks_dir
from heldto.evidence.plain import UNSTATED
from heldto.exercises import sheets
from heldto.exercises.cell_names import names_of
from heldto.measures.shapes import fitting
from heldto.publish.newarticle.folder import draw_id
from heldto.publish.newarticle.named_in_cells import Cells, gone, unasked_in
from heldto.publish.newarticle.notebooks import COMMENT, stale_cells, strays
from heldto.publish.newarticle.schemas import outdated_schemas
from heldto.publish.newarticle.seal import not_amended, write_seal
from heldto.publish.notebook_files import slip_of
from heldto.text.language import instead
from heldto.text.words import count_of, join_names
from heldto.toggles import of_claims
from heldto.tr import tr

VAGUE = re.compile(
    r"\b(cheaper|dearer|more|less|fewer|larger|smaller|bigger|better|worse|stronger|weaker|faster|"
    r"slower|richer|poorer|closer|higher|lower|growing|rising|falling)\b",
    re.IGNORECASE,
)
PERCENTS = range(20, 200)  # thresholds of a ratio that were probably meant in percent
WELL = "nothing is missing"


def check_lines() -> tuple[list[str], bool]:
    """What is missing, claim by claim, then table by table; and whether every claim can be judged.

    Raises Problem where the article is in no plain folder, or its tables cannot be described.
    """
    lines, all_judged = list[str](), True
    ids = [*every_claim()]
    lines += _bare_sections({claim[0] for claim in ids})
    lines += [
        f'article.toml, [first_round]: no claim "{claim}". {instead(claim, ids)}'
        for claim in article.current().first_round
        if claim not in ids
    ]
    paths = [notebooks_dir() / f"{name}.ipynb" for name in article.notebooks().values()]
    texts = {path: path.read_text(encoding="utf-8") for path in paths if path.is_file()}
    notebooks = [*texts.values()]
    lines += filter(None, (slip_of(path, text) for path, text in texts.items()))
    cells = {path: _cells_of(text) for path, text in texts.items()}
    for claim in ids:
        fault = shaped.fault(claim)
        missing = [fault] if fault else [*_missing(claim, notebooks, cells)]
        all_judged = all_judged and not fault
        lines.append(f"{claim}  {row(claim)['claim']}")
        lines += [f"    {gap}" for gap in missing or [WELL]]
    if not article.current().id:
        shared = "another seminar with this folder name would share answers with it"
        drawn = draw_id(article.current().folder.name)
        lines.append(f'article.toml: no id, so {shared}: write id = "{drawn}" below its title')
    if not article.current().blurb:
        remedy = 'write blurb = "..." below its title, as it goes on after "wrote that"'
        lines.append(f"article.toml: no blurb, so the site does not say what it wrote: {remedy}")
    lines += _tables()
    lines += _unused(ids, notebooks)
    lines += gone(cells)
    lines += _unasked_round(texts)
    lines += _unwritten(notebooks)
    lines += _few_readings(ids)
    lines += _pictures()
    lines += _exercises(notebooks)
    lines += [
        f"schemas/{name}.json is missing, or of another version: heldto notebooks writes it"
        for name in outdated_schemas()
    ]
    lines += [
        f"{stray}: no section of article.toml has it, so heldto handouts would fail"
        for stray in strays()
    ]
    lines += filter(None, [still_english(article.current().language)])
    lines.append(_sealed(ids))
    return lines, all_judged


def seal_lines(note: str = "") -> list[str]:
    """Seal as `write_seal` does. Returns its lines, and one for each rule sealed now of which
    something was probably not meant.
    """
    before = {sealed["claim"] for sealed in sealed_rows()}
    lines = write_seal(note)
    remedy = "to mend it, delete its row from sealed.csv, and seal again"
    for sealed in sealed_rows():
        claim = sealed["claim"]
        if claim not in before and not shaped.fault(claim):
            lines += [f"{claim} is sealed, and {doubt}: {remedy}" for doubt in unmeant(claim)]
    return lines


def _bare_sections(letters: set[str]) -> Iterator[str]:
    for name, section in article.current().sections.items():
        if section.letter and section.letter not in letters:
            remedy = f"write [{section.letter}1] into claims.toml, or delete the section"
            yield f"section {name}: no claim has its letter {section.letter}: {remedy}"


def _missing(claim: str, notebooks: list[str], cells_by_path: Cells) -> Iterator[str]:
    block: Any = find_claim(claim).block
    measure, rule, kind = find_claim(claim).measure, block.get("rule", {}), block.get("kind", "")
    sentence = block["says"]
    if sentence.startswith("Fill in"):
        yield "write a claim of the article into says, in your own words"
    if not kind:
        yield "kind is missing, so descriptive is used: or write causal, intention or forecast"
    if "paragraph" not in block:
        yield "paragraph is missing: where does the article say it?"
    if measure:
        yield from _measured(claim, block)
        yield from _uncompared(claim)
        yield from _unasked(block)
    elif not _has_python(claim):
        yield from _unmeasured(block, sentence)
    if not_told := span_asked(claim):
        yield not_told
    if kind == "forecast" and measure and "due" not in block:
        yield "due is missing: in which year is the forecast due? Before it, the claim is open"
    if kind in CAPPED and rule and "cap" not in rule:
        indefinite = "an" if kind[0] in "aeiou" else "a"
        yield f"{indefinite} {kind} claim holds partly at best: no cap is written, added"
    try:
        if unsealed := not_amended(find_claim(claim)):
            yield unsealed
    except Problem as slip:
        yield str(slip)
    for changed_table in seals.tables_changed(claim):
        yield f"{changed_table} Its pages say so."
    if unasked := unasked_in(cells_by_path, claim):
        yield unasked
    elif not notebooks:
        yield "no notebook has it: heldto notebooks adds its cells and changes no other cell"
    elif heading := _other_heading(claim, sentence, notebooks):
        yield f'its notebook says "{heading}": mend that heading, or run heldto notebooks'
    elif cells := [cell for text in notebooks for cell in _stale(text, claim)]:
        names = ", ".join(cells)
        yield f"its notebook was written before the claim changed ({names}): heldto notebooks"


def _has_python(claim: str) -> bool:
    article.load("claims")
    return claim in TESTS


def _unmeasured(block: Any, sentence: str) -> Iterator[str]:
    if "documents" in block.get("rule", {}):
        return
    vague_word = VAGUE.search(sentence)
    if block.get("kind") == "intention":
        if "would_decide" not in block:
            yield "it is undecided: which documents could decide it? Write them into would_decide"
        return
    if vague_word:
        yield f"*{vague_word[0]}* than what, where, when? Write it into measure"
    elif "would_decide" not in block:
        yield "no measure: which table and column? Or say in would_decide what could decide it"


def _measured(claim: str, block: Any) -> Iterator[str]:
    rule = block["rule"]
    if "why" not in rule:
        yield "explain the thresholds in rule, why: readers who would choose others will ask"
    unit = str(block["measure"].get("unit", ""))
    if "distinct" in block["measure"] and unit_of(block["measure"]) == "different values":
        yield 'say what it counts: write unit = "states", or another word, into measure'
    if near := _near_unit(unit, block["measure"]):
        yield f'the unit "{unit}" is printed as it stands. {near}'
    yield from unmeant(claim)
    if "partly" not in rule and "documents" not in rule:
        yield "rule has no partly: the claim can only hold or fail"
    if not block.get("readings"):
        yield "there is no other reading: which other year or part could a careful reader choose?"
    if "cannot" not in block:
        yield "cannot is missing: what does the figure not show?"
    yield from _other_unit(block["measure"])
    for key in ("unchanged", "within"):
        if isinstance(rule.get(key), int | float) and rule[key] < 0:
            yield f"{key} = {rule[key]:g} can never hold, for it counts both ways: write a positive"
    due = block.get("due")
    yield from _unheld(shaped.so_far(block["measure"], due) if due else block["measure"])
    yield from _empty_readings(claim)
    if block["measure"].get("shape") == "rank":
        yield from _strangers(block["measure"])
    yield from shaped.strange_times(find_claim(claim))


def unmeant(claim: str) -> Iterator[str]:
    """What of a rule and its years was probably not meant: after a seal it would decide."""
    block: Any = find_claim(claim).block
    if not block.get("measure") or "rule" not in block:
        return
    rule, unit = block["rule"], str(block["measure"].get("unit", ""))
    level = _level(rule)
    if row(claim)["unit"].startswith("percent") and 0 < level <= 1:
        yield f"its measure is in percent, and the rule says {level:g}: is {100 * level:g} meant?"
    if block["measure"].get("shape") == "ratio" and not unit and level in PERCENTS:
        says = f"its measure is a ratio (1: both are equal), and the rule says {level:g}"
        yield f'{says}: is {level / 100:g} meant? If not, write unit = "times" into measure'
    yield from _swapped(find_claim(claim).rule)
    yield from _figures_for_years(block["measure"])
    yield from _backwards(block["measure"])


def _figures_for_years(measure: Any) -> Iterator[str]:
    """That a count of years counts figures, where what it compares has none of most years."""
    if "above" not in measure or unit_of(measure) != "years":
        return
    if measure["table"] not in evidence.package()["tables"]:  # sealed before its table is there
        return
    apart = pd.to_numeric(pd.Series(_years_of_both(measure)), errors="coerce").diff().median()
    if apart > 1:
        says = f"both have a figure every {apart:g} years, and each is counted as one year"
        yield f'{says}: write unit = "figures" into measure, and figures into the rule'


def _years_of_both(measure: Any) -> list[int]:
    """The years in which a count of years has both figures, in their order."""
    frame, column, years = evidence.table(measure["table"]), measure["column"], set[int]()
    for number, side in enumerate(("of", "above")):
        rows = fitting(frame, {**measure.get("where", {}), **measure[side]}, column)
        held = {*rows.dropna(subset=[column])[time_of(measure)]}
        years = years & held if number else held
    first, last = measure.get("years", (min(years, default=0), "last"))
    return sorted(year for year in years if first <= year and (last == "last" or year <= last))


def _backwards(measure: Any) -> Iterator[str]:
    """Years that run from the later one to the earlier."""
    for key in ("years", "at"):
        years = measure.get(key)
        is_span = isinstance(years, list) and all(isinstance(year, int) for year in years)
        if is_span and years != sorted(years):
            yield f"{key} = {years} runs backwards: write {key} = {sorted(years)}"


def _swapped(rule: Rule) -> Iterator[str]:
    """That the strict threshold is easier to reach than the rule's, or the lenient one harder."""
    falling = rule.comparison in FALLING
    for reading, is_strict in (("strict", True), ("lenient", False)):
        threshold = rule.variants.get(reading, (None, None))[0]
        if threshold is None or rule.holds is None or threshold == rule.holds:
            continue
        if (threshold > rule.holds) == (falling == is_strict):
            word = "easier" if is_strict else "harder"
            says = f"{reading} = {threshold:g} is {word} to reach than the rule ({rule.holds:g})"
            yield f"{says}: are strict and lenient swapped?"


def _other_unit(measure: Any) -> Iterator[str]:
    """A value in another unit than that of its column, which nothing divides."""
    if measure.get("shape") != "value" or "divide" in measure or "unit" not in measure:
        return
    unit = _column_unit(measure)
    if unit and _as_known(unit) != _as_known(str(measure["unit"])):
        says = f'its unit is "{measure["unit"]}", and {measure["column"]} is in "{unit}"'
        yield f'{says}: write divide into measure (1000 for thousands), or unit = "{unit}"'


def _column_unit(measure: Any) -> str:
    """The unit of the column of a measure, "" where its table names none."""
    if not {"table", "column"} <= measure.keys():
        return ""
    unit = str(evidence.describe_column(measure["table"], measure["column"]).get("unit", ""))
    return "" if unit == "number" else unit


def _as_known(unit: str) -> str:
    """A unit as rules know it: "percent" of "%"."""
    return str(units.TABLE["spellings"].get(unit, unit)).casefold()


def _near_unit(unit: str, measure: Any) -> str:
    """Which unit was probably meant; "" where it is known, that of its column, or like none."""
    known = [*units.UNITS, *units.TABLE["spellings"], _column_unit(measure)]
    known = [name for name in known if not name.startswith(f"{unit} ")]  # which says more
    return "" if not unit or unit in known else did_you_mean(unit, known, near_as=0.7)


def _unused(claims: list[str], notebooks: list[str]) -> Iterator[str]:
    """Tables on which nothing rests, and codes that pages would print in the place of names."""
    found = [find_claim(claim) for claim in claims]
    used = {table for claim in found for table in claim.tables}
    used |= {option["puts"].get("table") for claim in found for option in claim.options}
    try:
        drawn = of_claims.pictures().values()
        used |= {str(picture.get("table", "")) for picture in drawn}
    except (Problem, AttributeError):
        return  # said with the pictures
    path = article.current().folder / "exercises.toml"
    texts = [path.read_text(encoding="utf-8")] if path.is_file() else []
    texts += [text.replace('\\"', '"') for text in notebooks]
    if (own := path.with_name("own.py")).is_file():
        texts.append(own.read_text(encoding="utf-8"))
    for entry in evidence.package()["resources"]:
        name = entry["name"]
        if name not in used and not any(f'"{name}"' in text for text in texts):
            remedy = f"delete data/{entry['path']} and its entry in data/datapackage.json"
            yield f"table {name}: no claim, picture or exercise uses it: {remedy}"
        elif codes := _bare_codes(name):
            remedy = "write names there, or add them to actors.csv"
            yield f"table {name}: pages would print {', '.join(codes)} as they stand: {remedy}"


def _bare_codes(table: str) -> list[str]:
    """Cells of a table that look like codes, and are no actors."""
    try:
        frame = evidence.table(table)
    except Problem:
        return []
    words = (
        frame[column].dropna().unique() for column in frame.select_dtypes(["object", "string"])
    )
    cells = dict.fromkeys(str(cell) for column in words for cell in column)
    return [
        cell for cell in cells if re.fullmatch("[A-Z]{2,4}", cell) and actors.known(cell) != cell
    ][:4]


def _unasked_round(texts: dict[Path, str]) -> Iterator[str]:
    """That the round before all verdicts was written before the claims were what they are now."""
    for path, text in texts.items():
        if cells := _stale(text, ""):
            says = f"was written before the claims changed ({', '.join(cells)})"
            yield f"notebooks/{path.name}: its round before all verdicts {says}: heldto notebooks"


def _unwritten(notebooks: list[str]) -> Iterator[str]:
    """How many comments the lecturer has not written."""
    cells = [cell for text in notebooks for cell in _cells_of(text)]
    count = sum("".join(cell.get("source", "")).strip() == tr(COMMENT) for cell in cells)
    if count:
        says = f"notebooks: {count_of(count, 'comment')} on a verdict"
        yield f"{says} not written yet: pages leave the place out"


def _few_readings(claims: list[str]) -> Iterator[str]:
    """Of which claims no card says *stable*, and how many readings that would need."""
    few = list[str]()
    for claim in claims:
        try:
            summary = None if shaped.fault(claim) else readings.summary(claim)
        except Problem:
            continue
        if summary and summary.distinct_figures < readings.FEWEST:
            few.append(f"{claim} ({summary.distinct_figures})")
    if few:
        needs = f"a card says *stable* from {readings.FEWEST} different figures on"
        yield f"other readings: {needs}; fewer have {', '.join(few)}"


def _cells_of(notebook: str) -> list[Any]:
    try:
        return list(json.loads(notebook).get("cells", []))
    except (ValueError, AttributeError):
        return []


def _stale(notebook: str, claim: str) -> list[str]:
    """None where pictures or exercises cannot be read: a line of their own says that."""
    try:
        return stale_cells(json.loads(notebook), claim) if _cells_of(notebook) else []
    except Problem:
        return []


def _level(rule: Any) -> float:
    """What a rule asks of a figure, 0 where it compares none."""
    threshold = next((rule[name] for name in (*COMPARISONS, STILL, *AROUND) if name in rule), 0)
    return threshold if isinstance(threshold, int | float) else 0


def _unheld(measure: Any) -> Iterator[str]:
    """Why no figure of the day decides a claim; nothing where one does."""
    books = measure.get("books") or {"": {}}
    try:
        for cells in books.values():
            rows = {**measure.get("where", {}), **cells}
            shaped.figure({**measure, "where": rows} if cells else measure, "then")
    except NotHeld as lack:
        yield f"no figure known on the article's day decides it: {lack}"


def _empty_readings(claim: str) -> Iterator[str]:
    """Other readings for which no table has a figure, of whatever day."""
    found = find_claim(claim)
    for option in found.options:
        try:
            shaped.figure(merged(found.measure, option["puts"]), "since")
        except NotHeld as lack:
            yield f'the reading "{option["option"]}" is left out: {lack}'


def _strangers(measure: Any) -> Iterator[str]:
    """Cells that a rank counts and that are no actors: the total of a table, often."""
    rows = fitting(evidence.table(measure["table"]), measure.get("where", {}))
    cells = map(str, rows[measure["by"]].unique())
    strange = [cell for cell in cells if actors.known(cell) != cell]
    if strange and len(strange) < rows[measure["by"]].nunique():
        names = ", ".join(strange[:4])
        yield f"it ranks {names} too, not in actors.csv: say in where which rows are ranked"


def _unasked(block: Any) -> Iterator[str]:
    """Actors whom the sentence names and the measure does not, where `actors` is not given."""
    measured_codes = {*named_cells(block["measure"])}
    if "actors" in block or "by" in block["measure"]:
        return
    for code in actors.ALL:
        if (
            re.search(rf"\b{re.escape(actors.name(code))}\b", block["says"])
            and code not in measured_codes
        ):
            yield f"it names {actors.the(code)}, but the measure does not: do you compare it?"


def _uncompared(claim: str) -> Iterator[str]:
    """That nobody is compared, where the measure names several actors and not whom to replace."""
    compared = shaped.compared_by_shape(claim)
    if compared and not compared.swap:
        measure, named = find_claim(claim).measure, join_names([*compared.places])
        about = actors_of({key: measure[key] for key in ("part", "of", "who") if key in measure})
        kinds = {one["actor"]: one["kind"] for one in evidence.rows("actors")}
        subject = min([*about, *compared.places], key=lambda code: kinds[code] == actors.CATEGORY)
        remedy = f'such as compare = ["{subject}"], or nobody is compared'
        yield f"its measure names {named}: write into it whom others replace, {remedy}"


def _other_heading(claim: str, sentence: str, notebooks: list[str]) -> str:
    """The heading of a claim in its notebook, where we wrote it and the sentence is another now."""
    for notebook in notebooks:
        for cell in _cells_of(notebook):
            text = "".join(cell.get("source", ""))
            head = text.partition("\n")[0]
            if cell.get("id") == f"{claim.lower()}-head" and head != f"## {claim}. {sentence}":
                return head.removeprefix("## ")
    return ""


def _tables() -> Iterator[str]:
    for entry in evidence.package()["resources"]:
        missing = []
        if any(source["title"] == UNSTATED for source in entry["sources"]):
            missing.append("where it is from")
        if not entry.get("licenses"):
            missing.append("under which licence")
        if not entry.get("traps"):
            missing.append("what somebody would misread in it")
        if "_" in entry["name"] and entry["title"] == entry["name"].replace("_", " ").capitalize():
            says = f'table {entry["name"]}: pages call it "{entry["title"]}", after its file'
            yield f"{says}: write a title into data/datapackage.json"
        try:
            evidence.check_table(entry["name"])
        except Problem as fault:
            yield f"table {entry['name']}: {fault}"
        if missing:
            name = entry["name"]
            yield f"table {name}: say {', '.join(missing)}: heldto table data/{entry['path']} asks"
    for code in actors.EVERYBODY:
        if actors.name(code) == code:
            yield f"actors.csv: {code} has no name, only its code: write its name"


def _pictures() -> Iterator[str]:
    from heldto.toggles import declared  # it draws: not before a picture is looked at

    try:
        keys = [*of_claims.pictures()]
    except Problem as fault:
        yield f"pictures: {fault}"
        return
    notebooks = [path.read_text(encoding="utf-8") for path in notebooks_dir().glob("*.ipynb")]
    for claim in every_claim():
        for key in of_claims.pictures_of(claim)[1:]:
            if not any(f'\\"{key}\\"' in text for text in notebooks):
                says = f"{claim} has another picture already, so it appears nowhere"
                yield f'picture {key}: {says}: write fr.explore("{key}") into a cell of a notebook'
    for key in keys:
        try:
            declared.drawn(key)()
        except Problem as fault:
            yield f"picture {key}: {fault}"
            continue
        yield from _elsewhere(key, of_claims.pictures()[key])


def _elsewhere(key: str, picture: Any) -> Iterator[str]:
    """Claims at which a picture stands, and which rest on another table."""
    for claim in of_claims.block_claims(picture) if "table" in picture else ():
        block: Any = find_claim(claim).block
        table = block.get("measure", {}).get("table", picture["table"])
        if table != picture["table"]:
            mismatch = f"it draws table {picture['table']}, and {claim} rests on {table}"
            yield f"picture {key}: {mismatch}: does it belong there?"


def _exercises(notebooks: list[str]) -> Iterator[str]:
    try:
        names = sheets.exercise_ids()
    except Slip as slip:
        yield f"exercises: {slip}"
        return
    for name in names:
        try:
            code = sheets.make_exercise(name).question.code
        except Problem as fault:
            yield f"exercise {name}: {fault}"
            continue
        if unknown := _unknown_names(code, notebooks):
            says = f"its code names {unknown[0]}, which no cell of the notebooks defines"
            yield f"exercise {name}: {says}: write fr for the package"
        with suppress(Problem):  # of pictures, which say it themselves
            yield from _unseen(name, notebooks)
    if not names:
        yield "there is no exercise yet: a choice or a number needs no Python"


def _unseen(name: str, notebooks: list[str]) -> Iterator[str]:
    """The figures on which an exercise rests and which no page shows to whoever answers it."""
    block = sheets.exercise_text(name)
    if "{{" in block.get("ask", ""):  # it gives them itself
        return
    measures = block.get("figures", {}).values()
    columns = [(each, key) for each in measures for key in ("column", "to_column") if key in each]
    read = {(each["table"], str(each[key])) for each, key in columns}
    read |= {(each["table"], "") for each in measures if "column" not in each}
    claim = name.partition("-")[0]
    beside = f', with claim = "{claim}"' if claim in every_claim() else ""
    for table, column in sorted(read - _drawn()):
        if not _is_printed(table, column, notebooks):
            what = f"column {column} of table {table}" if column else f"table {table}"
            remedy = f'write fr.evidence.table("{table}") into a cell above it'
            says = f"no page shows {what}: draw it in pictures.toml{beside}, or {remedy}"
            yield f"exercise {name}: {says}"


def _drawn() -> set[tuple[str, str]]:
    """What pictures show: a table with its column, and with "" where they show its rows."""
    drawn = set[tuple[str, str]]()
    for picture in of_claims.pictures().values():
        if "measure" in picture:  # a share or a rank does not show what it is made of
            measure = find_claim(picture["measure"]).measure
            columns = ["column"] if measure.get("shape") == "value" else []
            drawn |= {(measure.get("table", ""), measure.get(key, "")) for key in columns}
        else:
            axes = (picture.get("x", ""), picture.get("y", ""), "")
            drawn |= {(picture.get("table", ""), axis) for axis in axes}
    return drawn


def _is_printed(table: str, column: str, notebooks: list[str]) -> bool:
    """Whether a cell of a notebook prints a column of a table, or the table as it is."""
    others = set(evidence.table(table).select_dtypes("number")) - {"year"}
    sources = (
        "".join(cell["source"])
        for text in notebooks
        for cell in _cells_of(text)
        if cell.get("cell_type") == "code"
    )
    for source in sources:
        named = {*re.findall(r"[\"']([^\"']+)[\"']", source)}
        if table in named and (column in named or not column or not named & others):
            return True
    return False


def _unknown_names(code: str, notebooks: list[str]) -> list[str]:
    """Names in the code of an exercise that neither it nor a cell of a notebook defines."""
    cells = [cell for text in notebooks for cell in _cells_of(text)]
    sources = ["".join(cell["source"]) for cell in cells if cell.get("cell_type") == "code"]
    defined = {"fr", *dir(builtins)}.union(*(names_of(source).changes for source in sources))
    names = names_of(code)
    return sorted((names.reads | names.later - names.gives) - defined)


def _sealed(claims: list[str]) -> str:
    sealed = {row["claim"] for row in sealed_rows()}
    open_claims = [claim for claim in claims if claim not in sealed]
    broken = [claim for claim in open_claims if shaped.fault(claim)]
    unsealed = [
        claim for claim in open_claims if claim not in broken and "rule" in find_claim(claim).block
    ]
    line = count_of(len(claims), "claim")
    if lost := seals.lost():
        says = "restore it in claims.toml, under its own letter and number"
        line = f"sealed, and no longer in claims.toml: {', '.join(lost)}: {says}\n{line}"
    if unsealed:
        names = ", ".join(unsealed)
        line += f"; not sealed: {names}. Seal before you look at a figure: heldto seal"
    if broken:
        line += f"; not sealed, because it must be mended first: {', '.join(broken)}"
    return line if unsealed or broken else f"{line}: every rule is sealed."
