import json
import subprocess
import sys

import pandas as pd
import pytest

from frenemies import evidence

TABLES = [entry["name"] for entry in evidence.package()["resources"]]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_loads_with_its_types_and_says_where_it_comes_from(name):
    frame, entry = evidence.table(name), evidence.describe(name)
    assert list(frame.columns) == [field["name"] for field in entry["schema"]["fields"]]
    assert len(frame) > 0
    for field in entry["schema"]["fields"]:
        if field["type"] in ("integer", "number"):
            assert pd.api.types.is_numeric_dtype(frame[field["name"]]), field["name"]
    for credit in entry["sources"]:
        assert credit["title"] and credit["version"] and credit["retrieved"]
    assert entry["licenses"] and entry["schema"]["primaryKey"] and entry["description"]
    assert evidence.source(name)


@pytest.mark.parametrize("name", [name for name in TABLES if evidence.describe(name).get("time")])
def test_then_ends_in_august_2019(name):
    time = evidence.describe(name)["time"]
    then, since = evidence.table(name, "then"), evidence.table(name)
    assert then[time["field"]].max() <= evidence.CUTS[time["cut"]]
    assert len(then) == (since[time["field"]] <= evidence.CUTS[time["cut"]]).sum()


def test_tables_with_years_say_how_they_are_cut():
    for name in TABLES:
        fields = {field["name"] for field in evidence.describe(name)["schema"]["fields"]}
        assert not fields & {"year", "month", "date"} or evidence.describe(name).get("time"), name


def test_a_table_is_a_fresh_copy():
    frame = evidence.table("actors")
    frame["name"] = "spoilt"
    assert "spoilt" not in evidence.table("actors")["name"].to_numpy()


def test_the_codebook_is_not_stale():
    assert (evidence.data_dir() / "README.md").read_text(encoding="utf-8") == evidence.codebook()


def test_data_stay_small():
    assert sum(path.stat().st_size for path in evidence.data_dir().rglob("*")) < 6_000_000


def test_frictionless_finds_nothing():
    from frictionless import validate

    report = validate(str(evidence.data_dir() / "datapackage.json"))
    assert report.valid, report.flatten(["resource", "rowNumber", "fieldName", "message"])[:5]


@pytest.mark.parametrize(
    ("name", "message"), [("economic/trad", 'Did you mean "economic/trade"'), ("weather", "data/README.md lists them")]
)
def test_an_unknown_table(name, message):
    with pytest.raises(evidence.DataError, match=message):
        evidence.table(name)


def test_an_unknown_vintage():
    with pytest.raises(ValueError, match='"then" or "since"'):
        evidence.table("economic/trade", "now")


def _cell(row, column, value):
    def spoil(frame):
        frame.loc[row, column] = value
        return frame

    return spoil


SPOILT = [
    (
        "no number",
        _cell(212, "value_usd", "n/a"),
        "data/economic/trade.csv, row 214, column value_usd",
        "is not a number",
    ),
    ("unknown ISO3", _cell(5, "reporter", "UKRA"), "row 7, column reporter", "did you mean UKR"),
    ("negative trade", _cell(9, "value_usd", "-5"), "row 11, column value_usd", "beyond the minimum"),
    ("no whole year", _cell(3, "year", "1999.5"), "row 5, column year", "is not a whole number"),
    ("blank year", _cell(3, "year", ""), "row 5, column year", "is blank"),
    ("a flag of another kind", _cell(4, "estimate", "maybe"), "row 6, column estimate", "write true or false"),
    ("a word that is not allowed", _cell(4, "flow", "exprot"), "row 6, column flow", "use export, import"),
    ("duplicate key", lambda frame: pd.concat([frame.head(3), frame.head(1)]), "row 5, column", "stands twice"),
    ("missing column", lambda frame: frame.drop(columns="partner"), "row 1", "column partner is missing"),
    ("extra column", lambda frame: frame.assign(remark="x"), "row 1", "column remark is not in datapackage.json"),
]


@pytest.mark.parametrize(("case", "spoil", "where", "what"), SPOILT, ids=[case[0] for case in SPOILT])
def test_bad_data_is_refused_by_file_row_and_column(mutate, case, spoil, where, what):
    mutate("economic/trade", spoil)
    with pytest.raises(evidence.DataError) as error:
        evidence.table("economic/trade")
    assert where in str(error.value)
    assert what in str(error.value)
    assert "\n" not in str(error.value)
    assert evidence.faults()[0] == str(error.value)


def test_a_missing_table(data):
    (data / "economic" / "trade.csv").unlink()
    with pytest.raises(evidence.DataError, match=r"data/economic/trade.csv is missing: restore it"):
        evidence.table("economic/trade")


def test_an_empty_table(data):
    (data / "economic" / "trade.csv").write_text("")
    with pytest.raises(evidence.DataError, match=r"data/economic/trade.csv"):
        evidence.table("economic/trade")


def test_a_row_with_too_many_cells(data):
    with (data / "economic" / "trade.csv").open("a") as file:
        file.write("a,b,c,d,e,f,g,h,i,j,k,l,m\n")
    with pytest.raises(evidence.DataError, match=r"as many cells as the header"):
        evidence.table("economic/trade")


@pytest.mark.parametrize("table", ["economic/trade", "actors"])
def test_a_file_in_the_wrong_encoding(data, table):
    path = data / f"{table}.csv"
    path.write_bytes(path.read_bytes() + "Türkiye,é\n".encode("latin-1"))
    with pytest.raises(ValueError, match="save the file as UTF-8"):
        evidence.table(table) if table != "actors" else __import__("frenemies.actors", fromlist=["ALL"]).ALL


@pytest.mark.parametrize(
    ("text", "message"),
    [('{"resources": [', "mend the JSON there"), ("[]", "no list of tables"), ('{"name": "x"}', "no list of tables")],
)
def test_a_broken_description(data, text, message):
    (data / "datapackage.json").write_text(text)
    with pytest.raises(evidence.DataError, match=message):
        evidence.table("economic/trade")


def test_a_missing_description(data):
    (data / "datapackage.json").unlink()
    with pytest.raises(evidence.DataError, match="restore it, or point FRENEMIES_DATA"):
        evidence.package()


def test_missing_actors(data):
    from frenemies import actors

    (data / "actors.csv").unlink()
    with pytest.raises(ValueError, match=r"data/actors.csv is missing"):
        actors.name("RUS")


def test_validate_names_the_fault_and_ends_with_2(mutate, data):
    mutate("economic/trade", SPOILT[0][1])
    done = subprocess.run([sys.executable, "-m", "frenemies", "validate"], capture_output=True, text=True)
    assert done.returncode == 2
    assert 'data/economic/trade.csv, row 214, column value_usd: "n/a" is not a number' in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_what_frictionless_finds_beyond_our_own_reading_is_told_too(data):
    path = data / "datapackage.json"
    found = json.loads(path.read_text())
    found["resources"][0]["schema"]["fields"][1]["constraints"] = {"maxLength": 3}
    path.write_text(json.dumps(found))
    assert any("data/actors" in fault for fault in evidence.faults())


def test_the_notebook_shows_one_line_and_no_traceback(mutate):
    mutate("economic/trade", SPOILT[0][1])
    try:
        evidence.table("economic/trade")
    except evidence.DataError as error:
        (line,) = error._render_traceback_()
    assert line.startswith("DataError: data/economic/trade.csv, row 214, column value_usd")
