"""One folder of data against another: the verdicts that differ, the figures, and the cells that make them differ."""

import shutil

import pytest
from upkeep import against

from heldto.errors import Problem


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


@pytest.mark.slow
def test_a_table_that_differs_everywhere_is_told_in_part(mutate):
    mutate("military/warheads", lambda frame: frame.assign(warheads="7"))
    told = [line for line in against.differences("shipped") if "warheads.csv" in line]
    assert len(told) == against.TOLD + 1
    assert told[-1].endswith(" more")


@pytest.mark.slow
def test_a_folder_without_a_column_that_tells_rows_apart_is_refused(data, tmp_path):
    there = shutil.copytree(data, tmp_path / "there")
    table = there / "military" / "warheads.csv"
    table.write_text(table.read_text().replace("year", "jahr", 1))
    with pytest.raises(Problem, match="warheads.csv: column year is missing"):
        [*against.differences(str(there))]


def test_a_folder_without_data_is_refused(data, tmp_path):
    with pytest.raises(Problem, match="give shipped, or a folder that holds datapackage.json"):
        [*against.differences(str(tmp_path))]
