"""Spoil cells of data/ one at a time and count how many are caught, and by what: `make mutants`.

Cells are figures, dates and years, flags, codes (a word of which a column has few) and whole rows; two of a column may have changed places. They are drawn without rules (claims.csv, readings.csv,
amendments.csv) and places in pictures. One in six is drawn among all cells, where the large tables weigh most, the others table by table. Those count that reach a verdict or a picture: an entry of `frenemies claims --json` (without the
count of its other readings) or the title, words or table of any picture but that of all claims is another once they are spoilt; columns of which no figure does are not drawn. What one layer passes goes to the next: `frenemies validate` (figures alone:
Frictionless knows no more than our own reading, and checksums are written anew), the unit tests of the table's section, the notebooks against their
outputs (nbval), all other unit tests. All is done in a clone, build/mutants_of_data/, and goes on where it was stopped: remove it for a new draw.

With --turning those count that turn a verdict (then or since) into another, and `validate` alone is asked, in a clone of their own, build/mutants_that_turn/.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
from datetime import date
from functools import cache
from itertools import chain, count, cycle, islice
from pathlib import Path

import forked
import pandas as pd
from rich.progress import Progress, track

BUILD = forked.ROOT / "build"
OF_ALL, THAT_TURN = "mutants_of_data", "mutants_that_turn"  # clones, and what `make bench` reads
SPOILT = Path("spoilt.jsonl")  # in the clone, where all is done: one line a cell, as drawn
LIVE = Path("columns.json")
SAID = Path("said")
NO_FIGURES = {"claims", "readings", "amendments", "actors", "military/seas"}
GLANCE = "glance_picture"  # draws all entries, and their other readings
READINGS = ("readings", "readings_same", "stable", "depends_on")
UNTOLD = ""  # in the place of a verdict
LAYERS = ("validate", "its section's unit tests", "notebooks", "other unit tests")
HOW = ("all cells", "table by table")
ENOUGH = 1000  # draws in a row that were drawn before: there are no others
RARE = 6  # one in so many is drawn among all figures: most of the large tables' reach nothing


def swapped(text, rng):
    """Two digits beside each other change places."""
    places = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]  # fmt: skip
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def times(text, factor):
    value = float(text) * factor
    return str(round(value)) if "." not in text else f"{value:.{len(text.split('.')[1])}f}"


EXCHANGED = "exchanged with the row below"  # whose cell has then what stood here
BESIDE = {EXCHANGED: lambda text, beside, rng: beside or text}
GONE = {"cell gone": lambda text, beside, rng: ""}
KINDS = {
    "sign": lambda text, beside, rng: text[1:] if text.startswith("-") else f"-{text}",
    "times ten": lambda text, beside, rng: times(text, 10),
    "times a thousand": lambda text, beside, rng: times(text, 1000),
    "digits swapped": lambda text, beside, rng: swapped(text, rng),
    "a fifth more": lambda text, beside, rng: times(text, 1.2),
    "the row below": lambda text, beside, rng: beside or text,
    **BESIDE,
    **GONE,
}
DATES = {
    "a year later": lambda text, beside, rng: YEAR.sub(lambda year: str(int(year[0]) + 1), text, count=1),
    "a year earlier": lambda text, beside, rng: YEAR.sub(lambda year: str(int(year[0]) - 1), text, count=1),
    "the date below": lambda text, beside, rng: beside or text,
    **BESIDE,
    **GONE,
}  # fmt: skip
FLAGS = {
    "flag turned": lambda text, beside, rng: {"true": "false", "false": "true"}.get(text, text),
    **BESIDE,
}
CODES = {"the code below": lambda text, beside, rng: beside or text, **BESIDE, **GONE}
ROWS = {"row gone": lambda text, beside, rng: "", "row twice": lambda text, beside, rng: ""}
TYPES = {"figure": KINDS, "date": DATES, "flag": FLAGS, "code": CODES, "row": ROWS}
ALL_KINDS = {kind for kinds in TYPES.values() for kind in kinds}
YEAR = re.compile(r"(?:19|20)\d\d")
YEARS = {"year", "start", "end", "start_year", "end_year", "since", "ordered"}
COUNTED = "counts.csv"  # in a fault that counts of rows tell
FEW = 60  # words that a column of codes has at most
WHOLE = "(row)"  # in the place of a column: the row itself


def cells(entries, raw):
    """{table: {column: what stands in it}}, one of TYPES, and WHOLE for its rows."""
    found = {}
    for name, entry in entries.items():
        if name not in NO_FIGURES:
            fields = entry["schema"]["fields"]
            keys = entry["schema"]["primaryKey"]
            types = {field["name"]: kind(field, keys, raw[name]) for field in fields}
            found[name] = {column: one for column, one in types.items() if one} | {WHOLE: "row"}
    return found


def kind(field, keys, frame):
    """What stands in a column, "" where it is not spoilt: a name, a note, an address."""
    name = field["name"]
    if (
        name in YEARS
        or field["type"] in ("date", "yearmonth")
        or name in ("date", "month", "until")
    ):
        return "date"
    if field["type"] == "boolean":
        return "flag"
    if field["type"] in ("integer", "number"):
        return "" if name in keys else "figure"
    return "code" if frame[name].nunique() <= FEW else ""


def spoil(name, columns, raw, rng):
    """A cell of a table and what is made of it, until it differs."""
    while True:
        column = rng.choice([*columns])
        row, how = rng.randrange(len(raw[name])), rng.choice([*TYPES[columns[column]]])
        if column == WHOLE:
            return {"table": name, "row": row, "column": WHOLE, "type": "row", "kind": how, "before": "", "after": ""}  # fmt: skip
        text = raw[name][column][row]
        beside = raw[name][column].get(row + 1, "")
        after = TYPES[columns[column]][how](text, beside, rng) if text else text
        same = after == text
        if columns[column] == "figure" and text and after:
            same = float(after) == float(text)
        if not same:
            return {"table": name, "row": row, "column": column, "type": columns[column], "kind": how, "before": text, "after": after}  # fmt: skip


def draw(columns, raw, seed):
    """Spoilt cells, none twice, always the same ones for a seed, as long as others are found."""
    rng, names, drawn, again = random.Random(seed), cycle(columns), set(), 0
    weights = [len(raw[name]) * len(columns[name]) for name in columns]
    for turn in count():
        how = HOW[turn % RARE > 0]
        name = rng.choices([*columns], weights)[0] if how == HOW[0] else next(names)
        one = spoil(name, columns[name], raw, rng)
        again = again + 1 if (place := tuple(one.values())) in drawn else 0
        if again == ENOUGH:
            return
        if not again:
            drawn.add(place)
            yield one | {"how": how}


class Shown:
    """What the package shows, {name: function that says it}, and which of it reads which table."""

    def __init__(self, things, tables):
        from heldto import evidence

        self.things = things
        self.paths = {evidence._path(name): name for name in tables}
        found = {name: asked(lambda name=name: self.traced(name)) for name in self.things}
        self.before = {name: text for name, (text, _) in found.items()}
        self.readers = {
            table: [name for name, (_, read) in found.items() if table in read] for table in tables
        }

    def traced(self, name):
        """What a thing says, and the tables that it reads where none is remembered."""
        from heldto.evidence import tables

        read, names = tables.read_table, set()
        tables.read_table = lambda path, fields: names.add(self.paths[path]) or read(path, fields)
        return self.things[name](), sorted(names)

    def changed(self, table):
        """Names of what shows something else now: figures that may not be are taken as they stand."""
        from heldto import evidence

        evidence._was_checked = lambda name: True
        for name in self.readers[table]:
            try:
                same = self.things[name]() in (self.before[name], UNTOLD)
            except Exception:
                same = False
            if not same:
                yield name

    def first(self, table):
        """The name of one thing that is shown otherwise now, or nothing; it is asked first the next time."""
        found = asked(lambda: next(self.changed(table), ""))
        self.readers[table].sort(key=lambda name: name != found)
        return found


def everything():
    """Entries of the ledger and pictures."""
    from conftest import drawings

    entries = {one: lambda one=one: entry(one) for one in claim_ids()}
    pictures = {name: draw for name, draw in drawings().items() if name != GLANCE}
    return entries | {name: lambda draw=draw: pictured(draw()) for name, draw in pictures.items()}


def verdicts():
    """The verdicts of all claims, then and since."""
    return {
        f"{claim} {vintage}": lambda claim=claim, vintage=vintage: verdict(claim, vintage)
        for claim in claim_ids()
        for vintage in ("then", "since")
    }


def claim_ids():
    return pd.read_csv("data/claims.csv")["id"]


def verdict(claim, vintage):
    """The word of a verdict; UNTOLD where none is given, and the reader is told of a fault."""
    from heldto.claims import UNJUDGED, ledger

    try:
        word = ledger.judge(claim, vintage).verdict
    except Exception:
        return UNTOLD
    return UNTOLD if word == UNJUDGED else word


def entry(claim):
    """An entry of the ledger without the count of its other readings. In a fork: the unit tests are to find them there."""
    from heldto.claims import ledger

    ledger._read_otherwise = lambda claim: dict.fromkeys(READINGS)
    return json.dumps(ledger.entry(claim))


def pictured(picture):
    return picture.to_text() + picture.table.to_csv()


def asked(work, seconds=300):
    """What work() returns in a fork, where the files of data/ are looked at anew."""

    def written():
        from conftest import look_again

        look_again()
        Path("asked.json").write_text(json.dumps(work()))
        return 0

    if forked.forked(written, seconds, SAID)[0]:
        sys.exit(SAID.read_text()[-2000:])
    return json.loads(Path("asked.json").read_text())


def alive(columns, raw, all_shown):
    """Of the columns those that reach anything: all their cells are others, something shown changes."""
    if not LIVE.exists():
        shown = all_shown()
        found = {name: {one: of for one, of in columns[name].items() if shown_by(name, one, of, raw, shown)} for name in track(columns, "columns that reach a verdict or a picture")}  # fmt: skip
        LIVE.write_text(json.dumps({name: some for name, some in found.items() if some}))
    return json.loads(LIVE.read_text())


def shown_by(name, column, of, raw, shown):
    """What shows something else where the whole column is another; rows count wherever a column does."""
    if of == "row":
        return "rows"
    first = next(iter(TYPES[of].values())) if of != "figure" else KINDS["a fifth more"]
    held = raw[name][column]
    below = held.shift(-1, fill_value="")
    more = [first(text, next_one, None) if text else text for text, next_one in zip(held, below, strict=True)]  # fmt: skip
    write(name, raw[name].assign(**{column: more}))
    found = shown.first(name)
    write(name, raw[name])
    return found


def write(name, frame):
    frame.to_csv(f"data/{name}.csv", index=False, lineterminator="\n")


def summed():
    """The checksums are written for the figures as they stand."""
    from heldto.publish import validate

    validate.write_checksums()
    validate.write_sums()


def faults(name, frames):
    """The first fault that validate tells of a table, or none: each other table was found well. What counts of rows alone tell comes last."""
    from frenemies import consistency
    from frenemies.consistency import core
    from heldto import evidence
    from heldto.errors import Problem
    from heldto.publish import counts

    for function in [ask for ask, names in core.IDENTITIES.items() if name not in names]:
        del core.IDENTITIES[function]
    core.NO_ORDER.update(frames.keys() - {name})
    try:
        frame = evidence.check_table(name)
        found = consistency.violations(frames | {name: frame}), counts.count_faults({name: frame})
        return sorted(chain(*found), key=lambda fault: COUNTED in fault)[:1]
    except Problem as fault:
        return [str(fault)]


def unit_tests(name, room=Path()):
    """Two lists of files: those that hold figures of a table's section or all that notebooks say, and all others."""
    section = name.partition("/")[0]
    likely = ("tests/test_second_opinion.py", f"tests/sections/{section}/", "tests/test_stored_")
    files = forked.test_files(room)
    first = [file for start in likely for file in files if file.startswith(start)]
    near = ("tests/sections", "tests/claims/", "tests/measures/")
    return first, sorted((file for file in files if file not in first), key=lambda file: not file.startswith(near))  # fmt: skip


def notebooks(name):
    """Words for pytest: execute the notebooks and hold them against their outputs, the table's section first."""
    section = name.partition("/")[0]
    paths = sorted(sorted(Path("notebooks").glob("*.ipynb")), key=lambda path: section not in path.stem)  # fmt: skip
    own = ["-p", "nbval.plugin", "--nbval", "--nbval-cell-timeout", "120"]
    return [*own, "--nbval-sanitize-with", "tests/nbval.cfg", *map(str, paths)]


def layers(name, frames):
    """{layer: function that says whether it catches what stands in a table now}; validate says by what fault."""
    own, others = unit_tests(name)
    fails = {"seconds": 900, "said": SAID}
    return dict(
        zip(
            LAYERS,
            (
                lambda: asked(lambda: faults(name, frames)),
                lambda: forked.tests(own, **fails)[0] != 0,
                lambda: forked.pytest(notebooks(name), **fails)[0] != 0,
                lambda: forked.tests(others, **fails)[0] != 0,
            ),
            strict=True,
        )
    )


def begin(room, seed, turning):
    """Clone what is committed; where the notebooks are to be asked, execute them."""
    forked.clone(room)
    if not turning:
        run = [sys.executable, "-m", "heldto.publish.handouts.run"]
        own = os.environ | {"PYTHONPATH": str(room / "src")}
        paths = sorted(room.glob("notebooks/*.ipynb"))
        subprocess.run([*run, *paths], cwd=room, env=own, check=True)
    (room / "seed").write_text(str(seed))
    (room / SPOILT).touch()


def spoilt_table(one, frame):
    """A table in which one cell or row is spoilt."""
    at = one["row"]
    if one["column"] == WHOLE:
        rows = {"row gone": [], "row twice": [at] * 2}[one["kind"]]
        return frame.loc[[*frame.index[:at], *rows, *frame.index[at + 1 :]]]
    spoilt = frame.copy()
    spoilt.loc[at, one["column"]] = one["after"]
    if one["kind"] == EXCHANGED:
        spoilt.loc[at + 1, one["column"]] = one["before"]
    return spoilt


def try_out(one, raw, frames, shown, asking):
    """A spoilt cell with what it decides, the layer among `asking` that caught it, "" where none did, and the fault that validate told."""
    name = one["table"]
    write(name, spoilt_table(one, raw[name]))
    try:
        if not (first := shown.first(name)):
            return one | {"decides": [], "caught": ""}
        each = layers(name, frames)
        if said := each.pop("validate")():
            return one | {"decides": [first], "caught": "validate", "said": said[0]}
        asked(summed)
        caught = next((layer for layer in asking if layer in each and each[layer]()), "")
        decides = [first] if caught else asked(lambda: [*shown.changed(name)])
        return one | {"decides": decides, "caught": caught}
    finally:
        subprocess.run(["git", "checkout", "-q", "--", "data"], check=True)


def told():
    """All spoilt cells that were tried, as they stand written."""
    return [json.loads(line) for line in SPOILT.read_text().splitlines()] if SPOILT.exists() else []


def score(found, seed):
    """The counts that `make bench` prints, and the survivors."""
    reached = [one for one in found if one["decides"]]
    return {
        "seed": seed,
        "day": date.today().isoformat(),
        "drawn": len(found),
        "tried": len(reached),
        "caught": {layer: sum(one["caught"] == layer for one in reached) for layer in LAYERS},
        "validate": alone(reached, "how", HOW),
        "by count": sum(COUNTED in one.get("said", "") for one in reached),
        "types": alone(reached, "type", TYPES),
        "kinds": alone(reached, "kind", sorted(ALL_KINDS)),
        "alive": [one for one in reached if not one["caught"]],
    }


def alone(reached, key, words):
    """{each of the words that a cell may have under a key: how many validate catches, of how many}."""
    named = {word: [one["caught"] for one in reached if one[key] == word] for word in words}
    return {word: [caught.count("validate"), len(caught)] for word, caught in named.items()}


def drawing(found):
    """Seed and day of what was tried; older results have no day."""
    return ", ".join([f"seed {found['seed']}", *([found["day"]] if "day" in found else [])])


def words_of_turning(found):
    """The score of cells that turn a verdict in a sentence, as `make bench` prints it."""
    caught = found["caught"]["validate"]
    types = ", ".join(
        f"{name}s {one} of {of}" for name, (one, of) in found.get("types", {}).items()
    )
    return (
        f"mutants that turn a verdict ({drawing(found)}): of {found['tried']} spoilt cells validate alone catches {caught}, "
        f"{caught / max(found['tried'], 1):.0%} (goal at least 75; {types}; {found['by count']} of them by the counts of rows alone)"
    )


def words(found):
    """The scores in a sentence, as `make bench` prints it."""
    tried = max(found["tried"], 1)
    alone, every = found["caught"]["validate"] / tried, sum(found["caught"].values()) / tried
    by = ", ".join(f"{how} {one} of {of}" for how, (one, of) in found["validate"].items())
    layers = ", ".join(f"{layer} {caught}" for layer, caught in found["caught"].items())
    types = ", ".join(
        f"{name}s {one} of {of}" for name, (one, of) in found.get("types", {}).items()
    )
    return (
        f"mutants of data ({drawing(found)}): of {found['tried']} spoilt cells that reach a verdict or a picture "
        f"validate alone catches {alone:.0%} (goal at least 70; {types}; {by}), all layers {every:.0%} (goal at least 97; {layers})"
    )


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--count", type=int, default=300, help="how many that reach a verdict or a picture, or turn a verdict")  # fmt: skip
    ask.add_argument("--seed", type=int, default=20190809, help="of a new draw")
    ask.add_argument("--turning", action="store_true", help="count only what turns a verdict, and ask validate alone")  # fmt: skip
    asked_for = ask.parse_args()
    kept = THAT_TURN if asked_for.turning else OF_ALL
    asking = LAYERS[:1] if asked_for.turning else LAYERS
    room = BUILD / kept
    if not (room / SPOILT).exists():
        begin(room, asked_for.seed, asked_for.turning)
    subprocess.run(["git", "checkout", "-q", "--", "data"], cwd=room, check=True)
    forked.ready(room)
    sys.path.insert(0, str(room / "tests"))
    from heldto import evidence

    seed, tables = int(Path("seed").read_text()), evidence.package()["tables"]
    raw = {name: pd.read_csv(f"data/{name}.csv", dtype=str, keep_default_na=False) for name in tables}  # fmt: skip
    frames = {name: evidence.check_table(name) for name in tables}
    if not LIVE.exists():
        green(frames, asking)
    all_shown = cache(lambda: Shown(everything(), tables))
    columns = alive(cells(tables, raw), raw, all_shown)
    shown = Shown(verdicts(), tables) if asked_for.turning else all_shown()
    tried = told()
    with Progress() as bar:
        reached = sum(bool(one["decides"]) for one in tried)
        task = bar.add_task("spoilt cells", total=asked_for.count, completed=reached)
        for one in islice(draw(columns, raw, seed), len(tried), None):
            if bar.tasks[task].finished:
                break
            tried.append(try_out(one, raw, frames, shown, asking))
            with SPOILT.open("a") as file:
                file.write(json.dumps(tried[-1]) + "\n")
            bar.advance(task, bool(tried[-1]["decides"]))
            forked.keep(f"{kept}.json", score(tried, seed))
    report(score(tried, seed), words_of_turning if asked_for.turning else words)


def green(frames, asking):
    """Every layer passes what is not spoilt."""
    each = layers("economic/trade", frames)
    for layer in asking:
        if each[layer]():
            sys.exit(f"{layer}: fails before anything is spoilt.\n{SAID.read_text()[-2000:]}")


def report(found, words):
    print(words(found))
    print("  validate by kind:", ", ".join(f"{kind} {one}/{of}" for kind, (one, of) in found["kinds"].items()))  # fmt: skip
    print("  survivors:")
    for one in found["alive"]:
        print(f"    {one['table']}, row {one['row'] + 2}, {one['column']}: {one['before']} -> {one['after']} ({one['kind']}): {', '.join(one['decides'])}")  # fmt: skip


if __name__ == "__main__":
    main()
