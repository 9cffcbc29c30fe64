"""Spoil cells of data/ one at a time and count how many are caught, and by what: `make mutants`.

Cells are figures, dates and years, flags, codes (a word of which a column has few) and whole rows, without rules (claims.csv, readings.csv,
amendments.csv) and places in pictures. One in six is drawn among all cells, where the large tables weigh most, the others table by table. Those count that reach a verdict or a picture: an entry of `frenemies claims --json` (without the
count of its other readings) or the title, words or table of any picture but that of all claims is another once they are spoilt; columns of which no figure does are not drawn. What one layer passes goes to the next: `frenemies validate` (figures alone:
Frictionless knows no more than our own reading, and checksums are written anew), the unit tests of the table's section, the notebooks against their
outputs (nbval), all other unit tests. All is done in a clone, build/mutants_of_data/, and goes on where it was stopped: remove it for a new draw.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
from itertools import chain, count, cycle, islice
from pathlib import Path

import forked
import pandas as pd
from rich.progress import Progress, track

ROOM = forked.ROOT / "build" / "mutants_of_data"
SPOILT = ROOM / "spoilt.jsonl"  # one line a figure, as drawn
LIVE = ROOM / "columns.json"
NO_FIGURES = {"claims", "readings", "amendments", "actors", "military/seas"}
GLANCE = "glance_picture"  # draws all entries, and their other readings
READINGS = ("readings", "readings_same", "stable", "depends_on")
LAYERS = ("validate", "its section's unit tests", "notebooks", "other unit tests")
HOW = ("all cells", "table by table")
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


KINDS = {
    "sign": lambda text, beside, rng: text[1:] if text.startswith("-") else f"-{text}",
    "times ten": lambda text, beside, rng: times(text, 10),
    "digits swapped": lambda text, beside, rng: swapped(text, rng),
    "a fifth more": lambda text, beside, rng: times(text, 1.2),
    "the row below": lambda text, beside, rng: beside or text,
}
DATES = {
    "a year later": lambda text, beside, rng: YEAR.sub(lambda year: str(int(year[0]) + 1), text, count=1),
    "a year earlier": lambda text, beside, rng: YEAR.sub(lambda year: str(int(year[0]) - 1), text, count=1),
    "the date below": lambda text, beside, rng: beside or text,
}  # fmt: skip
FLAGS = {
    "flag turned": lambda text, beside, rng: {"true": "false", "false": "true"}.get(text, text)
}
CODES = {"the code below": lambda text, beside, rng: beside or text}
ROWS = {"row gone": lambda text, beside, rng: "", "row twice": lambda text, beside, rng: ""}
TYPES = {"figure": KINDS, "date": DATES, "flag": FLAGS, "code": CODES, "row": ROWS}
ALL_KINDS = {kind for kinds in TYPES.values() for kind in kinds}
YEAR = re.compile(r"(?:19|20)\d\d")
YEARS = {"year", "start", "end", "start_year", "end_year", "since", "ordered"}
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
            return {"table": name, "row": row, "column": WHOLE, "kind": how, "before": "", "after": ""}  # fmt: skip
        text = raw[name][column][row]
        beside = raw[name][column].get(row + 1, "")
        after = TYPES[columns[column]][how](text, beside, rng) if text else text
        same = after == text
        if columns[column] == "figure" and text:
            same = float(after) == float(text)
        if not same:
            return {"table": name, "row": row, "column": column, "kind": how, "before": text, "after": after}  # fmt: skip


def draw(columns, raw, seed):
    """Spoilt cells without end, always the same ones for a seed."""
    rng, names = random.Random(seed), cycle(columns)
    weights = [len(raw[name]) * len(columns[name]) for name in columns]
    for turn in count():
        how = HOW[turn % RARE > 0]
        name = rng.choices([*columns], weights)[0] if how == HOW[0] else next(names)
        yield spoil(name, columns[name], raw, rng) | {"how": how}


class Shown:
    """What the package shows: entries of the ledger and pictures, and which of them read which table."""

    def __init__(self, tables):
        from conftest import drawings

        from heldto import evidence

        claims = pd.read_csv("data/claims.csv")["id"]
        entries = {one: lambda one=one: entry(one) for one in claims}
        pictures = {name: draw for name, draw in drawings().items() if name != GLANCE}
        self.things = entries | {
            name: lambda draw=draw: pictured(draw()) for name, draw in pictures.items()
        }
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
                same = self.things[name]() == self.before[name]
            except Exception:
                same = False
            if not same:
                yield name

    def first(self, table):
        """The name of one thing that is shown otherwise now, or nothing; it is asked first the next time."""
        found = asked(lambda: next(self.changed(table), ""))
        self.readers[table].sort(key=lambda name: name != found)
        return found


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

    if forked.forked(written, seconds, ROOM / "said")[0]:
        sys.exit((ROOM / "said").read_text()[-2000:])
    return json.loads(Path("asked.json").read_text())


def alive(columns, raw, shown):
    """Of the columns those that reach anything: all their cells are others, something shown changes."""
    if not LIVE.exists():
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
    """The first fault that validate tells of a table, or none: each other table was found well."""
    from frenemies import consistency
    from frenemies.consistency import core
    from heldto import evidence
    from heldto.errors import Problem
    from heldto.publish import counts

    for function in [ask for ask, names in core.IDENTITIES.items() if name not in names]:
        del core.IDENTITIES[function]
    try:
        frame = evidence.check_table(name)
        found = counts.count_faults({name: frame}), consistency.violations(frames | {name: frame})
        return [*islice(chain(*found), 1)]
    except Problem as fault:
        return [str(fault)]


def unit_tests(name, room=ROOM):
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
    """{layer: function that says whether it catches what stands in a table now}."""
    own, others = unit_tests(name)
    fails = {"seconds": 900, "said": ROOM / "said"}
    return dict(
        zip(
            LAYERS,
            (
                lambda: bool(asked(lambda: faults(name, frames))),
                lambda: forked.tests(own, **fails)[0] != 0,
                lambda: forked.pytest(notebooks(name), **fails)[0] != 0,
                lambda: forked.tests(others, **fails)[0] != 0,
            ),
            strict=True,
        )
    )


def begin():
    """Clone what is committed, hear that its tests are green, and execute its notebooks."""
    forked.clone(ROOM)
    run = [sys.executable, "-m", "heldto.publish.handouts.run"]
    own = os.environ | {"PYTHONPATH": str(ROOM / "src")}
    subprocess.run([*run, *sorted(ROOM.glob("notebooks/*.ipynb"))], cwd=ROOM, env=own, check=True)


def try_out(one, raw, frames, shown):
    """A spoilt cell with what it decides and the layer that caught it, "" where none did."""
    name = one["table"]
    spoilt = raw[name].copy()
    if one["column"] == WHOLE:
        rows = {"row gone": [], "row twice": [one["row"]] * 2}[one["kind"]]
        spoilt = spoilt.loc[[*spoilt.index[: one["row"]], *rows, *spoilt.index[one["row"] + 1 :]]]
    else:
        spoilt.loc[one["row"], one["column"]] = one["after"]
    write(name, spoilt)
    try:
        if not (first := shown.first(name)):
            return one | {"decides": [], "caught": ""}
        each = layers(name, frames)
        if not each.pop("validate")():
            asked(summed)
            caught = next((layer for layer, catches in each.items() if catches()), "")
            decides = [first] if caught else asked(lambda: [*shown.changed(name)])
            return one | {"decides": decides, "caught": caught}
        return one | {"decides": [first], "caught": "validate"}
    finally:
        subprocess.run(["git", "checkout", "-q", "--", "data"], check=True)


def told():
    """All spoilt cells that were tried, as they stand written."""
    return [json.loads(line) for line in SPOILT.read_text().splitlines()] if SPOILT.exists() else []


def score(found, seed):
    """The counts that `make bench` prints, and the survivors."""
    reached = [one for one in found if one["decides"]]
    alone = {
        how: [sum(one["caught"] == "validate" for one in some), len(some)]
        for how in HOW
        for some in [[one for one in reached if one["how"] == how]]
    }
    return {
        "seed": seed,
        "drawn": len(found),
        "tried": len(reached),
        "caught": {layer: sum(one["caught"] == layer for one in reached) for layer in LAYERS},
        "validate": alone,
        "kinds": {kind: [sum(one["kind"] == kind and one["caught"] == "validate" for one in reached), sum(one["kind"] == kind for one in reached)] for kind in sorted(ALL_KINDS)},
        "alive": [one for one in reached if not one["caught"]],
    }  # fmt: skip


def by_type(found):
    """{what was spoilt, one of TYPES: how many validate catches, and how many there are}."""
    return {
        name: [sum(found["kinds"].get(kind, (0, 0))[at] for kind in kinds) for at in (0, 1)]
        for name, kinds in TYPES.items()
    }


def words(found):
    """The scores in a sentence, as `make bench` prints it."""
    tried = max(found["tried"], 1)
    alone, every = found["caught"]["validate"] / tried, sum(found["caught"].values()) / tried
    by = ", ".join(f"{how} {one} of {of}" for how, (one, of) in found["validate"].items())
    layers = ", ".join(f"{layer} {caught}" for layer, caught in found["caught"].items())
    types = ", ".join(f"{name}s {one} of {of}" for name, (one, of) in by_type(found).items())
    return (
        f"mutants of data (seed {found['seed']}): of {found['tried']} spoilt cells that reach a verdict or a picture "
        f"validate alone catches {alone:.0%} (goal at least 70; {types}; {by}), all layers {every:.0%} (goal at least 97; {layers})"
    )


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--count", type=int, default=300, help="how many that reach a verdict or a picture")  # fmt: skip
    ask.add_argument("--seed", type=int, default=20190809, help="of a new draw")
    asked_for = ask.parse_args()
    if not SPOILT.exists():
        begin()
        SPOILT.touch()
        (ROOM / "seed").write_text(str(asked_for.seed))
    seed = int((ROOM / "seed").read_text())
    subprocess.run(["git", "checkout", "-q", "--", "data"], cwd=ROOM, check=True)
    forked.ready(ROOM)
    sys.path.insert(0, str(ROOM / "tests"))
    from heldto import evidence

    tables = evidence.package()["tables"]
    raw = {name: pd.read_csv(f"data/{name}.csv", dtype=str, keep_default_na=False) for name in tables}  # fmt: skip
    columns = cells(tables, raw)
    frames = {name: evidence.check_table(name) for name in tables}
    shown = Shown(tables)
    tried = told()
    if not LIVE.exists():
        green(frames)
    columns = alive(columns, raw, shown)
    with Progress() as bar:
        reached = sum(bool(one["decides"]) for one in tried)
        task = bar.add_task("spoilt cells", total=asked_for.count, completed=reached)
        for one in islice(draw(columns, raw, seed), len(tried), None):
            if bar.tasks[task].finished:
                break
            tried.append(try_out(one, raw, frames, shown))
            with SPOILT.open("a") as file:
                file.write(json.dumps(tried[-1]) + "\n")
            bar.advance(task, bool(tried[-1]["decides"]))
            forked.keep("mutants_of_data.json", score(tried, seed))
    report(score(tried, seed))


def green(frames):
    """Every layer passes what is not spoilt."""
    for layer, catches in layers("economic/trade", frames).items():
        if catches():
            sys.exit(f"{layer}: fails before anything is spoilt.\n{(ROOM / 'said').read_text()[-2000:]}")  # fmt: skip


def report(found):
    print(words(found))
    print("  validate by kind:", ", ".join(f"{kind} {one}/{of}" for kind, (one, of) in found["kinds"].items()))  # fmt: skip
    print("  survivors:")
    for one in found["alive"]:
        print(f"    {one['table']}, row {one['row'] + 2}, {one['column']}: {one['before']} -> {one['after']} ({one['kind']}): {', '.join(one['decides'])}")  # fmt: skip


if __name__ == "__main__":
    main()
