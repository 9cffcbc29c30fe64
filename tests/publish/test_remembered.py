"""A check that is remembered finds in a spoilt copy of data/ what it finds when nothing is remembered."""

import random

import pytest

from frenemies.consistency import core
from heldto import evidence
from heldto.publish import counts, validate

pytestmark = pytest.mark.slow
WATCHED = ("actors", "groups", "geopolitical/roll_calls", "economic/trade")  # many checks read them


def forget():
    core._remembered.clear()
    for check in (
        evidence._checked,
        counts._totals,
        counts._all_lacking,
        validate._frictionless_of,
    ):
        check.cache_clear()


def spoil(path, rng):
    """A cell gets another letter or digit, a row goes, or two rows change places."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    at = rng.randrange(len(lines) - 1)
    kind = rng.choice(["cell", "row", "places"])
    if kind == "row":
        del lines[at]
    elif kind == "places":
        lines[at : at + 2] = reversed(lines[at : at + 2])
    else:
        place = rng.choice([i for i, letter in enumerate(lines[at]) if letter.isalnum()])
        lines[at] = f"{lines[at][:place]}{rng.choice('7Q')}{lines[at][place + 1 :]}"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def test_what_is_remembered_finds_the_same_faults(data):
    """One table after the other is spoilt, and all are asked for each time: what stays remembered of one, though it should not, is there in the end."""
    rng = random.Random(2019)
    tables = evidence.package()["tables"]
    others = rng.sample([name for name in tables if "made" not in tables[name]], 2)
    assert validate.data_faults() == []
    for names in ([*WATCHED[:2], others[0]], [*WATCHED[2:], others[1]]):
        paths = [data / tables[name]["path"] for name in names]
        before = [path.read_text(encoding="utf-8") for path in paths]
        for path in paths:
            spoil(path, rng)
            remembered = validate.data_faults()
        forget()
        assert validate.data_faults() == remembered, names
        for path, text in zip(paths, before, strict=True):
            path.write_text(text, encoding="utf-8")
