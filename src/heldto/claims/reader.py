"""A claim, read from its block of a `claims.toml` and checked whole.

    [E4]
    says = "Russia has a surplus"
    measure = { shape = "value", table = "trade", ... }     one of the shapes of heldto.measures;
    measure = { what = "Russia's balance", unit = "USD bn" } without a shape Python tests it
    rule = { balance = 9, within = 25, partly = 50 }

Each slip is a TextError that names file, key and remedy.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from heldto import article, evidence
from heldto.claims import measure as measures
from heldto.claims.claim import ArticleClaim, Option
from heldto.claims.keys import (
    ALONE,
    CAPPED,
    COMPARED_BY,
    KINDS,
    NEVER,
    OF_CLAIM,
    OF_DRAWN,
    OF_MEASURE,
    OF_OPTION,
    OF_RULE,
    REMEDIES,
    VOICES,
    Table,
    check_keys,
)
from heldto.claims.rule import AROUND, FALLING, VARIED, VERDICTS, Rule, level
from heldto.claims.wording import alternatives_in_words, describe_rule
from heldto.errors import Problem, TextError
from heldto.evidence import actors
from heldto.measures import SHAPES
from heldto.text.language import instead
from heldto.tr import tr, tr_noop

OF_THE_CLAIMS = (  # tables
    *("claims", "readings", "amendments", "documents", "fixed", "sentences", "second_reader"),
)
OF_THE_ACTORS = ("glossary", "actors", "groups")
THRESHOLDS = {  # the readings that follow from the numbers of a rule
    "main": (tr_noop("the threshold as stated"), tr_noop("the rule of the claim")),
    "strict": (
        tr_noop("the strict threshold"),
        tr_noop("the claim is worded strongly, so it needs more"),
    ),
    "lenient": (
        tr_noop("the lenient threshold"),
        tr_noop("the claim is worded loosely, so it needs less"),
    ),
}


def read_claim(
    where: str, name: str, notebook: str, written: Table, block: Table, early: bool = False
) -> ArticleClaim:
    """A claim from its block. Raises Problem naming file, key and remedy.

    where: file and key, as a message begins. notebook: that of its file, "" where the letter of its
    section says it. written: the block as it stands in the file; block: with what was sealed in its
    place, and that is what is read. early: its table need not be there yet, if its measure says
    what it is and in which unit.
    """
    _check_name(where, name)
    if slips := [*_slips_alone(where, block)]:
        rest = {key: value for key, value in block.items() if key not in ALONE}
        try:
            read_claim(where, name, notebook, written, rest, early)
        except Problem as slip:
            slips.append(str(slip))
        raise TextError(". ".join(slips))
    check_keys(where, block, OF_CLAIM)
    if not block.get("says"):
        raise TextError(f'{where}: says is missing: write says = "the claim in your words"')
    kind = block.get("kind", KINDS[0])
    if kind not in KINDS:
        raise TextError(f'{where}, kind: "{kind}" is not allowed here: {instead(kind, KINDS)}')
    voice = block.get("voice", VOICES[0])
    if voice not in VOICES:
        raise TextError(f'{where}, voice: "{voice}" is not allowed here: {instead(voice, VOICES)}')
    measure = _measure(f"{where}, measure", block.get("measure", {}), early)
    in_file = block.get("rule", {})
    rule, numbers, levels = _rule(where, name, block, measure)
    thresholds, alternatives = _in_words(in_file, rule, numbers)
    if "draw" in block:
        check_drawn(f"{where[:-1]}.draw]", block["draw"])
    section, own_notebook = section_and_notebook(name, notebook)
    return ArticleClaim(
        id=name,
        where=where,
        section=section,
        notebook=own_notebook,
        says=block["says"],
        kind=kind,
        voice=voice,
        standing=block.get("standing", bool(measure) and measures.takes_the_latest(measure)),
        paragraph=block.get("paragraph"),
        due=_due(where, block, measure),
        actors=_actors(f"{where}, actors", block, measure),
        proxy=block.get("proxy", ""),
        differs=block.get("differs", ""),
        would_decide=block.get("would_decide", ""),
        cannot=block.get("cannot", ""),
        measured_by=_measured_by(block, measure),
        measure=measure,
        what=_what(block, measure),
        tables=[] if early else _credited(f"{where}, tables", block, measure),
        rule=rule,
        numbers=numbers,
        levels=levels,
        thresholds=thresholds,
        alternatives=alternatives,
        readings=_readings(where, name, block, measure),
        draw=block.get("draw"),
        sentences=block.get("sentences", {}),
        block=block,
        written=written,
    )


def _slips_alone(where: str, block: Table) -> Iterator[str]:
    """What is wrong with the keys of a block on which no other one depends."""
    for key in ALONE:
        try:
            check_keys(where, {key: block[key]} if key in block else {}, OF_CLAIM)
        except TextError as slip:
            yield str(slip)


def unread_claim(where: str, name: str, notebook: str, written: object, fault: str) -> ArticleClaim:
    """A claim that cannot be read, with its sentence, as far as there is one, and its fault."""
    says = written.get("says") if isinstance(written, Mapping) else ""
    section, own_notebook = section_and_notebook(name, notebook)
    return ArticleClaim(
        id=name,
        where=where,
        section=section,
        notebook=own_notebook,
        says=str(says or tr("(it cannot be read)")),
        actors=[*actors.ALL],
        rule=Rule(claim=name, unit="number"),
        fault=fault,
    )


def section_and_notebook(name: str, notebook: str = "") -> tuple[str, str]:
    """The section of a claim, by its letter, and its notebook: that of its file, or of its section.
    "" of what there is not.
    """
    for section in article.current().sections.values():
        if section.letter and section.letter == name[0]:
            return section.name, notebook or section.notebook
    return "", notebook


def _check_name(where: str, name: str) -> None:
    known = article.current().letters
    if not re.fullmatch("[A-Z][0-9]+", name) or name[0] not in known:
        says = f"write the letter of a section ({', '.join(known)}) and a number there"
        raise TextError(f"{where}: {says}")


def _actors(where: str, block: Table, measure: Table) -> list[str]:
    """Whom a claim is about: those it names, else those of its measure, else everybody."""
    named = block.get("actors", [])
    _check_actors(where, named)
    return named or measures.actors_of(measure) or [*actors.ALL]


def _check_actors(where: str, named: list[Any]) -> None:
    for code in named:
        if actors.known(str(code)) != code:
            raise TextError(f"{where}: {actors.unknown(str(code))} actors.csv lists them")


def check_drawn(where: str, drawn: Table) -> None:
    """Raises TextError where the line that a reader draws cannot be laid out. where: file and
    table, as the message begins.
    """
    check_keys(where, drawn, OF_DRAWN)
    if lacking := [key for key in OF_DRAWN if key not in drawn]:
        raise TextError(f"{where}: {lacking[0]} is missing: {REMEDIES[OF_DRAWN[lacking[0]]]}")
    if not drawn["title"]:
        raise TextError(f'{where}, title: "" is not allowed here: {REMEDIES[str]}')
    if drawn["first"] >= drawn["known"]:
        raise TextError(f"{where}, known: write a year after {drawn['first']}, the first year")
    if drawn["bottom"] >= drawn["top"]:
        raise TextError(f"{where}, top: write a number above {drawn['bottom']}, the bottom")
    if not 0 < drawn["step"] <= drawn["top"] - drawn["bottom"]:
        raise TextError(f"{where}, step: write a number above 0 that fits between bottom and top")


def _due(where: str, block: Table, measure: Table) -> int | None:
    """The year in which a forecast is due. Raises TextError where there is nothing to wait for."""
    due = block.get("due")
    if due is None:
        return None
    if block.get("kind") != "forecast":
        raise TextError(f'{where}, due: only a forecast is due: write kind = "forecast"')
    if not measure:
        raise TextError(f"{where}, due: nothing measures the forecast: write its measure")
    times = measure.get("years", measure.get("at", "last"))
    last = times[-1] if isinstance(times, list) and times else times
    if last not in ("last", due):
        says = f"its measure ends in {last}, and it is due in {due}"
        raise TextError(f'{where}, due: {says}: write "last" there')
    return int(due)


# --- its measure -----------------------------------------------------------------------------


def _measure(where: str, measure: Table, early: bool = False) -> dict[str, Any]:
    """What a shape measures; {} where Python or nothing does. early: its table may lack."""
    if not measure.keys() & {"shape", "table"}:
        check_keys(where, measure, OF_MEASURE)
        return {}
    shape, tables = measure.get("shape"), tables_to_measure()
    if shape not in SHAPES:
        raise TextError(f'{where}: no shape "{shape}". {instead(shape, SHAPES)}')
    if "table" not in measure:
        raise TextError(f'{where}: no table: write table = "NAME" of data/')
    if (table := measure["table"]) not in tables and not (early and measure.keys() >= EARLY):
        raise TextError(f'{where}: no table "{table}". {instead(table, tables)}')
    taken = measures.arguments(measure)
    check_keys(where, measure, OF_MEASURE, taken)
    for name, parameter in taken.items():
        if parameter.default is parameter.empty and name not in measure:
            like = f', as in {name} = "..."' if name in ("column", "by", "who") else ""
            raise TextError(f"{where}: a {shape} needs {name}: write it{like}")
        cell = measure.get(name)
        if "Mapping" in str(parameter.annotation) and not isinstance(cell, dict | None):
            like = f'as in {name} = {{ {_column_of(cell, table)} = "{cell}" }}'
            raise TextError(f'{where}, {name}: "{cell}" of which column? Name it, {like}')
    _check_compared(f"{where}, compare", measure)
    return dict(measure)


def _column_of(cell: Any, table: str) -> str:
    """The column of a table that has a cell; "COLUMN" where none has it."""
    frame = evidence.table(table) if table in tables_to_measure() else {}
    return next((str(name) for name in frame if cell in {*frame[name]}), "COLUMN")


EARLY = {"what", "unit"}  # what a measure says in words where its table is not there yet


def _check_compared(where: str, measure: Table) -> None:
    """Raises TextError where `compare` names whom the measure does not."""
    measured = measures.replaceable(measure)
    for code in measure.get("compare", []):
        if code not in measured:
            named = " and ".join(measured) or "nobody"
            cells = measures.named_cells(measure)
            if spelt := [one for one in cells if actors.known(one) == code != one]:
                says = f'the measure names "{spelt[0]}"'
                raise TextError(f'{where}: {says}: write "{code}" there, as the table has it')
            says = f'"{code}" is no actor whom others can replace: the measure names {named}'
            raise TextError(f"{where}: {says}: write one of them, or leave compare out")


def tables_to_measure() -> list[str]:
    """The tables of data/ that a claim can be measured by."""
    aside = {*OF_THE_CLAIMS, *OF_THE_ACTORS}
    return [name for name in evidence.package()["tables"] if name not in aside]


def _measured_by(
    block: Table, measure: Table
) -> Literal["shape", "Python", "documents", "nothing"]:
    if "documents" in block.get("rule", {}):
        return "documents"
    if measure:
        return "shape"
    return "Python" if block.get("measure") else "nothing"


def _what(block: Table, measure: Table) -> str:
    if measure:
        return measures.what_of(measure)
    return str(block.get("measure", {}).get("what", tr_noop("No table here measures it")))


def _unit(block: Table, measure: Table) -> str:
    if "documents" in block.get("rule", {}):
        return "documents"
    return measures.unit_of(measure) if measure else block.get("measure", {}).get("unit", "number")


def _credited(where: str, block: Table, measure: Table) -> list[str]:
    """The tables that its card credits."""
    if "documents" in block.get("rule", {}):
        return ["documents"]
    known = evidence.package()["tables"]
    tables = [measure["table"]] if measure else block.get("measure", {}).get("tables", [])
    for table in tables:
        if table not in known:
            raise TextError(f'{where}: no "{table}". {instead(table, known)}')
    return tables


# --- its rule --------------------------------------------------------------------------------


def _rule(
    where: str, name: str, block: Table, measure: Table
) -> tuple[Rule, dict[str, float], dict[str, str]]:
    """The rule of a claim, its numbers by the names of claims.csv, and its levels as written."""
    in_file = block.get("rule", {})
    check_keys(f"{where}, rule", in_file, OF_RULE)
    comparison, numbers = _compared_by(where, in_file, bool(block.get("measure")))
    written = in_file.get("levels") or in_file.get("documents", {})
    levels = {key: str(value) for key, value in written.items()}
    parts = block.get("measure", {}).get("parts", [])
    try:
        rule = Rule(
            claim=name,
            comparison=comparison,
            unit=_unit(block, measure),
            parts=tuple(parts),
            target=float(numbers.get("target", 0)),
            holds=_first(numbers, "holds"),
            partly=_first(numbers, "partly"),
            cap=_cap(where, block, comparison, measure),
            variants=_variants(numbers),
            levels=_levels(f"{where}, rule, levels", levels),
        )
    except TextError:
        raise
    except Problem as fault:
        raise TextError(f"{where}, rule: {fault}") from None
    _check_rule(f"{where}, rule", rule)
    return rule, numbers, levels


def _compared_by(where: str, in_file: Table, measured: bool) -> tuple[str, dict[str, float]]:
    """The comparison of a rule, and its numbers by the names of claims.csv."""
    numbers = {key: in_file[key] for key in ("target", "partly", *VARIED) if key in in_file}
    if "documents" in in_file or in_file.get("coded"):
        return "coded", numbers
    compared = [key for key in COMPARED_BY if key in in_file]
    if compared and not measured:
        raise TextError(f"{where}: there is a rule but no measure: write measure = {{ ... }}")
    if not compared and (not measured or "words" in in_file):
        return "undecided", numbers
    if len(compared) != 1:
        says = f"rule has {' and '.join(compared)}" if compared else "rule is missing"
        raise TextError(f"{where}: {says}: write one comparison, as in rule = {{ at_least = 50 }}")
    (comparison,) = compared
    holds = in_file[comparison]
    if comparison in AROUND:
        if "within" not in in_file:
            says = f"{comparison} needs within: how far off the figure may be"
            raise TextError(f"{where}, rule: {says}")
        numbers["target"], holds = holds, in_file["within"]
    if holds != NEVER:
        numbers["holds"] = holds
    return comparison, numbers


def _levels(where: str, levels: Mapping[str, str]) -> dict[str, float | str]:
    try:
        return {name: level(value) for name, value in levels.items()}
    except Problem as fault:
        raise TextError(f"{where}: {fault}") from None


def _cap(where: str, block: Table, comparison: str, measure: Table) -> str:
    """The best verdict that a claim can have; "" where any."""
    needs_one = block.get("kind") in CAPPED and bool(measure) and comparison != "undecided"
    cap = block.get("rule", {}).get("cap", "partly" if needs_one else "")
    if cap and cap not in VERDICTS[:3]:
        raise TextError(f'{where}, rule, cap: "{cap}": {instead(cap, VERDICTS[:3])}')
    return str(cap)


def _first(numbers: Table, *names: str) -> float | None:
    """The first of some numbers that is there."""
    return next((float(numbers[name]) for name in names if name in numbers), None)


def _variants(numbers: Table) -> dict[str, tuple[float | None, float | None]]:
    """Holds and partly of the strict and the lenient reading; {} where neither has its own."""
    if not numbers.keys() & {*VARIED}:
        return {}
    return {
        reading: (_first(numbers, reading, "holds"), _first(numbers, f"{reading}_partly", "partly"))
        for reading in ("strict", "lenient")
    }


def _check_rule(where: str, rule: Rule) -> None:
    """Raises TextError where a rule is whole and yet cannot decide."""
    if rule.comparison == "coded" and not {*rule.levels.values()} & {*VERDICTS}:
        asks = "a coded rule asks which verdict each finding has"
        raise TextError(f'{where}, levels: {asks}: write them, such as both = "holds"')
    if rule.holds is None or rule.partly is None:
        return
    falling = rule.comparison in FALLING
    if rule.partly < rule.holds if falling else rule.partly > rule.holds:
        far, holds = "above" if falling else "below", f"{rule.holds:g}"
        says = f"partly = {rule.partly:g} only applies where the claim holds already ({holds})"
        raise TextError(f"{where}: {says}: write a partly {far} {holds}, or leave it out")


def _in_words(in_file: Table, rule: Rule, numbers: Table) -> tuple[str, str]:
    """The rule in words, as they are written or made of its numbers; and what is stricter or looser
    than it.
    """
    why = tr("Why: {why}", why=in_file["why"].rstrip(".")) if "why" in in_file else ""
    if "words" in in_file:
        return in_file["words"], in_file.get("otherwise", why)
    if rule.comparison == "undecided":
        return tr("no table here can decide it"), ""
    if documents := in_file.get("documents"):
        levels = "; ".join(f"{level}: {tr(verdict)}" for level, verdict in documents.items())
        return tr("by documents: {levels}", levels=levels), ""
    made = ". ".join(filter(None, [alternatives_in_words(rule, numbers), why]))
    return describe_rule(rule), in_file.get("otherwise", made)


# --- its readings ----------------------------------------------------------------------------


def _readings(where: str, name: str, block: Table, measure: Table) -> dict[str, list[Option]]:
    """The options of each dimension, the claim's own first."""
    readings, written = dict[str, list[Option]](), block.get("readings", {})
    listed = _day(f"{where}, readings_added", block.get("readings_added", ""))
    for dimension, choice in written.items():
        check_keys(f"{where[:-1]}.readings]", {dimension: choice}, {dimension: dict})
        options = {key: value for key, value in choice.items() if key != "asks"}
        about = {"claim": name, "dimension": dimension, "added": listed}
        asks = choice.get("asks", tr("the {dimension}", dimension=dimension))
        place = f"{where[:-1]}.readings.{dimension}]"
        readings[dimension] = [
            _option(place, about, asks, key, options[key], measure)
            for key in _own_first(place, options)
        ]
    varied = [key for key in THRESHOLDS if key == "main" or key in block.get("rule", {})]
    if measure and len(varied) > 1 and "threshold" not in written:
        readings["threshold"] = [_threshold(name, key) for key in varied]
    return readings


def _own_first(place: str, options: Table) -> list[str]:
    """The names of the options of a dimension, that of the claim's own reading first."""
    own = [key for key, value in options.items() if isinstance(value, Mapping) and value.get("own")]
    if len(own) != 1:
        says = f"{' and '.join(own)} are own" if own else "no option is the claim's own reading"
        raise TextError(f"{place}: {says}: write own = true in one of them")
    return [*own, *(key for key in options if key not in own)]


def _option(
    place: str, about: Table, asks: str, key: str, option: Any, measure: Table
) -> dict[str, Any]:
    where = f'{place}, "{key}"'
    check_keys(place, {key: option}, {key: dict})
    check_keys(
        where, option, OF_OPTION, (*OF_MEASURE, *measures.arguments(measure)) if measure else ()
    )
    if not option.get("why"):
        raise TextError(f"{where}: why is missing: say why a careful reader would choose it")
    comparison = next((name for name in COMPARED_BY if name in option), "")
    holds = option.get(comparison, option.get("holds"))
    of_the_rule = option.get("own") or about["dimension"] == "threshold"
    listed = "" if of_the_rule else about["added"]
    return {
        **about,
        "option": key,
        "label": option.get("label", key),
        "why": option["why"],
        "own": bool(option.get("own")),
        "alone": bool(option.get("alone")),
        "rule": "coded" if option.get("coded") else comparison,
        "holds": None if holds == NEVER else holds,
        "partly": option.get("partly"),
        "asks": asks if option.get("own") else "",
        "added": _day(f"{where}, added", option.get("added", listed)),
        "puts": {name: value for name, value in option.items() if name not in OF_OPTION},
    }


def _day(where: str, day: str) -> str:
    """A day as it is written, YYYY-MM-DD, or "". Raises TextError for another word."""
    try:
        return day and str(date.fromisoformat(day))
    except ValueError:
        raise TextError(f'{where}: "{day}" is no day: write it as YYYY-MM-DD') from None


def _threshold(name: str, key: str) -> dict[str, Any]:
    """The option of a threshold that follows from the numbers of the rule."""
    label, why = THRESHOLDS[key]
    about = {"claim": name, "dimension": "threshold", "added": ""}
    option = {"label": tr(label), "why": tr(why), "own": key == "main"}
    return _option("", about, tr("the threshold"), key, option, {})
