"""The teacher: every claim of a plain article with what is missing, in a sentence each. No figure
is shown, so that rules can be written before one is seen.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from heldto import article, evidence
from heldto.claims import blocks, row
from heldto.claims.rule import AROUND, COMPARISONS
from heldto.errors import NotHeld, Problem, Slip
from heldto.evidence import actors
from heldto.evidence.paths import notebooks_dir
from heldto.evidence.plain import UNSTATED
from heldto.exercises import sheets
from heldto.measures.shapes import fitting
from heldto.publish.newarticle.notebooks import strays
from heldto.text.words import count_of

VAGUE = re.compile(
    r"\b(cheaper|dearer|more|less|fewer|larger|smaller|bigger|better|worse|stronger|weaker|faster|"
    r"slower|richer|poorer|closer|higher|lower|growing|rising|falling)\b",
    re.IGNORECASE,
)
WELL = "nothing is missing"


def check_lines() -> tuple[list[str], bool]:
    """What is missing, claim by claim, then table by table; and whether every claim can be judged.

    Raises Problem where the article is in no plain folder, or its tables cannot be described.
    """
    if not article.current().plain:
        raise Problem("check is for an article in a plain folder; frenemies validate checks ours")
    told, good = list[str](), True
    listed = [one["id"] for one in evidence.rows("claims")]
    told += _bare_sections({claim[0] for claim in listed})
    there = [notebooks_dir() / f"{name}.ipynb" for name in article.notebooks().values()]
    written = [path.read_text(encoding="utf-8") for path in there if path.is_file()]
    for claim in listed:
        fault = blocks.fault(claim)
        missing = [fault] if fault else [*_missing(claim, written)]
        good = good and not fault
        told.append(f"{claim}  {row(claim)['claim']}")
        told += [f"    {one}" for one in missing or [WELL]]
    told += _tables()
    told += _pictures()
    told += _exercises()
    told += [
        f"{one}: no section of article.toml has it, so heldto handouts would fail"
        for one in strays()
    ]
    told.append(_sealed(listed))
    return told, good


def _bare_sections(letters: set[str]) -> Iterator[str]:
    for name, one in article.current().sections.items():
        if one.letter and one.letter not in letters:
            remedy = f"write [{one.letter}1] into claims.toml, or delete the section"
            yield f"section {name}: no claim has its letter {one.letter}: {remedy}"


def _missing(claim: str, notebooks: list[str]) -> Iterator[str]:
    block: Any = blocks.claim_block(claim) or {}
    measure, rule, kind = block.get("measure"), block.get("rule", {}), block.get("kind", "")
    says = block["says"]
    if says.startswith("Fill in"):
        yield "write a claim of the article into says, in your own words"
    if not kind:
        yield "kind is missing, so descriptive is used: or write causal, intention or forecast"
    if "paragraph" not in block:
        yield "paragraph is missing: where does the article say it?"
    if measure:
        yield from _measured(claim, block)
        yield from _unasked(block)
    elif not blocks.has_python(claim):
        yield from _unmeasured(block, says)
    if kind in blocks.CAPPED and rule and "cap" not in rule:
        article_ = "an" if kind[0] in "aeiou" else "a"
        yield f"{article_} {kind} claim holds partly at best: no cap is written, added"
    if changed := blocks.changed(claim):
        yield _after_the_seal(claim, changed)
    if not any(f'\\"{claim}\\"' in text for text in notebooks):
        yield "no notebook has it: heldto notebooks adds its cells and changes no other cell"
    elif heading := _other_heading(claim, says, notebooks):
        yield f'its notebook says "{heading}": mend that heading, or run heldto notebooks'


def _unmeasured(block: Any, says: str) -> Iterator[str]:
    if "documents" in block.get("rule", {}):
        return
    found = VAGUE.search(says)
    if block.get("kind") == "intention":
        if "would_decide" not in block:
            yield "it is undecided: which documents could decide it? Write them into would_decide"
        return
    if found:
        yield f"*{found[0]}* than what, where, when? Write it into measure"
    elif "would_decide" not in block:
        yield "no measure: which table and column? Or say in would_decide what could decide it"


def _measured(claim: str, block: Any) -> Iterator[str]:
    rule = block["rule"]
    if "why" not in rule:
        yield "explain the thresholds in rule, why: readers who would choose others will ask"
    level = _level(rule)
    if row(claim)["unit"].startswith("percent") and 0 < level <= 1:
        yield f"its measure is in percent, and the rule says {level:g}: is {100 * level:g} meant?"
    if "partly" not in rule and "documents" not in rule:
        yield "rule has no partly: the claim can only hold or fail"
    if not block.get("readings"):
        yield "there is no other reading: which other year or part could a careful reader choose?"
    if "cannot" not in block:
        yield "cannot is missing: what does the figure not show?"
    yield from _unheld(block["measure"])
    if block["measure"].get("shape") == "rank":
        yield from _strangers(block["measure"])
    for year in _later(block["measure"]):
        on = article.current().on
        yield f"{year} is not known on {on}, the article's day: only *since* can use it"


def _level(rule: Any) -> float:
    """What a rule asks of a figure, 0 where it compares none."""
    asked = next((rule[one] for one in (*COMPARISONS, *AROUND) if one in rule), 0)
    return asked if isinstance(asked, int | float) else 0


def _unheld(measure: Any) -> Iterator[str]:
    """Why no figure of the day decides a claim; nothing where one does."""
    books = measure.get("books") or {"": {}}
    try:
        for own in books.values():
            rows = {**measure.get("where", {}), **own}
            blocks.figure({**measure, "where": rows} if own else measure, "then")
    except NotHeld as lack:
        yield f"no figure known on the article's day decides it: {lack}"


def _strangers(measure: Any) -> Iterator[str]:
    """Cells that a rank counts and that are no actors: the total of a table, often."""
    rows = fitting(evidence.table(measure["table"]), measure.get("where", {}))
    cells = map(str, rows[measure["by"]].unique())
    strange = [cell for cell in cells if actors.known(cell) != cell]
    if strange and len(strange) < rows[measure["by"]].nunique():
        named = ", ".join(strange[:4])
        yield f"it ranks {named} too, not in actors.csv: say in where which rows are ranked"


def _unasked(block: Any) -> Iterator[str]:
    """Actors whom the sentence names and the measure does not, where `actors` is not given."""
    asked = {*blocks.actor_codes(block["measure"])}
    if "actors" in block or "by" in block["measure"]:
        return
    for code in actors.ALL:
        if re.search(rf"\b{re.escape(actors.name(code))}\b", block["says"]) and code not in asked:
            yield f"it names {actors.the(code)}, but the measure does not: do you compare it?"


def _later(measure: Any) -> list[int]:
    asked = measure.get("years", measure.get("at", []))
    listed = asked if isinstance(asked, list) else [asked]
    known = article.current().cuts["annual"]
    return [one for one in listed if isinstance(one, int) and one > known]


def _after_the_seal(claim: str, changed: str) -> str:
    if changed == "measure":
        return blocks.measured_anew(claim).removeprefix(f"{claim}: ")
    return (
        f"its {changed} was changed after the seal, but the sealed version decides: "
        "heldto seal adds yours as an amendment"
    )


def _other_heading(claim: str, says: str, notebooks: list[str]) -> str:
    """The heading of a claim in its notebook, where we wrote it and the sentence is another now."""
    for notebook in notebooks:
        for cell in json.loads(notebook).get("cells", []):
            text = "".join(cell.get("source", ""))
            head = text.partition("\n")[0]
            if cell.get("id") == f"{claim.lower()}-head" and head != f"## {claim}. {says}":
                return head.removeprefix("## ")
    return ""


def _tables() -> Iterator[str]:
    for entry in evidence.package()["resources"]:
        lacks = []
        if any(one["title"] == UNSTATED for one in entry["sources"]):
            lacks.append("where it is from")
        if not entry.get("licenses"):
            lacks.append("under which licence")
        if not entry.get("traps"):
            lacks.append("what somebody would misread in it")
        try:
            evidence.check_table(entry["name"])
        except Problem as fault:
            yield f"table {entry['name']}: {fault}"
        if lacks:
            name = entry["name"]
            yield f"table {name}: say {', '.join(lacks)}: heldto table data/{entry['path']} asks"
    for code in actors.ALL:
        if actors.name(code) == code:
            yield f"actors.csv: {code} has no name, only its code: write its name"


def _pictures() -> Iterator[str]:
    from heldto.toggles import declared  # it draws: not before a picture is looked at

    try:
        listed = [*blocks.pictures()]
    except Problem as fault:
        yield f"pictures: {fault}"
        return
    for key in listed:
        try:
            declared.drawn(key)()
        except Problem as fault:
            yield f"picture {key}: {fault}"
            continue
        yield from _elsewhere(key, blocks.pictures()[key])


def _elsewhere(key: str, picture: Any) -> Iterator[str]:
    """Claims at which a picture stands, and which rest on another table."""
    for claim in blocks.block_claims(picture) if "table" in picture else ():
        block: Any = blocks.claim_block(claim) or {}
        table = block.get("measure", {}).get("table", picture["table"])
        if table != picture["table"]:
            says = f"it draws table {picture['table']}, and {claim} rests on {table}"
            yield f"picture {key}: {says}: does it belong there?"


def _exercises() -> Iterator[str]:
    try:
        names = sheets.exercise_ids()
    except Slip as slip:
        yield f"exercises: {slip}"
        return
    for name in names:
        try:
            sheets.make_exercise(name)
        except Problem as fault:
            yield f"exercise {name}: {fault}"
    if not names:
        yield "there is no exercise yet: a choice or a number needs no Python"


def _sealed(listed: list[str]) -> str:
    done = {one["claim"] for one in blocks.sealed_rows()}
    open_ = [one for one in listed if one not in done and "rule" in (blocks.claim_block(one) or {})]
    count = count_of(len(listed), "claim")
    if not open_:
        return f"{count}: every rule is sealed."
    names = ", ".join(open_)
    return f"{count}; not sealed: {names}. Seal before you look at a figure: heldto seal"
