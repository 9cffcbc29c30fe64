"""One folder of data against another: the verdicts that differ, the figures, and the cells that make them differ."""

import shutil
import subprocess

import pytest
from test_cli import run  # noqa: F401

from heldto.errors import Problem
from heldto.evidence import paths
from heldto.publish import against, validate


def test_a_folder_that_differs_in_nothing_says_so(data):
    assert [*against.differences("shipped")] == ["no table differs from shipped"]


@pytest.mark.slow
def test_the_verdict_that_a_cell_moves_is_named_with_the_cell(mutate):
    mutate("geopolitical/meetings", lambda frame: frame.iloc[:-4])
    mutate(
        "geopolitical/religion",
        lambda frame: frame.assign(high=frame.high.mask(frame.index == 0, "93")),
    )
    told = [*against.differences("shipped")]
    assert told[0] == "F1 then: partly at 28 here, holds at 32 there"
    assert "data/geopolitical/meetings.csv: row 2019-06-28 is only there" in told
    assert "data/geopolitical/religion.csv: IRN Shia, high: 93 here, 94 there" in told


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"CHN": 10.506175, "RUS": 3.9}, "partly at CHN 10.5062, RUS 3.9"),
        ([87.2, 36.9], "partly at 87.2, 36.9"),
        (0.25, "partly at 0.25"),
        ("partly", "partly"),
        (None, "partly"),
    ],
)
def test_figures_of_every_kind_of_claim(value, words):
    assert against._said({"verdict_then": "partly", "value_then": value}, "then") == words


def test_an_amended_verdict_and_a_mark_that_are_others_are_named():
    """What stands beside a verdict can turn while the verdict stays; an amended one is to be named, too."""
    before = {"verdict_then": "holds", "value_then": 1, "amended_then": "fails", "marks_then": []}
    now = before | {"amended_then": "holds", "marks_then": ["on the line"]}
    change = against._compared(*({"claims": {"F2": row}, "pictures": {}} for row in (now, before)))
    assert change.turned == ["F2"]
    assert change.lines == [
        "F2 then, by its amended rule: holds here, fails there",
        "F2 then, marks: on the line here, none there",
    ]


@pytest.fixture
def nothing_turned(monkeypatch):
    """No verdict is worked out: the cells alone are held against each other."""
    shown = [{"claims": {}, "pictures": {}}] * 2
    monkeypatch.setattr(against, "_shown", lambda *folders, pictures: shown)


def test_a_table_that_differs_everywhere_is_told_in_part(mutate, nothing_turned):
    mutate("military/warheads", lambda frame: frame.assign(warheads="7"))
    told = [line for line in against.differences("shipped") if "warheads.csv" in line]
    assert len(told) == against.TOLD + 1
    assert told[-1].endswith(" more")


def test_a_folder_without_a_column_that_tells_rows_apart_is_refused(data, tmp_path, nothing_turned):
    there = shutil.copytree(data, tmp_path / "there")
    table = there / "military" / "warheads.csv"
    table.write_text(table.read_text().replace("year", "jahr", 1))
    with pytest.raises(Problem, match="warheads.csv: column year is missing"):
        [*against.differences(str(there))]


def test_a_folder_without_data_is_refused(data, tmp_path):
    with pytest.raises(Problem, match="give shipped, or a folder that holds datapackage.json"):
        [*against.differences(str(tmp_path))]


def test_what_cannot_be_read_is_one_sentence_and_no_traceback(tmp_path):
    with pytest.raises(Problem) as caught:
        against._shown(tmp_path, pictures=False)
    assert str(caught.value).startswith("actors.csv is missing: write it")


# Before rows are counted again


@pytest.mark.slow
def test_what_a_cell_changes_is_named_verdict_readings_and_pictures(mutate):
    """Held against the data that came with us, where others are read."""
    imported = "actor == 'VNM' and role == 'imports'"
    mutate(
        "military/arms_totals",
        lambda frame: frame.assign(
            tiv=frame.tiv.mask(frame.index.isin(frame.query(imported).index), "3000")
        ),
    )
    change = against.since_accepted()
    assert "M5" in change.turned
    told = "\n".join(change.lines)
    assert "M5 then: fails at " in told and ", holds at 75.7601 there" in told
    assert "M5, readings: " in told and "_picture: its " in told
    assert not [line for line in change.lines if line.startswith("E1")]


def test_a_table_as_it_was_changes_nothing(data):
    assert against.since_accepted() == (["no table differs from the data accepted before"], [])


def test_in_a_checkout_the_last_commit_is_what_was_accepted(tmp_path, monkeypatch):
    for module in (against, paths):
        monkeypatch.setattr(module, "shipped_data_dir", lambda: tmp_path / "data")
    monkeypatch.setattr(against, "data_dir", lambda: tmp_path / "data")
    (tmp_path / "data").mkdir()
    package = tmp_path / "data" / "datapackage.json"
    package.write_text("1")

    def git(*words):
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    with against._accepted() as before:
        assert before is None  # nothing is under git
    git("init")
    git("add", ".")
    git("commit", "-m", "one")
    package.write_text("2")
    with against._accepted() as before:
        assert (before / "datapackage.json").read_text() == "1"
    counts = tmp_path / "data" / "counts.csv"
    counts.write_text("2")
    git("add", ".")
    git("commit", "-m", "two, counted")
    package.write_text("3")
    git("commit", "-am", "three, by which nothing was accepted")
    with against._accepted() as before:
        assert (before / "datapackage.json").read_text() == "2"


def test_rows_are_not_counted_again_where_a_verdict_turns_that_nobody_named(run, data, monkeypatch):  # noqa: F811
    counted = []
    monkeypatch.setattr(validate, "count_anew", lambda: counted.append(1) or ["counted"])
    monkeypatch.setattr(validate, "data_faults", lambda: [])
    change = against.ShownChange(["E1 then: fails here, partly there"], ["E1", "E5"])
    monkeypatch.setattr(against, "since_accepted", lambda: change)
    status, out, err = run("validate", "--count", "--turns", "e5")
    assert status == 2 and not counted and out == "E1 then: fails here, partly there\n"
    assert "the verdict on E1 changes" in err and "validate --count --turns E1,E5" in err
    assert run("validate", "--count", "--turns", "E1", "--turns", "E5")[0] == 0
    counted.clear()
    status, out, _ = run("validate", "--count", "--turns", "e5, E1")
    assert status == 0 and counted and out.index("E1 then") < out.index("counted")
