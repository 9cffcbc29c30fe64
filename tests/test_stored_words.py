"""The words that the stored notebooks have of verdicts, pictures and exercises are those that the package says now.

Without a kernel; `make test` runs it, `make check` does not: what fails here is mended by `make notebooks`, or was not meant.
"""

import ast
import re

import nbformat
import pytest
from conftest import ROOT, cases

import frenemies as fr

pytestmark = pytest.mark.slow

ROOMS = ("economic", "geopolitical", "military", "network", "overview", "together")
KNOWN = {"fr": fr} | {name: getattr(fr, name) for name in ROOMS}
ASKED = ("verdict", "explore", "exercise", "card")


def alone(source):
    """Whether a cell asks for one thing by its name, or examines claims, and for nothing else."""
    asked = [line.value for line in ast.parse(source).body if isinstance(line, ast.Expr)]
    call = asked[0] if len(asked) == len(ast.parse(source).body) == 1 else None
    name = getattr(call.func, "attr", "") if isinstance(call, ast.Call) else ""
    if name == "examine":
        return not isinstance(call.args[0], ast.Name)  # which another line gives
    return name in ASKED and len(call.args) == 1 and not call.keywords


STORED = [
    (path.stem, cell.source, output["data"]["text/plain"])
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    for cell in nbformat.read(path, 4).cells
    if cell.cell_type == "code" and alone(cell.source)
    for output in cell.outputs
    if "text/plain" in output.get("data", {})
]


def test_every_claim_is_judged_in_a_cell_whose_words_are_looked_at():
    asked = re.compile(r"fr\.(?:verdict|examine)\((.*)", re.S)
    judged = [match[1] for _, source, _ in STORED if (match := asked.match(source))]
    found = {one for words in judged for one in re.findall(r'"([A-Z]\d+)"', words)}
    assert {*fr.evidence.table("claims")["id"]} <= found


@cases(("notebook", "source", "words"), STORED)
def test_a_cell_says_what_is_stored(notebook, source, words):
    bundle = eval(source, {**KNOWN})._repr_mimebundle_()
    told = bundle[0] if isinstance(bundle, tuple) else bundle
    assert told["text/plain"] == words, f"{notebook}: run make notebooks"
