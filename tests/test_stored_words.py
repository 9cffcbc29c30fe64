"""The words that the stored notebooks have of verdicts, pictures and exercises are those that the package says now.

Without a kernel; `make test` runs it, `make check` does not: what fails here is mended by `make notebooks`, or was not meant.
"""

import ast

import nbformat
import pytest
from conftest import ROOT, cases

import frenemies as fr

pytestmark = pytest.mark.slow

ROOMS = ("economic", "geopolitical", "military", "network", "overview", "together")
KNOWN = {"fr": fr} | {name: getattr(fr, name) for name in ROOMS}
ASKED = ("verdict", "explore", "exercise", "card")


def alone(source):
    """Whether a cell asks for one thing by its name, and for nothing else."""
    asked = [line.value for line in ast.parse(source).body if isinstance(line, ast.Expr)]
    call = asked[0] if len(asked) == len(ast.parse(source).body) == 1 else None
    named = isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ASKED
    return named and len(call.args) == 1 and not call.keywords


STORED = [
    (path.stem, cell.source, output["data"]["text/plain"])
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    for cell in nbformat.read(path, 4).cells
    if cell.cell_type == "code" and alone(cell.source)
    for output in cell.outputs
    if "text/plain" in output.get("data", {})
]


def test_every_claim_that_a_notebook_judges_is_among_them():
    judged = {source for _, source, _ in STORED if source.startswith("fr.verdict(")}
    assert {f'fr.verdict("{one}")' for one in fr.evidence.table("claims")["id"]} <= judged


@cases(("notebook", "source", "words"), STORED)
def test_a_cell_says_what_is_stored(notebook, source, words):
    bundle = eval(source, {**KNOWN})._repr_mimebundle_()
    told = bundle[0] if isinstance(bundle, tuple) else bundle
    assert told["text/plain"] == words, f"{notebook}: run make notebooks"
