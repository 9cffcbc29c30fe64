"""A claim that needs no Python: its block in `claims.toml` says in `measure` which of the six
shapes of `heldto.measures` works its figure out, and in `rule` what decides.

Its test, its other readings and its comparison with others follow from the block.
"""

import csv
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from heldto import article, evidence
from heldto.claims import units
from heldto.claims.amended import documents, shows
from heldto.claims.rule import AROUND, COMPARISONS, FALLING, OF_A_PART, Rule
from heldto.claims.verdict import COMPARED, TESTS, UNSAID, Compared, Finding
from heldto.errors import NotHeld, Problem, TextError
from heldto.evidence import Vintage, actors
from heldto.evidence.actors import reporter_name
from heldto.evidence.caching import cached
from heldto.foreign import parse_toml, toml_text
from heldto.measures import SHAPES, ShapeFigure
from heldto.text import texts
from heldto.text.language import Writer, instead
from heldto.text.words import capital, format_day, join_names

Block = Mapping[str, Any]

# of a block; what stands beside `says`, `kind` and `measure` may be left out
KEYS: tuple[str, ...] = (
    "says",
    "paragraph",
    "kind",
    "standing",
    "actors",
    "measure",
    "rule",
    "reason",
    "cannot",
)
KEYS += ("would_decide", "readings")
KEYS += ("unit", "tables", "what")  # of a claim that own.py tests, and no shape
LEVELS = ("partly", "strict", "strict_partly", "lenient", "lenient_partly")
RULES = (*COMPARISONS, *AROUND, "documents", "within", "cap", "why", *LEVELS)
ASIDE = (
    "shape",
    "table",
    "unit",
    "what",
    "books",
    "compare",
)  # of `measure`: no argument of a shape
OF_OPTION = ("own", "label", "why", "alone")
CAPPED = ("causal", "forecast", "intention")  # no table can show these: partly at best
UNITS = {"share": "percent", "rank": "rank", "ratio": "ratio"}
OF_CHANGE = {"percent": "percent", "percent a year": "percent a year", "fall": "percent fall"}
THRESHOLDS = {
    "main": ("the threshold as stated", "the rule of the claim"),
    "strict": ("the strict threshold", "the claim is worded strongly, so it needs more"),
    "lenient": ("the lenient threshold", "the claim is worded loosely, so it needs less"),
}
REASONS = {
    "value": "{{ what }}{{ when }}: {{ told }}.",
    "share": "{{ what }}{{ when }}: {{ told }}.",
    "change": "{{ what }}: {{ before_said }} in {{ first }}, {{ after_said }} in {{ until }}; "
    "the change is {{ told }}.",
    "rank": "{{ what }}{{ when }}: {{ told }} of {{ among }}{{ after_whom }}.",
    "count": "{{ what }}{{ when }}: {{ told }}.",
    "ratio": "{{ what }}{{ when }}: {{ of_said }} to {{ to_said }}, {{ told }}.",
}
HEADER = re.compile(r"^\[\s*([A-Za-z0-9_-]+)\s*(\.[^\]]*)?\]")


def is_block(held: Any) -> bool:
    """Whether a claim is written as a block that needs no Python."""
    return isinstance(held, Mapping) and isinstance(held.get("says"), str)


# --- a file of blocks, each for itself -------------------------------------------------------


def read_block(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The claims of a `claims.toml`, and what is wrong with those that cannot be read: ({id: its
    block}, {id: a sentence}). A slip costs the claim that it stands in, and no other.
    """
    claims: dict[str, Any] = {}
    faults: dict[str, str] = {}
    place = texts.file_in_messages(path)
    try:
        text = toml_text(path)
    except ValueError as error:
        raise TextError(f"{place}: {error}") from None
    for name, first, lines in _parts(text):
        if name in claims or name in faults:
            faults[name] = f"{place}, line {first}: [{name}] occurs twice: rename one of the two"
            continue
        try:
            claims |= parse_toml("\n" * (first - 1) + "\n".join(lines))
        except ValueError as error:
            faults[name] = f"{place}, [{name}]: {error}: mend that line"
    return claims, faults


def _parts(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """(id, number of its first line, lines) of each claim: its table, and those below it."""
    name, first, lines = "", 1, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        head = HEADER.match(line)
        if head and (head[1] != name or not head[2]):
            if name:
                yield name, first, lines
            name, first, lines = head[1], number, []
        lines.append(line)
    if name:
        yield name, first, lines


@cached
def _file(section: str) -> tuple[dict[str, Any], dict[str, str]]:
    path = article.section_dir(section) / article.CLAIMS
    return read_block(path) if path.is_file() else ({}, {})


SEALED = ("kind", "measure", "rule")  # what a seal fixes of a block


@cached
def claim_block(claim: str) -> Block | None:
    """The block of a claim, with what was sealed of it in the place of what stands there now; None
    where it has none.
    """
    block, sealed = block_words(claim), _sealed(claim)
    if block is None or not sealed:
        return block
    return {key: value for key, value in block.items() if key not in SEALED} | sealed


def sealed_rows() -> list[dict[str, str]]:
    """The rows of sealed.csv of a plain article, none where it has none. Raises TextError."""
    path = article.current().folder / "sealed.csv"
    if not article.current().plain or not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@cached
def _sealed(claim: str) -> dict[str, Any]:
    """What was sealed of a claim; {} where it was not."""
    for row in sealed_rows():
        if row["claim"] == claim and row.get("block"):
            try:
                return json.loads(row["block"])
            except ValueError:
                raise TextError(
                    f"sealed.csv, {claim}: the block cannot be read: restore it"
                ) from None
    return {}


def changed(claim: str) -> str:
    """What of a sealed claim was changed since: "measure", "rule", "kind", or "" where nothing."""
    block, sealed = block_words(claim) or {}, _sealed(claim)
    current = json.loads(
        json.dumps({key: block[key] for key in SEALED if key in block}, default=str)
    )
    order = ("measure", "rule", "kind")  # another measure asks another question
    return next((key for key in order if sealed and current.get(key) != sealed.get(key)), "")


def measured_anew(claim: str) -> str:
    """What to do where the measure of a sealed claim was changed."""
    says = f"{claim}: its measure was changed after the seal, and the sealed one decides"
    return f"{says}. For another measure write another claim, or a reading of this one."


@cached
def block_words(claim: str) -> Block | None:
    """The block of a claim as it stands in the file; None where it has none."""
    for section in article.notebooks():
        block = _file(section)[0].get(claim)
        if block is not None:
            return block if is_block(block) else None
    return None


# --- as the columns of claims.csv and the rows of readings.csv -------------------------------


def standard_reading(where: str, name: str, held: Block) -> dict[str, Any]:
    """A block in the keys that a claim with Python has. Raises TextError naming key and remedy."""
    _only(where, held, KEYS)
    measure, rule = _measure(where, held), _table(where, "rule", held.get("rule", {}))
    kind = held.get("kind", "descriptive")
    row: dict[str, Any] = {
        "claim": held["says"],
        "kind": kind,
        "standing": held.get("standing", _standing(measure)),
        "measure": _what(measure) if measure else held.get("what", "No table here measures it"),
        "unit": _unit(measure) if measure else held.get("unit", "number"),
        "actors": _actors(where, held, measure),
        "tables": [measure["table"]] if measure else held.get("tables", []),
        "readings": dict(_dimensions(where, held, rule)),
    }
    row |= {key: held[key] for key in ("paragraph", "would_decide") if key in held}
    row |= _rule(where, rule, bool(measure) or has_python(name))
    if kind in CAPPED and row["rule"] != "undecided":
        row.setdefault("cap", "partly")
    blank = dict.fromkeys(("target", "holds", "partly", *LEVELS[1:]))
    full_row = {"id": name, "parts": "", "cap": "", "levels": ""} | blank | row
    if "levels" in row:
        full_row["levels"] = ";".join(f"{key}={word}" for key, word in row["levels"].items())
    return row | _in_words(where, full_row, rule)


def has_python(claim: str) -> bool:
    """Whether Python registers the test of a claim."""
    article.load("claims")
    return not isinstance(TESTS.get(claim), Declared | None)


def _only(where: str, table: Any, allowed: tuple[str, ...]) -> None:
    for key in table:
        if key not in allowed:
            raise TextError(f'{where}: nothing reads the key "{key}". {instead(key, allowed)}')


def _table(where: str, key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TextError(f'{where}, {key}: "{value}" is not a table: write {key} = {{ ... }}')
    return value


def _measure(where: str, block: Block) -> dict[str, Any]:
    """What is measured, {} where nothing is."""
    measure = _table(where, "measure", block.get("measure", {}))
    if not measure:
        return {}
    shape = measure.get("shape")
    if shape not in SHAPES:
        raise TextError(f'{where}, measure: no shape "{shape}". {instead(shape, SHAPES)}')
    if "table" not in measure:
        raise TextError(f'{where}, measure: no table: write table = "NAME" of data/')
    if measure["table"] not in (tables := _tables()):
        raise TextError(
            f'{where}, measure: no table "{measure["table"]}". {instead(measure["table"], tables)}'
        )
    parameters = [*inspect.signature(SHAPES[shape]).parameters][1:]
    _only(f"{where}, measure", measure, (*ASIDE, *parameters))
    for name, parameter in inspect.signature(SHAPES[shape]).parameters.items():
        if parameter.default is parameter.empty and name != "frame" and name not in measure:
            remedy = (
                f'write it, as in {name} = "..."' if name in ("column", "by", "who") else "write it"
            )
            raise TextError(f"{where}, measure: a {shape} needs {name}: {remedy}")
    return dict(measure)


def _tables() -> list[str]:
    """The tables that a claim can be measured by."""
    aside = (
        "claims",
        "readings",
        "amendments",
        "documents",
        "fixed",
        "glossary",
        "actors",
        "groups",
    )
    return [name for name in evidence.package()["tables"] if name not in aside]


def _standing(measure: Mapping[str, Any]) -> bool:
    """Whether a measure takes the last year that there is."""
    times = measure.get("years", measure.get("at", "last"))
    return "last" in (times if isinstance(times, list) else [times])


def _unit(measure: Mapping[str, Any]) -> str:
    if "unit" in measure or not measure:
        return measure.get("unit", "number")
    shape = measure["shape"]
    if shape == "change":
        if measure.get("of") == "share":
            return "percentage points"
        return OF_CHANGE.get(measure.get("how", ""), _of_column(measure))
    return UNITS.get(shape, "rows" if shape == "count" else _of_column(measure))


def _of_column(measure: Mapping[str, Any]) -> str:
    return _field(measure).get("unit", "number")


def _field(measure: Mapping[str, Any]) -> Mapping[str, Any]:
    """How the column of a measure is described."""
    return evidence.describe_column(measure["table"], measure.get("column", ""))


def _what(measure: Mapping[str, Any]) -> str:
    """What is measured, in words: those of the block, else made of its column and cells."""
    if "what" in measure:
        return str(measure["what"])
    title = _field(measure).get("title", measure.get("column", "rows"))
    cells = [word for word in map(_called, actor_codes(measure)) if word]
    about = f" ({', '.join(dict.fromkeys(cells))})" if cells else ""
    return f"{title}{about}"


def _called(code: str) -> str:
    return actors.name(code) if actors.known(code) == code else code


def actor_codes(measure: Mapping[str, Any]) -> list[str]:
    """The cells that a measure names, in their order."""
    selections = [measure.get(key) or {} for key in ("where", "part", "of", "to")]
    cells = [
        cell
        for selection in selections
        if isinstance(selection, Mapping)
        for cell in selection.values()
    ]
    cells += [measure["who"]] if "who" in measure else []
    codes = [code for cell in cells for code in (cell if isinstance(cell, list) else [cell])]
    return [str(code) for code in codes]


def _actors(where: str, block: Block, measure: Mapping[str, Any]) -> list[str]:
    """Whom a claim is about: those it names, else those of its measure, else everybody."""
    named_codes = block.get("actors", [])
    for code in named_codes if isinstance(named_codes, list) else [named_codes]:
        if actors.known(str(code)) != code:
            raise TextError(f"{where}, actors: {actors.unknown(str(code))} actors.csv lists them")
    measured_codes = [
        code for code in dict.fromkeys(actor_codes(measure)) if actors.known(code) == code
    ]
    return list(named_codes) or measured_codes or list(actors.ALL)


def _rule(where: str, rule: Mapping[str, Any], measured: bool) -> dict[str, Any]:
    """The columns of a rule."""
    _only(f"{where}, rule", rule, RULES)
    if "documents" in rule:
        levels = _table(f"{where}, rule", "documents", rule["documents"])
        return {
            "rule": "coded",
            "levels": dict(levels),
            "unit": "documents",
            "tables": ["documents"],
        }
    comparisons = [key for key in (*COMPARISONS, *AROUND) if key in rule]
    if not measured:
        if comparisons:
            raise TextError(f"{where}: there is a rule but no measure: write measure = {{ ... }}")
        return {"rule": "undecided"}
    if len(comparisons) != 1:
        says = "rule is missing" if not comparisons else f"rule has {' and '.join(comparisons)}"
        raise TextError(f"{where}: {says}: write one comparison, as in rule = {{ at_least = 50 }}")
    (comparison,) = comparisons
    _in_order(f"{where}, rule", rule, comparison)
    row: dict[str, Any] = {"rule": comparison, "holds": rule[comparison]}
    if comparison in AROUND:
        if "within" not in rule:
            raise TextError(
                f"{where}, rule: {comparison} needs within: how far off the figure may be"
            )
        row |= {"target": rule[comparison], "holds": rule["within"]}
    return row | {key: rule[key] for key in (*LEVELS, "cap") if key in rule}


def _in_order(where: str, rule: Mapping[str, Any], comparison: str) -> None:
    """Raises TextError where partly asks more than holds, so that nothing could be partly right."""
    holds = rule.get("within") if comparison in AROUND else rule[comparison]
    partly, low = rule.get("partly"), comparison in FALLING
    if not isinstance(holds, int | float) or not isinstance(partly, int | float):
        return
    if partly < holds if low else partly > holds:
        far = "above" if low else "below"
        says = f"partly = {partly} only applies where the claim holds already ({holds})"
        raise TextError(f"{where}: {says}: write a partly {far} {holds}, or leave it out")


def _in_words(where: str, full_row: Mapping[str, Any], rule: Mapping[str, Any]) -> dict[str, str]:
    """The rule in words, made of its numbers; and its reason."""
    from heldto.claims.wording import describe_rule  # it reads the article, as late as can be

    if full_row["rule"] == "undecided":
        return {"thresholds": "no table here can decide it"}
    if full_row["rule"] == "coded":
        levels = (f"{name}: {word}" for name, word in rule["documents"].items())
        return {"thresholds": f"by documents: {'; '.join(levels)}"}
    numbers = {key: float("nan") if value is None else value for key, value in full_row.items()}
    try:
        words = {"thresholds": describe_rule(Rule.read(numbers))}
    except (Problem, TypeError) as fault:
        raise TextError(f"{where}, rule: {fault}: write numbers, without quotes") from None
    varied = [name for name in ("strict", "lenient") if full_row[name] is not None]
    unit = "percent" if full_row["rule"] in OF_A_PART else full_row["unit"]
    variants = "; ".join(f"{name}: {units.format_edge(full_row[name], unit)}" for name in varied)
    why = f"Why: {str(rule['why']).rstrip('.')}" if "why" in rule else ""
    alternatives = ". ".join(filter(None, [variants, why]))
    return words | ({"alternatives": alternatives} if alternatives else {})


def _dimensions(
    where: str, block: Block, rule: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The choices of a claim as a claim with Python lists them: the own option first."""
    for name, choice in _table(where, "readings", block.get("readings", {})).items():
        place = f"{where[:-1]}.readings.{name}]"
        by_key = {
            key: option for key, option in _table(place, name, choice).items() if key != "asks"
        }
        options = [_option(f'{place}, "{key}"', key, option) for key, option in by_key.items()]
        options.sort(key=lambda option: not option["own"])
        if not [option for option in options if option["own"]]:
            raise TextError(
                f"{place}: no option is the claim's own reading: write own = true in one of them"
            )
        for option in options:
            del option["own"]
        yield name, {"asks": choice.get("asks", f"the {name}"), "options": options}
    varied = [key for key in ("main", "strict", "lenient") if key == "main" or key in rule]
    if len(varied) > 1 and "threshold" not in block.get("readings", {}):
        descriptions = [dict(zip(("label", "why"), THRESHOLDS[key], strict=True)) for key in varied]
        thresholds = [
            {"option": key} | option for key, option in zip(varied, descriptions, strict=True)
        ]
        yield "threshold", {"asks": "the threshold", "options": thresholds}


def _option(where: str, name: str, value: Any) -> dict[str, Any]:
    option = _table(where, "option", value)
    if not option.get("why"):
        raise TextError(f"{where}: why is missing: say why a careful reader would choose it")
    row: dict[str, Any] = {"option": name, "label": option.get("label", name), "why": option["why"]}
    row |= {"own": bool(option.get("own")), "alone": bool(option.get("alone"))}
    comparison = next((key for key in COMPARISONS if key in option), "")
    if comparison:
        row |= {"rule": comparison, "holds": option[comparison]}
    return row | {key: option[key] for key in ("partly",) if key in option}


# --- its pictures ----------------------------------------------------------------------------


@cached
def pictures() -> Mapping[str, Any]:
    """The pictures that a plain article declares, by key; none where it has no `pictures.toml`.
    Raises TextError where that file cannot be read.
    """
    path = article.current().folder / "pictures.toml"
    if not article.current().plain or not path.is_file():
        return {}
    return texts.read(path)


def pictures_of(claim: str) -> list[str]:
    """The pictures that are declared for a claim, by key."""
    return [key for key, picture in pictures().items() if claim in block_claims(picture)]


def block_claims(picture: Any) -> list[str]:
    """The claims for which a picture is declared: those it names, else that whose measure it
    draws.
    """
    fields = picture if isinstance(picture, Mapping) else {}
    claims = fields.get("claim", fields.get("measure", []))
    return claims if isinstance(claims, list) else [claims]


# --- its test --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Declared:
    """The test of a claim that its block declares: called as any test, with a vintage, others in
    the places of its actors, and the options of its other readings.
    """

    claim: str
    block: Block

    @cached_property
    def measure(self) -> dict[str, Any]:
        return _measure(f"[{self.claim}]", self.block)

    @cached_property
    def places(self) -> dict[str, str]:
        """{actor: parameter}: in whose place others can stand."""
        codes = (code for code in actor_codes(self.measure) if actors.known(code) == code)
        return {code: f"place_{code.lower()}" for code in dict.fromkeys(codes)}

    @cached_property
    def choices(self) -> dict[str, dict[str, Block]]:
        """{argument: {option: what it puts in place of the measure's own}}."""
        readings = self.block.get("readings", {})
        return {
            name.replace(" ", "_"): {key: option for key, option in choice.items() if key != "asks"}
            for name, choice in readings.items()
            if name != "threshold"
        }

    @cached_property
    def __signature__(self) -> inspect.Signature:
        parameter = inspect.Parameter
        parameters = [parameter("vintage", parameter.POSITIONAL_OR_KEYWORD)]
        parameters += [
            parameter(name, parameter.POSITIONAL_OR_KEYWORD, default=code)
            for code, name in self.places.items()
        ]
        parameters += [parameter(name, parameter.KEYWORD_ONLY, default="") for name in self.choices]
        return inspect.Signature(parameters)

    def compared(self) -> Compared | None:
        """In whose place a yardstick puts others: as `compare` says, else in that of the first."""
        codes = self.measure.get("compare", [*self.places][:1])
        swap = tuple(code for code in codes if code in self.places)
        return Compared(self.places, swap) if swap and "books" not in self.measure else None

    def __call__(self, vintage: Vintage, *who: str, **given: str) -> Finding:
        if "documents" in self.block.get("rule", {}):
            return self._documented(vintage)
        if not self.measure:
            lack = "No table here decides it."
            return Finding(reason=self.block.get("reason", lack), tables=())
        bound = self.__signature__.bind(vintage, *who, **given)
        bound.apply_defaults()
        places = {code: bound.arguments[name] for code, name in self.places.items()}
        measure = self._chosen({name: bound.arguments[name] for name in self.choices})
        return self._found(in_places(measure, places), vintage)

    def _chosen(self, options: Mapping[str, str]) -> dict[str, Any]:
        """The measure under some options of its readings. Raises Problem for an unknown one."""
        measure = self.measure
        for name, option in options.items():
            if not option:
                continue
            if option not in self.choices[name]:
                raise Problem(
                    f'"{option}" is not an option of {name}. {instead(option, self.choices[name])}'
                )
            measure = _merged(measure, self.choices[name][option])
        return measure

    def _found(self, measure: dict[str, Any], vintage: Vintage) -> Finding:
        books = measure.get("books")
        if books:
            by_book = {
                reporter: figure(_merged(measure, {"where": cells}), vintage)
                for reporter, cells in books.items()
            }
            shape_figure = next(iter(by_book.values()))
            reporters = {reporter: book_figure.value for reporter, book_figure in by_book.items()}
            return self._told(measure, shape_figure, None, reporters)
        return self._told(
            measure, shape_figure := figure(measure, vintage), shape_figure.value, None
        )

    def _told(
        self,
        measure: dict[str, Any],
        shape_figure: ShapeFigure,
        value: float | None,
        reporters: Any,
    ) -> Finding:
        reason = "" if UNSAID.get() else self._reason(measure, shape_figure, reporters)
        tables = [measure["table"]]
        return Finding(
            value=value, reporters=reporters, reason=reason, until=shape_figure.until, tables=tables
        )

    def _reason(
        self, measure: Mapping[str, Any], shape_figure: ShapeFigure, reporters: Any = None
    ) -> str:
        from heldto.claims.sentences import edges

        rule = Rule.of(self.claim)
        same = _unit(measure) == rule.unit
        figure_words = (
            rule.in_words(shape_figure.value)
            if same
            else f"{shape_figure.value:,.1f} {_unit(measure)}"
        )
        if reporters:
            books = (
                f"{capital(reporter_name(reporter))} {rule.in_words(value)}"
                for reporter, value in reporters.items()
            )
            figure_words = "; ".join(books)
        ahead = [
            code for code in shape_figure.parts.get("ahead", ()) if actors.known(str(code)) == code
        ]
        context = {
            **shape_figure.parts,
            "value": shape_figure.value,
            "until": shape_figure.until,
            "told": figure_words,
        }
        context |= {f"{name}_said": _short(part) for name, part in shape_figure.parts.items()}
        context |= {"what": capital(_what(measure)), "when": _when(measure, shape_figure)}
        context["after_whom"] = f", after {join_names(ahead)}" if ahead else ""
        text = self.block.get("reason", REASONS[measure["shape"]])
        sentence = Writer(f"[{self.claim}], reason", edges(self.claim)).fill(text, context)
        cannot = self.block.get("cannot", "")
        return f"{sentence} What this cannot show: {cannot}" if cannot else sentence

    def _documented(self, vintage: Vintage) -> Finding:
        """The level of its rule that the last document shows, its last level where none does."""
        levels = Rule.of(self.claim).levels
        pairs = [
            (document, part)
            for document in documents(self.claim, vintage)
            for part in shows(document)
        ]
        deciding = [(document, part) for document, part in pairs if part in levels]
        if not deciding:
            lack = "No listed document shows it."
            return Finding(value=[*levels.values()][-1], reason=lack, tables=["documents"])
        document, part = deciding[-1]
        day, says = format_day(document["date"]), document["says"].rstrip(".")
        sentence = f"{document['publisher']}, {day}: {says}."
        return Finding(
            value=levels[part], reason=sentence, until=document["date"], tables=["documents"]
        )


def figure(measure: Mapping[str, Any], vintage: Vintage | None = None) -> ShapeFigure:
    """What a measure, {shape, table, ...}, finds in a vintage. Raises NotHeld, Problem."""
    frame = evidence.table(measure["table"], vintage)
    arguments = {key: value for key, value in measure.items() if key not in ASIDE}
    time = (evidence.describe(measure["table"]).get("time") or {}).get("field", "year")
    return SHAPES[measure["shape"]](frame, **{"time": time, **arguments})


def _short(figure: Any) -> str:
    """A figure that stands beside the one that decides: with three digits, or whole."""
    if not isinstance(figure, float):
        return str(figure)
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(figure) >= size:
            return f"{figure / size:,.2f} {word}"
    if not figure % 1 or abs(figure) >= 1000:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"


def _when(measure: Mapping[str, Any], shape_figure: ShapeFigure) -> str:
    years = measure.get("years", measure.get("at"))
    if isinstance(years, list):
        return f" from {years[0]} to {shape_figure.until}"
    return f" in {shape_figure.until}" if shape_figure.until != "" else ""


def _merged(measure: Mapping[str, Any], option: Block) -> dict[str, Any]:
    """A measure with what an option says in its place: rows by column, all else by key."""
    changes = {key: value for key, value in option.items() if key not in (*OF_OPTION, *RULES)}
    rows = {
        key: {**measure[key], **value}
        for key, value in changes.items()
        if isinstance(value, Mapping) and isinstance(measure.get(key), Mapping)
    }
    return {**measure, **changes, **rows}


def in_places(held: Any, places: Mapping[str, str]) -> Any:
    """A measure with others in the places of its actors, {code: another}."""
    if isinstance(held, Mapping):
        return {
            key: in_places(value, places) if key not in ASIDE else value
            for key, value in held.items()
        }
    if isinstance(held, list):
        return [in_places(value, places) for value in held]
    return places.get(held, held) if isinstance(held, str) else held


@cached
def declared(claim: str) -> Declared | None:
    """The test that a claim's block declares; None where it has no block."""
    block = claim_block(claim)
    return None if block is None else Declared(claim, block)


def register(claim: str) -> None:
    """Make the test of a claim's block the test of the claim, where Python registers none."""
    registered = TESTS.get(claim)
    if not isinstance(registered, Declared | None):
        return
    if registered:  # what Python says of others stays, even while its test is away
        del TESTS[claim]
        COMPARED.pop(claim, None)
    test = declared(claim)
    if test is None:
        return
    TESTS[claim] = test
    if (fault(claim) is None) and (compared := test.compared()):
        COMPARED[claim] = compared


# --- what is wrong with it -------------------------------------------------------------------


@cached
def fault(claim: str) -> str | None:
    """What is wrong with the block of a claim, a sentence that names file, key and remedy; None
    where nothing is.
    """
    for section in article.notebooks():
        blocks, faults = _file(section)
        where = (
            f"{texts.file_in_messages(article.section_dir(section) / article.CLAIMS)}, [{claim}]"
        )
        if claim in faults:
            return faults[claim]
        if claim in blocks and article.current().plain and (lacks := _unnamed(claim)):
            return f"{where}: {lacks}"
        if claim in blocks and not is_block(blocks[claim]) and article.current().plain:
            return f'{where}: says is missing: write says = "the claim in your words"'
        if claim in blocks and is_block(blocks[claim]):
            return _block_fault(where, claim, claim_block(claim) or {})
    return None


def _unnamed(claim: str) -> str:
    """What is wrong with the id of a claim of a plain article; "" where nothing is."""
    letters = article.current().letters
    if re.fullmatch("[A-Z][0-9]+", claim) and claim[0] in letters:
        return ""
    return f"write the letter of a section ({', '.join(letters)}) and a number in the brackets"


def _block_fault(where: str, claim: str, block: Block) -> str | None:
    try:
        standard_reading(where, claim, block)
        test = Declared(claim, block)
        if test.measure:
            _look_at(f"{where}, measure", test.measure)
        for name, options in test.choices.items():
            for option, changes in options.items():
                place = f'{where[:-1]}.readings.{name}], "{option}"'
                _only(place, changes, (*OF_OPTION, *RULES, *ASIDE, *_takes(test.measure)))
                _look_at(place, _merged(test.measure, changes))
    except NotHeld as lack:
        return f"{where}: {lack}"
    except Problem as slip:
        return str(slip)
    return None


def _takes(measure: Mapping[str, Any]) -> list[str]:
    return [*inspect.signature(SHAPES[measure["shape"]]).parameters][1:] if measure else []


def _look_at(where: str, measure: dict[str, Any]) -> None:
    """Raises TextError where a measure names what its table has not."""
    frame = evidence.table(measure["table"])
    try:
        figure(measure)
    except NotHeld:
        pass
    except (Problem, TypeError, ValueError) as slip:
        raise TextError(f"{where}: {slip}") from None
    for key in ("where", "part", "of", "to"):
        for column, cells in (
            (measure.get(key) or {}).items() if isinstance(measure.get(key), Mapping) else ()
        ):
            for cell in cells if isinstance(cells, list) else [cells]:
                if not frame[column].eq(cell).any():
                    values = frame[column].unique().tolist()
                    says = f'no row of {measure["table"]} has {column} "{cell}"'
                    raise TextError(f"{where}, {key}: {says}. {instead(cell, values)}")
