import codecs
import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from itertools import cycle

import nbformat
import pandas as pd
import pytest
from conftest import ROOT, cases
from matplotlib.lines import Line2D

import frenemies as fr
from heldto import evidence
from heldto.claims import exports
from heldto.errors import Problem
from heldto.evidence import actors, tables
from heldto.publish import validate
from heldto.publish.handouts.run import execute

TABLES = [entry["name"] for entry in evidence.package()["resources"]]


@cases("name", TABLES)
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


@cases("name", [name for name in TABLES if evidence.describe(name).get("time")])
def test_then_ends_in_august_2019(name):
    time = evidence.describe(name)["time"]
    then, since = evidence.table(name, "then"), evidence.table(name)
    assert (then[time["field"]] <= evidence.CUTS[time["cut"]]).all()
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
    assert (evidence.data_dir() / "README.md").read_text(encoding="utf-8") == validate.codebook()


@cases("name", TABLES)
def test_a_table_that_was_checked_is_read_at_once_and_the_same(name):
    """Not so? Then `frenemies validate --codebook` writes its checksum, or says what is amiss."""
    schema, path = evidence.describe(name)["schema"], evidence.data_dir() / f"{name}.csv"
    assert evidence.describe(name)["checked"] == tables.checksum(path, schema)
    looked_at = evidence.check_table(name).reset_index(drop=True)
    pd.testing.assert_frame_equal(evidence.table(name), looked_at)


def test_the_sums_of_all_files_are_right():
    """Not so? Then `frenemies validate --codebook` writes data/SHA256SUMS anew."""
    lines = (evidence.data_dir() / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {file: digest for digest, file in (line.split("  ", 1) for line in lines)}
    folder = evidence.data_dir()
    held = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    assert set(told) == set(held)
    for file, path in held.items():
        assert told[file] == hashlib.sha256(path.read_bytes()).hexdigest(), file


def test_a_table_is_looked_at_again_when_its_file_its_description_or_its_links_change(mutate, data):
    mutate("groups", _cell(0, "status", "half"))
    with pytest.raises(evidence.DataError, match='"half" is not one of the words'):
        evidence.table("groups")
    mutate("actors", lambda frame: frame[frame.actor != "USA"])
    with pytest.raises(evidence.DataError, match='column reporter: "USA" is not in actors.csv'):
        evidence.table("economic/trade")
    path = data / "datapackage.json"
    path.write_text(path.read_text().replace('"minimum": 0', '"minimum": 99999999'))
    with pytest.raises(evidence.DataError, match="is beyond the minimum 99999999"):
        evidence.table("economic/us_energy_exports")


def test_checksums_are_written_for_what_reads_the_same_at_once(mutate, data, monkeypatch):
    _plain_install(monkeypatch)
    mutate("groups", lambda frame: frame.iloc[1:])
    blank = data / "geopolitical" / "religion.csv"
    blank.write_text(blank.read_text() + ",,,,\n")
    assert validate.count_anew()
    assert validate.data_faults() == []
    before = (data / "datapackage.json").read_text()
    validate.write_checksums()
    groups = evidence.describe("groups")
    assert groups["checked"] == tables.checksum(data / "groups.csv", groups["schema"])
    assert "checked" not in evidence.describe("geopolitical/religion")
    assert abs(len((data / "datapackage.json").read_text()) - len(before)) < 100


def test_data_stay_small():
    assert sum(path.stat().st_size for path in evidence.data_dir().rglob("*")) < 6_000_000


@pytest.mark.slow
def test_frictionless_finds_nothing():
    from frictionless import validate

    report = validate(str(evidence.data_dir() / "datapackage.json"))
    assert report.valid, report.flatten(["resource", "rowNumber", "fieldName", "message"])[:5]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("economic/trad", 'Did you mean "economic/trade"'),
        ("trade", 'Did you mean "economic/trade"'),
        ("weather", "list.fr.evidence.package.*names them"),
    ],
)
def test_an_unknown_table(name, message):
    with pytest.raises(evidence.DataError, match=message):
        evidence.table(name)


@pytest.mark.parametrize("vintage", ["then", "since", None])
def test_rows_are_found_by_their_cells_as_a_vintage_has_them(vintage):
    found = evidence.where("economic/trade", vintage, reporter="CHN", partner="RUS")
    every = evidence.table("economic/trade", vintage)
    asked = every[every.reporter.eq("CHN") & every.partner.eq("RUS")]
    assert (found.year.max() > 2018) == (vintage != "then")
    pd.testing.assert_frame_equal(found.reset_index(drop=True), asked.reset_index(drop=True))
    assert evidence.where("economic/trade", vintage, reporter="nobody").empty


def test_a_pair_is_found_in_either_order():
    found = evidence.where("geopolitical/agreement", actor_a="CHN", actor_b="RUS", year=2018)
    turned = evidence.where("geopolitical/agreement", actor_a="RUS", actor_b="CHN", year=2018)
    assert len(found) == 1 and turned.equals(found)


def test_a_column_called_name_can_be_asked_for():
    (held,) = evidence.where("military/exercises", "then", name="Joint Sea-2019").date
    assert held == "2019-04-29"


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
    (
        "unknown other side",
        _cell(5, "partner", "WLDD"),
        "row 7, column partner",
        "did you mean WLD",
    ),
    (
        "an infinite value",
        _cell(8, "value_usd", "inf"),
        "row 10, column value_usd",
        "is not a number",
    ),
    (
        "negative trade",
        _cell(9, "value_usd", "-5"),
        "row 11, column value_usd",
        "beyond the minimum",
    ),
    ("no whole year", _cell(3, "year", "1999.5"), "row 5, column year", "is not a whole number"),
    ("blank year", _cell(3, "year", ""), "row 5, column year", "is blank"),
    (
        "a flag of another kind",
        _cell(4, "estimate", "maybe"),
        "row 6, column estimate",
        "write true or false",
    ),
    (
        "a word that is not allowed",
        _cell(4, "flow", "exprot"),
        "row 6, column flow",
        "use export, import",
    ),
    (
        "a flag of another language",
        _cell(4, "estimate", "WAHR"),
        "row 6, column estimate",
        "write true or false",
    ),
    (
        "no row at all",
        lambda frame: frame.head(0),
        "data/economic/trade.csv",
        "there is no row below the header",
    ),
    (
        "duplicate key",
        lambda frame: pd.concat([frame.head(3), frame.head(1)]),
        "row 5, column",
        "occurs twice",
    ),
    (
        "missing column",
        lambda frame: frame.drop(columns="partner"),
        "row 1",
        "column partner is missing",
    ),
    (
        "extra column",
        lambda frame: frame.assign(remark="x"),
        "row 1",
        "column remark is not in datapackage.json",
    ),
]


@pytest.mark.parametrize(
    ("case", "spoil", "where", "what"), SPOILT, ids=[case[0] for case in SPOILT]
)
def test_bad_data_is_refused_by_file_row_and_column(mutate, case, spoil, where, what):
    mutate("economic/trade", lambda frame: spoil(frame.head(300).copy()))
    with pytest.raises(evidence.DataError) as error:
        evidence.table("economic/trade")
    assert where in str(error.value)
    assert what in str(error.value)
    assert "\n" not in str(error.value)
    assert validate.data_faults()[0] == str(error.value)


DATES = [
    (entry["name"], field["name"])
    for entry in evidence.package()["resources"]
    for field in entry["schema"]["fields"]
    if field["type"] == "date" and entry["name"] != "readings"  # which is read in claims.toml
]


def _plain_install(monkeypatch):
    """Without the `validate` extra, as after `make lab`."""
    monkeypatch.setitem(sys.modules, "frictionless", None)


WRITTEN = cycle(["{2}.{1}.{0}", "{1}/{2}/{0}", "{0}-{2}", "{0}-02-30", "{0}{1}{2}"])


# One reader reads all dates: each way of writing meets a few columns, each column one of them.
@pytest.mark.parametrize(
    ("table", "column", "written"),
    [(*date, next(WRITTEN)) for date in DATES],
    ids=map(".".join, DATES),
)
def test_a_date_that_is_no_day_is_refused_without_any_extra(
    mutate, monkeypatch, table, column, written
):
    """As a German, an American or a careless spreadsheet saves it."""
    _plain_install(monkeypatch)
    mutate(table, lambda frame: frame.assign(**{column: frame[column].map(lambda day: written.format(*day.split("-")) if day else "")}))  # fmt: skip
    (fault,) = validate.data_faults()
    assert re.search(rf"data/{table}\.csv, row \d+, column {column}: .* is not a day of the calendar: write year, month", fault)  # fmt: skip
    with pytest.raises(evidence.DataError, match=re.escape(fault)):
        evidence.check_table(table)
    if not evidence.describe(table).get("apart"):
        with pytest.raises(evidence.DataError, match=re.escape(fault)):
            evidence.table(table)


UNHEARD = [
    ("actors", "marker", "star", "use ., o, v"),
    ("actors", "dash", "wavy", "use solid, dashed, dotted"),
    ("actors", "colour", "red", "#[0-9A-F]{6}"),
    ("amendments", "claim", "e 4", "[FEGM][0-9]+"),
    ("documents", "status", "mostly", "use primary, press"),
    ("geopolitical/disputes", "hostility", "7", "is"),
    ("geopolitical/iran_votes", "CHN", "yes", "use"),
]


@pytest.mark.parametrize(("table", "column", "value", "remedy"), UNHEARD)
def test_a_word_outside_the_description_is_refused_without_any_extra(
    mutate, monkeypatch, table, column, value, remedy
):
    _plain_install(monkeypatch)
    mutate(table, _cell(0, column, value))
    (fault,) = validate.data_faults()
    assert f"data/{table}.csv, row 2, column {column}" in fault and remedy in fault


def test_every_marker_offered_can_be_drawn():
    (field,) = (
        field
        for field in evidence.describe("actors")["schema"]["fields"]
        if field["name"] == "marker"
    )
    assert set(field["constraints"]["enum"]) <= set(Line2D.filled_markers)


def test_a_type_that_cannot_be_read_is_refused(data):
    path = data / "datapackage.json"
    found = json.loads(path.read_text())
    found["resources"][0]["schema"]["fields"][0]["type"] = "geopoint"
    path.write_text(json.dumps(found))
    with pytest.raises(
        evidence.DataError, match='table "actors": schema.fields.1: a type that can be read'
    ):
        evidence.table("groups")


def test_a_missing_table(data):
    (data / "economic" / "trade.csv").unlink()
    with pytest.raises(evidence.DataError, match=r"data/economic/trade.csv is missing: restore it"):
        evidence.table("economic/trade")


def test_an_empty_table(data):
    (data / "economic" / "trade.csv").write_text("")
    with pytest.raises(evidence.DataError, match=r"data/economic/trade.csv"):
        evidence.table("economic/trade")


ENDING = [
    name for name, entry in evidence.package()["tables"].items() if "ends" in entry.get("time", {})
]


@cases("name", ENDING)
def test_the_year_in_which_a_table_is_said_to_end_is_its_last(name):
    time = evidence.describe(name)["time"]
    for year in re.findall(r"ends? in (\d{4})", time["ends"]):
        assert int(year) == evidence.table(name)[time["field"]].max()


ALLOWED_EMPTY = [
    name
    for name, entry in evidence.package()["tables"].items()
    if entry.get("may_be_empty") and name not in exports.ROWS
]


@pytest.fixture
def bare(mutate):
    """Data in which every table that may be empty is: of each the header is left."""
    for name in ALLOWED_EMPTY:
        mutate(name, lambda frame: frame.head(0))


@pytest.mark.slow
def test_without_a_reading_an_amendment_a_document_a_day_and_a_group_all_else_goes_on(bare):
    for name in ALLOWED_EMPTY:
        held = evidence.table(name)
        wanted = [field["name"] for field in evidence.describe(name)["schema"]["fields"]]
        assert held.empty and [*held] == wanted, name
    assert len(validate.count_anew()) > 1  # it was meant
    assert validate.data_faults() == []
    claims = fr.ledger.table()
    assert (claims["amended_then"] == "").all()
    for claim in claims.index:
        assert "Error" not in str(fr.verdict(claim)), claim
    assert claims.verdict_then["E4"] == "partly"  # by figures, all of which are held
    assert "Buys arms from:\n  Russia" in repr(fr.card("VNM"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "says"),
    [("02_geopolitical", "It has no other readings."), ("04_verdict", "Exercise E4-readings")],
)
def test_pages_go_on_without_a_reading(bare, page, says):
    path = ROOT / "notebooks" / f"{page}.ipynb"
    ran = execute(nbformat.read(path, as_version=4), page)
    outputs = [out for cell in ran.cells for out in cell.get("outputs", ())]
    assert [out["evalue"] for out in outputs if "ename" in out] == []
    told = [out.get("data", {}).get("text/plain", "") for out in outputs]
    assert any(says in text for text in told)


def test_the_exercise_on_the_readings_of_e4_needs_none_in_the_table(bare):
    assert str(fr.exercise("E4-readings")).startswith("Exercise E4-readings")
    assert fr.check("E4-readings", "c").right


def test_a_table_that_may_be_empty_is_told_so_where_its_file_is_missing(data):
    (data / "amendments.csv").unlink()
    with pytest.raises(evidence.DataError, match="restore it, or write only its header"):
        evidence.table("amendments")


def test_nobody_is_in_a_group_of_which_no_row_is_held(bare):
    assert actors.members("EU", 2018) == []
    with pytest.raises(Problem, match='"EUU" is not a group here'):
        actors.members("EUU", 2018)


def test_a_row_with_too_many_cells(data):
    with (data / "economic" / "trade.csv").open("a") as file:
        file.write("a,b,c,d,e,f,g,h,i,j,k,l,m\n")
    with pytest.raises(evidence.DataError, match=r"as many cells as the header"):
        evidence.table("economic/trade")


def test_a_row_with_too_few_cells(data):
    path = data / "economic" / "trade.csv"
    path.write_text(path.read_text().replace("\nARM,", "\nshort,row\nARM,", 1))
    with pytest.raises(
        evidence.DataError,
        match=r"row 2: 2 cells under a header of 9: every row needs as many cells",
    ):
        evidence.table("economic/trade")


def test_a_blank_line_moves_no_row_number(data):
    lines = (data / "groups.csv").read_text().splitlines()
    (data / "groups.csv").write_text(
        "\n".join([*lines[:3], "", lines[3].replace(",full,", ",half,"), *lines[4:], ""])
    )
    with pytest.raises(
        evidence.DataError, match='row 5, column status: "half" is not one of the words allowed'
    ):
        evidence.table("groups")


@pytest.mark.parametrize("table", ["economic/trade", "actors"])
def test_a_file_in_the_wrong_encoding(data, table):
    path = data / f"{table}.csv"
    row = path.read_bytes().count(b"\n") + 1
    path.write_bytes(path.read_bytes() + "Türkiye,é\n".encode("latin-1"))
    with pytest.raises(
        ValueError, match=rf"data/{table}\.csv, row {row}: not UTF-8: save the file as UTF-8"
    ):
        evidence.table(table) if table != "actors" else actors.ALL


# What spreadsheets do to a file


@pytest.mark.slow
def test_what_spreadsheets_save_reads_the_same(data):
    """TRUE and FALSE, rows of commas at the end and between; "CSV UTF-8" of Excel: a byte order mark in front, and lines that end as on Windows.

    Frictionless reads it all as we do, and tells what it alone looks at: here, how long a name is.
    """
    before = {name: evidence.table(name) for name in TABLES}
    for name in TABLES:
        _as_a_spreadsheet(data / f"{name}.csv", evidence.describe(name)["schema"]["fields"])
    for path in [data / f"{name}.csv" for name in ("actors", "economic/trade", "groups")]:
        path.write_bytes(codecs.BOM_UTF8 + path.read_bytes().replace(b"\n", b"\r\n"))
    path = data / "datapackage.json"
    found = json.loads(path.read_text())
    found["resources"][0]["schema"]["fields"][1]["constraints"] = {"maxLength": 12}
    path.write_bytes(codecs.BOM_UTF8 + json.dumps(found).encode())
    for name, frame in before.items():
        pd.testing.assert_frame_equal(evidence.table(name), frame)
    assert actors.name("CHN") == "China"
    long = [row["name"] for row in evidence.rows("actors") if len(row["name"]) > 12]
    told = validate.data_faults()
    assert len(told) == len(long) > 0
    for name, fault in zip(long, told, strict=True):
        assert name in fault and re.match(r"data/actors\.csv, row \d+, column name: ", fault)


def _as_a_spreadsheet(path, fields):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    for at, field in enumerate(field["name"] for field in fields if field["type"] == "boolean"):
        frame[field] = frame[field].map(str.upper if at % 2 == 0 else str.capitalize)
    head, *rows = frame.to_csv(index=False, lineterminator="\n").rstrip("\n").split("\n")
    blank = "," * (len(fields) - 1)
    path.write_text("\n".join([head, blank, *rows, blank, blank, ""]))


def test_a_cell_may_hold_several_lines(mutate):
    mutate("actors", _cell(0, "naming", "one line\nand another"))
    assert evidence.rows("actors")[0]["naming"] == "one line\nand another"


def _renamed(text):
    return text.replace("actor,name,", "Actor,name,", 1)


def _semicolons(text):
    return "\n".join(";".join(cells) for cells in csv.reader(text.splitlines())) + "\n"


HEADERS = [
    (_renamed, "row 1: column actor is missing: put it back"),
    (lambda text: "", "row 1: nothing stands there: restore the file, or write the names"),
    (_semicolons, "row 1: cells are not separated by commas: save the file as CSV with commas"),
    (lambda text: text.replace("name,kind", "name,name", 1), "row 1: column name occurs twice"),
    (lambda text: text.replace("\n", ",\n", 1), "row 1: column  is not in datapackage.json"),
]


@pytest.mark.parametrize(("change", "says"), HEADERS)
def test_a_spoilt_header_of_the_actors_is_a_fault_like_any_other(data, change, says):
    path = data / "actors.csv"
    path.write_text(change(path.read_text()))
    with pytest.raises(evidence.DataError, match=re.escape(f"data/actors.csv, {says}")):
        actors.name("CHN")
    assert [says in fault for fault in validate.data_faults()] == [
        True
    ]  # once, however many tables lean on it


def test_validate_outlives_a_spoilt_header_of_the_actors(data):
    path = data / "actors.csv"
    path.write_text(_semicolons(path.read_text()))
    done = subprocess.run(
        [sys.executable, "-m", "frenemies", "validate"], capture_output=True, text=True
    )
    assert (
        done.returncode == 2
        and "data/actors.csv, row 1" in done.stdout
        and "Traceback" not in done.stderr
    )


@pytest.mark.parametrize("column", ["x", "y"])
def test_an_actor_without_a_place_is_refused(mutate, column):
    mutate("actors", _cell(2, column, ""))
    with pytest.raises(
        evidence.DataError, match=rf"data/actors\.csv, row 4, column {column}: .* is blank"
    ):
        actors.place("USA")
    assert any(f"column {column}" in fault for fault in validate.data_faults())


# Keys


@pytest.mark.parametrize(
    ("table", "column", "says"),
    [
        ("economic/partners", "partner", 'data/economic/partners.csv, row 2, column partner: "QQ" is not in economic/partner_names.csv'),
        ("geopolitical/memberships", "actor", '"QQ" is not in actors.csv: mend it, or add it there'),
        ("geopolitical/agreement", "actor_b", '"QQ" is not in actors.csv'),
    ],
)  # fmt: skip
def test_every_foreign_key_that_is_declared_is_kept(mutate, table, column, says):
    mutate(table, _cell(0, column, "QQ"))
    with pytest.raises(evidence.DataError, match=re.escape(says)):
        evidence.table(table)


def test_a_key_of_two_columns_and_a_key_into_the_table_itself(data):
    path = data / "datapackage.json"
    found = json.loads(path.read_text())
    (names,) = (entry for entry in found["resources"] if entry["name"] == "economic/partner_names")
    names["schema"]["foreignKeys"] = [{"fields": ["partner", "name"], "reference": {"resource": "", "fields": ["partner", "name"]}},
                                      {"fields": "partner", "reference": {"resource": "actors", "fields": "actor"}}]  # fmt: skip
    path.write_text(json.dumps(found))
    with pytest.raises(
        evidence.DataError,
        match=r'partner_names\.csv, row 2, column partner: "ABW" is not in actors\.csv',
    ):
        evidence.table("economic/partner_names")


def test_a_foreign_key_that_names_no_column(data):
    path = data / "datapackage.json"
    found = json.loads(path.read_text())
    (entry,) = (entry for entry in found["resources"] if entry["name"] == "military/spending")
    entry["schema"]["foreignKeys"] = [
        {"fields": ["actr"], "reference": {"resource": "actors", "fields": ["actor"]}}
    ]
    path.write_text(json.dumps(found))
    with pytest.raises(
        evidence.DataError, match='table "military/spending": a foreign key names actr'
    ):
        evidence.table("military/spending")


def test_a_table_of_actors_that_a_link_needs_is_read_before_its_own_keys(mutate):
    """A fault of the actors is told once, as theirs."""
    last = len(evidence.rows("actors")) + 2  # below the head
    mutate("actors", lambda frame: pd.concat([frame, frame.head(1)]))
    assert not evidence.table("military/spending").empty
    assert [fault for fault in validate.data_faults() if "occurs twice" in fault][0].startswith(
        f"data/actors.csv, row {last}"
    )


# The description


def _without(*words):
    def spoil(entry):
        inner = entry
        for word in words[:-1]:
            inner = inner[word]
        del inner[words[-1]]

    return spoil


GAPS = [
    (_without("path"), "path is missing"),
    (_without("schema"), "schema is missing"),
    (_without("schema", "fields"), "schema.fields is missing"),
    (_without("schema", "fields", 0, "type"), "schema.fields.1: name or type is missing"),
    (
        _without("schema", "foreignKeys", 0, "reference"),
        "schema.foreignKeys.1: fields or reference is missing",
    ),
    (_without("time", "cut"), "time.field, and time.cut (annual, month, date) is missing"),
]


OUTSIDE = [
    "../trade.csv",
    "economic/../../trade.csv",
    "..\\trade.csv",
    "/trade.csv",
    "C:\\trade.csv",
]
OUTSIDE += ["https://example.org/trade.csv", "\\\\host\\trade.csv"]
for _path in OUTSIDE:
    _why = "is no name" if "://" in _path else "leads out of data/"
    _says = f'path "{_path}" {_why}: name a file in it'
    GAPS.append((lambda entry, _path=_path: entry.update(path=_path), _says))


@pytest.mark.parametrize(("spoil", "says"), GAPS)
def test_a_gap_in_the_description_names_the_table(data, spoil, says):
    path = data / "datapackage.json"
    found = json.loads(path.read_text())
    (entry,) = (entry for entry in found["resources"] if entry["name"] == "economic/trade")
    spoil(entry)
    path.write_text(json.dumps(found))
    with pytest.raises(
        evidence.DataError,
        match=re.escape(f'data/datapackage.json, table "economic/trade": {says}'),
    ):
        evidence.table("groups")


def test_a_table_without_a_name_is_told_by_its_number(data):
    path = data / "datapackage.json"
    found = json.loads(path.read_text())
    del found["resources"][1]["name"]
    path.write_text(json.dumps(found))
    with pytest.raises(evidence.DataError, match='table "number 2": name is missing'):
        evidence.table("economic/trade")
    done = subprocess.run(
        [sys.executable, "-m", "frenemies", "validate"], capture_output=True, text=True
    )
    assert (
        done.returncode
        and "name is missing" in done.stdout + done.stderr
        and "Traceback" not in done.stderr
    )


# Years


def test_a_year_outside_is_refused_with_the_span():
    frame = pd.DataFrame({"year": [2001, 2003]})
    assert (
        evidence.known_year(frame, 2003) == 2003
        and evidence.known_year(range(1990, 1995), 1990) == 1990
    )
    with pytest.raises(
        evidence.UnknownYear,
        match=r"no vote for 2002: the table has 2001, 2003. Did you mean 2001\?",
    ):
        evidence.known_year(frame, 2002, "vote")
    for odd in ("2001", None, float("nan"), "x"):
        with pytest.raises(evidence.UnknownYear, match="the table has 2001, 2003"):
            evidence.known_year(frame, odd)
    with pytest.raises(evidence.UnknownYear, match="the table has none for any year"):
        evidence.known_year(frame.head(0), 2001)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"resources": [3]}', "no list of tables"),
        ('{"resources": [', "mend the JSON there"),
        ("[]", "no list of tables"),
        ('{"name": "x"}', "no list of tables"),
    ],
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
    (data / "actors.csv").unlink()
    with pytest.raises(ValueError, match=r"data/actors.csv is missing"):
        actors.name("RUS")


def test_validate_names_the_fault_and_ends_with_2(mutate, data):
    mutate("economic/trade", SPOILT[0][1])
    done = subprocess.run(
        [sys.executable, "-m", "frenemies", "validate"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert (
        'data/economic/trade.csv, row 214, column value_usd: "n/a" is not a number' in done.stdout
    )
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
def test_columns_in_another_order_are_told_in_a_line_each(mutate):
    mutate("economic/trade", lambda frame: frame[[*frame.columns[1::-1], *frame.columns[2:]]])
    told = [
        fault for fault in validate.data_faults() if fault.startswith("data/economic/trade.csv")
    ]
    assert len(told) == 2 and all("does not match the field name" in fault for fault in told)


def test_the_notebook_shows_one_line_and_no_traceback(mutate):
    mutate("economic/trade", SPOILT[0][1])
    try:
        evidence.table("economic/trade")
    except evidence.DataError as error:
        (line,) = error._render_traceback_()
    assert line.startswith("DataError: data/economic/trade.csv, row 214, column value_usd")


def test_another_folder_of_data_is_read_at_once(tmp_path, origin, monkeypatch):
    other = tmp_path / "data"
    shutil.copytree(origin, other)
    file = other / "military" / "warheads.csv"
    file.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[:2]))
    every = len(evidence.table("military/warheads"))
    monkeypatch.setenv("FRENEMIES_DATA", str(other))
    assert len(evidence.table("military/warheads")) == 1
    monkeypatch.delenv("FRENEMIES_DATA")
    assert len(evidence.table("military/warheads")) == every > 1


def test_where_a_file_lies_is_never_of_the_folder_before(copied, origin, read_from):
    assert evidence._path("actors") == copied / "actors.csv"
    read_from(origin)
    assert evidence._path("actors") == origin / "actors.csv"


def test_the_traps_of_energy_are_true_of_its_rows():
    table = evidence.table("economic/energy_imports")
    (trap,) = [
        one for one in evidence.describe("economic/energy_imports")["traps"] if "unit" in one
    ]
    units = table.groupby("commodity")["unit"].unique()
    assert units.str.len().eq(1).all() and all(name in trap for (name,) in units)
    assert table.query("origin == 'Total'").groupby(["commodity", "year"]).size().eq(1).all()
