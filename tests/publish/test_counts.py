"""Rows that are gone, added or changed are named by what they are about, and counted anew by intent alone."""

import csv
import json
import sys

import pandas as pd
import pytest

from heldto import evidence
from heldto.claims import exports
from heldto.publish import counts, validate


@pytest.fixture(scope="module")
def frames():
    return {name: evidence.check_table(name) for name in evidence.package()["tables"]}


def without(frames, table, query):
    frame = frames[table]
    return frames | {table: frame.drop(frame.query(query).index[0])}


def changed(frames, table, query, column, value):
    frame = frames[table].copy()
    frame.loc[frame.query(query).index[0], column] = value
    return frames | {table: frame}


def test_the_shipped_tables_are_whole_and_all_are_counted_that_no_claim_writes(frames):
    """Not so? `frenemies validate --count` counts them anew."""
    assert [*counts.count_faults(frames)] == []
    with (evidence.data_dir() / counts.COUNTS).open(encoding="utf-8") as file:
        counted = {row["table"] for row in csv.DictReader(file)}
    assert counted == evidence.package()["tables"].keys() - exports.ROWS.keys()


@pytest.mark.parametrize(
    ("table", "query", "says"),
    [
        ("groups", "group == 'SCO' and member == 'IND' and status == 'full'",
         "fewer with group SCO, member IND, status full, start 2017"),
        ("military/wars", "name == 'Kargil War'",
         "fewer with list COW, number 223, actor_a IND, actor_b PAK, start 1999, end 1999"),
        ("geopolitical/engagement_days", "partner == 'FRA' and year == 2014",
         "fewer with leader Xi Jinping, partner FRA, year 2014"),
        ("geopolitical/meetings", "date == '2019-06-05'", "fewer with date 2019-06-05"),
    ],
)  # fmt: skip
def test_a_row_that_is_gone_is_named_by_its_key(table, query, says, frames):
    (fault, *holes) = counts.count_faults(without(frames, table, query))
    rows = len(frames[table])
    assert fault.startswith(f"data/{table}.csv: {rows - 1} rows, data/counts.csv has {rows}; ")
    assert says in fault and "more with" not in fault and not holes
    assert fault.endswith(
        ": correct the row, or, if the change is intended, run frenemies validate --count to count again"
    )


def test_a_row_that_is_added_is_named(frames):
    frame = frames["military/us_laws"]
    grown = pd.concat([frame, frame[:1].assign(actor="PAK", since=2004)], ignore_index=True)
    (fault,) = counts.count_faults(frames | {"military/us_laws": grown})
    assert "; more with actor PAK, law non-NATO ally, since 2004:" in fault


@pytest.mark.parametrize(
    ("table", "query", "column", "value", "says"),
    [
        ("geopolitical/pledges", "start_year == 2009", "start_year", 2008,
         "fewer with start_year 2009; more with start_year 2008"),
        ("military/inf_timeline", "date == '2019-02-01'", "usa", False,
         "fewer with usa true; more with usa false"),
        ("geopolitical/sanctions", "target == 'SYR'", "target", "CHN",
         "fewer with target SYR; more with target CHN"),
        ("geopolitical/rivalries", "end_year > 0", "end_year", float("nan"),
         "; more with end_year (blank)"),
    ],
)  # fmt: skip
def test_a_date_a_flag_or_a_code_that_is_another_is_named(
    table, query, column, value, says, frames
):
    (fault,) = counts.count_faults(changed(frames, table, query, column, value))
    assert "rows, but not those that data/counts.csv has; " in fault and says in fault


@pytest.mark.parametrize(
    ("table", "query", "column", "value", "says"),
    [
        ("military/arms_totals", "actor == 'CHN' and role == 'exports' and year == 2018", "tiv", 1565.4,
         "tiv is 200 more with actor CHN, role exports, year 2018"),
        ("economic/energy_use", "actor == 'CHN' and year == 2025", "coal_ej", 92.2,
         "coal_ej is 0.0386 less with actor CHN, year 2025"),
        ("geopolitical/engagement_days", "leader == 'Xi Jinping' and partner == 'RUS' and year == 2018", "days", 18,
         "days is 8 more with leader Xi Jinping, partner RUS, year 2018"),
    ],
)  # fmt: skip
def test_an_amount_that_is_another_is_named_by_the_keys_that_cross_in_it(
    table, query, column, value, says, frames
):
    (fault,) = counts.count_faults(changed(frames, table, query, column, value))
    assert (
        f"the rows are those that data/counts.csv has, but not all that they say; {says}:" in fault
    )


@pytest.mark.parametrize(
    ("table", "queries", "column", "says"),
    [
        ("actors", ["actor == 'KOR'", "actor == 'PRK'"], "name", "cells are others with actor KOR, actor PRK"),
        ("documents", ["claim == 'F8'", "claim == 'G4' and date == '2020-06-25'"], "date", "cells are others with "),
        ("military/inf_timeline", ["date == '2007-10-25'", "date == '2019-06-28'"], "kind", "cells are others with date 2007-10-25, date 2019-06-28"),
        ("geopolitical/rivalries", ["actor_a == 'CHN' and actor_b == 'VNM'", "actor_b == 'PRK'"], "end_year", "cells are others with "),
    ],
)  # fmt: skip
def test_two_cells_that_change_places_are_named_by_the_keys_of_their_rows(
    table, queries, column, says, frames
):
    frame = frames[table].copy()
    one, other = (frame.query(query).index[0] for query in queries)
    frame.loc[[one, other], column] = frame.loc[[other, one], column].to_numpy()
    (fault,) = counts.count_faults(frames | {table: frame})
    assert f"but not all that they say; {says}" in fault


def test_a_word_that_comes_again_and_again_is_counted(frames):
    (fault,) = counts.count_faults(
        changed(frames, "geopolitical/roll_calls", "issues == 'nu'", "issues", "")
    )
    assert "fewer with issues nu; more with issues (blank):" in fault


def test_counts_with_another_head_are_said_and_written_anew(frames, copied):
    (copied / counts.COUNTS).write_text("table,column,value,rows\ngroups,,,71\n", encoding="utf-8")
    few = {"groups": frames["groups"]}
    (fault,) = counts.count_faults(few)
    assert fault.endswith("below table,of,column,value,total: run frenemies validate --count")
    assert counts.write_counts(few) == ["data/groups.csv: counted for the first time"]
    assert [*counts.count_faults(few)] == []


def test_many_rows_are_told_by_their_first_and_the_rest_counted(frames):
    frame = frames["groups"]
    (fault,) = counts.count_faults(frames | {"groups": frame[frame.group.ne("EU")]})
    assert "fewer with group EU (28)" in fault and " more:" in fault


@pytest.mark.parametrize(
    ("table", "query", "key"),
    [
        ("military/warheads", "actor == 'CHN' and year == 2001", "CHN 2001,"),
        ("economic/tariffs", "reporter == 'USA' and month == '2018-07'", "USA CHN 2018-07,"),
    ],
)
def test_a_hole_in_a_series_is_named(table, query, key, frames):
    found = [*counts.count_faults(without(frames, table, query))]
    assert any(f"data/{table}.csv: no row of {key}" in one for one in found), found


def test_a_hole_that_is_listed_is_none_and_one_that_is_filled_is_listed_no_more(mutate, data):
    description = data / "datapackage.json"
    package = json.loads(description.read_text(encoding="utf-8"))
    time = next(one for one in package["resources"] if one["name"] == "military/warheads")["time"]
    time["gaps"] = ["CHN 2001", "CHN 2002"]
    description.write_text(json.dumps(package), encoding="utf-8")
    frame = evidence.check_table("military/warheads")
    gone = frame.drop(frame.query("actor == 'CHN' and year == 2001").index)
    (_, hole) = counts.count_faults({"military/warheads": gone})
    assert hole.startswith("data/datapackage.json: military/warheads lists CHN 2002 under `gaps`")


def test_a_table_without_a_count_and_an_article_without_counts_are_fine(frames, copied):
    assert [*counts.recounts({})] == []
    (copied / counts.COUNTS).unlink()
    assert [*counts.count_faults(without(frames, "groups", "group == 'EU'"))] == []


def test_what_is_counted_anew_is_told_and_all_is_well_then(mutate, monkeypatch):
    monkeypatch.setitem(sys.modules, "frictionless", None)
    mutate(
        "groups",
        lambda frame: frame.drop(
            index=frame.query("member == 'IND' and group == 'SCO' and status == 'full'").index
        ),
    )
    (fault,) = validate.data_faults()
    (line,) = validate.count_anew()
    assert fault.startswith(line) and line.startswith("data/groups.csv: ")
    assert validate.data_faults() == [] and validate.count_anew() == []


def test_nothing_is_counted_while_a_table_is_not_well(mutate, data):
    held = (data / counts.COUNTS).read_bytes()
    mutate("groups", lambda frame: frame.iloc[:, 1:])
    with pytest.raises(evidence.DataError, match=r"data/groups\.csv, row 1"):
        validate.count_anew()
    assert (data / counts.COUNTS).read_bytes() == held
