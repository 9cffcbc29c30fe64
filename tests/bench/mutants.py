"""Spoil figures of data/ one at a time and count how many `frenemies validate` catches: `make mutants`.

Figures are the numeric cells outside the keys, without rules (claims.csv, readings.csv, amendments.csv) and places in pictures. Half are drawn among all
figures, where the large tables weigh most, half table by table. Frictionless is not asked: it knows no more than our own reading.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
from rich.progress import track

from frenemies import evidence
from frenemies.errors import Problem
from frenemies.publish import identities
from frenemies.publish.identities import core

NO_FIGURES = {"claims", "readings", "amendments", "actors", "military/seas"}


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


def figures():
    """{table: its columns of figures}."""
    found = {}
    for name, entry in evidence.package()["tables"].items():
        schema = entry["schema"]
        columns = [
            field["name"]
            for field in schema["fields"]
            if field["type"] in ("integer", "number") and field["name"] not in schema["primaryKey"]
        ]
        if columns and name not in NO_FIGURES:
            found[name] = columns
    return found


def draw(name, columns, raw, rng):
    """A cell and what is made of it, until it differs: row, column, kind, before, after."""
    while True:
        row, column, kind = (
            rng.randrange(len(raw[name])),
            rng.choice(columns),
            rng.choice([*KINDS]),
        )
        text = raw[name][column][row]
        beside = raw[name][column].get(row + 1, "")
        after = KINDS[kind](text, beside, rng) if text else text
        if text and float(after) != float(text):
            return row, column, kind, text, after


def caught(name, row, column, after, raw, frames, folder):
    """The fault that validate tells of a spoilt cell, or nothing."""
    path = folder / f"{name}.csv"
    whole = path.read_bytes()
    spoilt = raw[name].copy()
    spoilt.loc[row, column] = after
    spoilt.to_csv(path, index=False, lineterminator="\n")
    try:
        frame = evidence.check(name)
    except Problem as fault:
        return str(fault)
    finally:
        path.write_bytes(whole)
    return next(identities.faults(frames | {name: frame}), "")


def asked_of(name):
    """The identities that read a table: of no other can a cell of it be the fault."""
    return {function: names for function, names in EVERY.items() if name in names}


EVERY = dict(core.IDENTITIES)


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--cells", type=int, default=120, help="how many of each of the two draws")
    ask.add_argument("--seed", type=int, default=20190809)
    asked = ask.parse_args()
    folder = Path(tempfile.mkdtemp()) / "data"
    shutil.copytree(evidence.data_dir(), folder)
    os.environ["FRENEMIES_DATA"] = str(folder)
    columns = figures()
    raw = {name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False) for name in columns}  # fmt: skip
    frames = {name: evidence.check(name) for name in evidence.package()["tables"]}
    weights = [len(raw[name]) * len(columns[name]) for name in columns]
    rng = random.Random(asked.seed)
    for how, weight in (("all figures", weights), ("table by table", None)):
        names = rng.choices([*columns], weight, k=asked.cells)
        if weight is None:
            names = ([*columns] * asked.cells)[: asked.cells]
        told = []
        for name in track(names, how, console=None, disable=not sys.stderr.isatty()):
            spoilt = draw(name, columns[name], raw, rng)
            core.IDENTITIES.clear()
            core.IDENTITIES.update(asked_of(name))
            row, column, _, _, after = spoilt
            told.append((name, *spoilt, caught(name, row, column, after, raw, frames, folder)))
        report(how, told, asked.seed)
    shutil.rmtree(folder.parent)


def report(how, told, seed):
    """The rate, by kind, and the survivors by table."""
    alive = [one for one in told if not one[-1]]
    print(f"{how} (seed {seed}): {len(told) - len(alive)} of {len(told)} spoilt figures caught, "
          f"{1 - len(alive) / len(told):.0%}")  # fmt: skip
    kinds, left = Counter(one[3] for one in told), Counter(one[3] for one in alive)
    print(
        "  by kind:",
        ", ".join(f"{kind} {kinds[kind] - left[kind]}/{kinds[kind]}" for kind in KINDS),
    )
    print("  survivors:")
    for name, row, column, kind, before, after, _ in sorted(alive):
        print(f"    {name}, row {row + 2}, {column}: {before} -> {after} ({kind})")


if __name__ == "__main__":
    main()
