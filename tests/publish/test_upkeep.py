"""What maintainers run in a checkout: how fresh the tables are, and which claims rest on open ones."""

import json
import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT
from upkeep import freshness

from heldto import evidence
from heldto.claims import testing

IDS = evidence.table("claims")["id"].tolist()


def test_freshness_has_each_table_once_with_its_last_year_and_its_last_look():
    lines = [*freshness.freshness_lines()]
    told = dict(line.split(": ", 1) for line in lines)
    tables = evidence.package()["tables"]
    assert len(lines) == len(tables) and set(told) == set(tables)
    for name, entry in tables.items():
        looked = max(source["retrieved"] for source in entry["sources"])
        assert f"not looked at since {int(looked[8:])} " in told[name]
        if time := entry.get("time"):
            cells = pd.read_csv(ROOT / "data" / entry["path"], dtype=str)[time["field"]].dropna()
            assert f"rows to {cells.max()[:4]}; " in told[name]
            assert told[name].endswith(time.get("ends", "there is no later figure"))


def test_the_longest_unseen_table_comes_first(data):
    path = data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    moved = next(one for one in package["resources"] if one["name"] == "military/warheads")
    moved["sources"][0]["retrieved"] = "2020-02-29"
    path.write_text(json.dumps(package), encoding="utf-8")
    first = next(freshness.freshness_lines())
    assert first.startswith("military/warheads: not looked at since 29 February 2020; ")


def test_freshness_tells_which_claims_rest_on_open_licences_alone():
    free, *others = freshness.licence_lines()
    alone = free.partition(": ")[2].split()
    bound = {one for line in others if line[0] != " " for one in line.partition(": ")[2].split()}
    assert alone and not bound & {*alone} and bound | {*alone} == {*IDS}
    for claim in IDS:
        judged = testing.evaluate(claim, "then"), testing.evaluate(claim, "since")
        names = {name for one in judged for name in one.tables}
        terms = [one["name"] for name in names for one in evidence.describe(name)["licenses"]]
        assert any(one.startswith("other-") for one in terms) == (claim in bound)


@pytest.mark.slow
def test_the_maintainers_command_lists_its_parts_and_ends_in_a_sentence(tmp_path):
    """As it is called: from anywhere, by its folder's name."""
    command = [sys.executable, ROOT / "tools" / "upkeep"]
    common = {"cwd": tmp_path, "capture_output": True, "text": True}
    told = subprocess.run([*command, "--help"], **common).stdout
    assert all(name in told for name in ("freshness", "against", "gallery", "lint"))
    page = ROOT / "notebooks" / "00_start_here.ipynb"
    assert subprocess.run([*command, "lint", page], **common).returncode == 0
    done = subprocess.run([*command, "against", "nowhere"], **common)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
