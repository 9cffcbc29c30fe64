"""The command line: what it prints, where it stops, and that no reader meets a traceback."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from urllib.parse import quote

import nbformat
import pytest
import typer
from conftest import ROOT
from packaging.requirements import Requirement

import frenemies
from heldto import claims, evidence
from heldto.claims import ledger, readings, readings_table, testing
from heldto.publish import cli, proofread, validate
from heldto.publish import lab as workbook

ENGINE = ROOT / "src" / "pyproject.toml"
EXTRAS = tomllib.loads(ENGINE.read_text(encoding="utf-8"))["project"]["optional-dependencies"]


@pytest.fixture
def run(monkeypatch, capsys):
    """run("claims", "--claim", "E1") gives exit status, standard output and standard error."""

    def command(*words):
        monkeypatch.setattr("sys.argv", ["frenemies", *words])
        try:
            cli.run_command_line("frenemies", "About it.")
            status = 0
        except SystemExit as stopped:
            status = stopped.code or 0
        return status, *capsys.readouterr()

    return command


def test_the_economic_section_has_a_verdict_on_each_of_its_claims(run):
    status, out, _ = run("claims", "--section", "economic")
    assert status == 0
    heads = [line for line in out.splitlines() if line.startswith("E")]
    claims = evidence.table("claims").query("section == 'economic'")["id"].tolist()
    assert [head.split(".")[0] for head in heads] == claims
    judged = [line for line in out.splitlines() if line.startswith("  As known in August 2019: ")]
    assert len(judged) == len(claims)


def test_one_claim_as_json(run):
    status, out, _ = run("claims", "--claim", "e3", "--json")
    (found,) = json.loads(out)
    assert (status, found["id"], found["section"]) == (0, "E3", "economic")
    assert isinstance(found["value_then"], float)


def test_a_section_as_csv(run):
    status, out, _ = run("claims", "--section", "framing", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert [row["id"] for row in rows] == ledger.claim_ids("framing")


def test_only_one_vintage(run):
    _, out, _ = run("claims", "--claim", "E7", "--vintage", "then")
    assert "As known in August 2019" in out
    assert "Since (" not in out


IDS = evidence.table("claims")["id"].tolist()
EACH = [[one for one in IDS if one[0] == letter] for letter in dict.fromkeys(one[0] for one in IDS)]
SPANS = ", ".join(f"{run[0]}-{run[-1]}" for run in EACH[:-1]) + f" and {EACH[-1][0]}-{EACH[-1][-1]}"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("claims", "--claim", "E99"), f"They run {SPANS}"),
        (("claims", "--section", "economy"), "There are"),
        (("claims", "--claim", "E1", "--vintage", "now"), '"then" or "since"'),
    ],
)
def test_a_wrong_request_is_one_line_and_status_2(run, words, says):
    status, out, err = run(*words)
    assert status == 2
    assert says in err
    assert out == ""
    assert len(err.strip().splitlines()) == 1


def test_two_forms_at_once_are_refused(run):
    status, out, err = run("claims", "--claim", "E1", "--json", "--csv")
    assert (status, out, err) == (2, "", "--json or --csv: choose one\n")


def test_the_version(run):
    assert run("--version") == (0, f"frenemies {frenemies.__version__}\n", "")


@pytest.mark.parametrize("command", [(), ("claims",), ("handouts",), ("lab",)], ids=str)
def test_short_help_is_help(run, command):
    status, out, _ = run(*command, "-h")
    assert status == 0 and "Usage" in out
    assert out == run(*command, "--help")[1]


def test_an_unknown_option_is_status_2(run):
    status, _, err = run("claims", "--nonsense")
    assert status == 2
    assert "Traceback" not in err


def test_help_has_each_command_once_in_one_line_below_the_heading_of_its_group(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    status, out, _ = run("--help")
    assert status == 0 and "Usage: frenemies " in out and "About it." in out
    commands = typer.main.get_command(cli.app).commands
    assert sorted(cli.ORDER) == sorted(commands)
    group = ""
    for line in out.splitlines():
        if line.startswith("╭"):
            group = line.strip("╭─╮ ")
        name, _, told = line.strip("│ ").partition(" ")
        if name in commands and group != "Options":
            command = commands.pop(name)
            assert (command.rich_help_panel, command.short_help) == (group, told.strip())
    assert not commands


@pytest.mark.slow
def test_good_data_are_ok(run, monkeypatch):
    monkeypatch.setattr(proofread, "text_faults", list)  # test_proofread.py asks for each of them
    status, out, _ = run("validate")
    assert status == 0, out
    assert out.startswith(f"OK: {len(evidence.package()['resources'])} tables")


@pytest.mark.slow
def test_the_codebook_is_written_beside_its_data(run, data, monkeypatch):
    monkeypatch.setattr(proofread, "text_faults", list)
    monkeypatch.setitem(sys.modules, "frictionless", None)  # has read these data in the test above
    (data / "README.md").unlink()
    status, out, _ = run("validate", "--codebook")
    assert status == 0
    assert "wrote" in out
    assert (data / "README.md").read_text(encoding="utf-8") == validate.codebook()


def test_spoilt_data_are_named_and_status_2(run, mutate):
    mutate("economic/tariffs", lambda frame: frame.iloc[:, :-1])
    status, out, _ = run("validate")
    assert status == 2
    assert "data/economic/tariffs.csv, row 1: column" in out


def test_bad_data_stop_every_command_in_one_line(run, data):
    (data / "documents.csv").unlink()
    status, _, err = run("claims")
    assert status == 2
    assert (
        err.strip()
        == "data/documents.csv is missing: restore it, or write only its header if there is nothing to say"
    )


def test_the_lab_lays_out_the_notebooks_and_says_so(run, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    status, out, _ = run("lab", str(tmp_path / "mine"), "--only-copy")
    assert status == 0
    assert "laid out 00_start_here.ipynb" in out


def test_the_lab_hands_options_on_to_jupyterlab(run, tmp_path, monkeypatch):
    called = []
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(workbook, "start", lambda words, env: called.append(words) or 3)
    status, _, _ = run("lab", str(tmp_path / "mine"), "--no-browser", "--port=9")
    assert status == 3
    assert called[0][-2:] == ["--no-browser", "--port=9"]


def test_an_option_of_jupyterlab_s_is_no_folder(run, tmp_path, monkeypatch):
    called = []
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(workbook, "start", lambda words, env: called.append(words) or 0)
    monkeypatch.chdir(tmp_path)
    run("lab", "--port", "9")
    assert (tmp_path / "workbook" / "00_start_here.ipynb").exists() and not (
        tmp_path / "--port"
    ).exists()
    assert (
        called[0][-2:] == ["--port", "9"]
        and f"--ServerApp.root_dir={tmp_path / 'workbook'}" in called[0]
    )


def test_the_lab_opens_a_new_copy_beside_the_reader_s(run, tmp_path, monkeypatch):
    called = []
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(workbook, "start", lambda words, env: called.append(words) or 0)
    _, out, _ = run("lab", str(tmp_path / "mine"), "--fresh", "01", "--fresh", "military")
    assert "a new copy of 01_economic.ipynb: 01_economic.fresh.ipynb" in out
    assert (tmp_path / "mine" / "03_military.fresh.ipynb").exists()
    assert "--LabApp.default_url=/lab/tree/01_economic.fresh.ipynb" in called[0]


def test_notebook_00_tells_how_to_get_a_new_copy_and_it_is_so(run, tmp_path, monkeypatch):
    pristine = (ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8")
    (told,) = set(re.findall(r"`frenemies (lab --fresh \d+)`", pristine))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.chdir(tmp_path)
    run(*told.split(), "--only-copy")
    laid, fresh = (
        (tmp_path / "workbook" / name).read_bytes()
        for name in ("00_start_here.ipynb", "00_start_here.fresh.ipynb")
    )
    assert fresh == laid and told.encode() in fresh


def test_a_new_copy_of_no_notebook_is_one_line_and_nothing_is_laid_out(run, tmp_path):
    status, out, err = run("lab", str(tmp_path / "mine"), "--fresh", "07")
    assert (status, out) == (2, "") and not (tmp_path / "mine").exists()
    assert (
        'there is no notebook "07"' in err
        and "01_economic" in err
        and len(err.strip().splitlines()) == 1
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [([], "on the loopback address."), (["--ip=0.0.0.0"], "on the address of your options.")],
)
def test_root_is_told_that_the_lab_runs_as_root(run, tmp_path, monkeypatch, options, says):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(workbook, "start", lambda words, env: 0)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert (
        f"You are root: JupyterLab runs as root, {says}"
        in run("lab", str(tmp_path / "mine"), *options)[1]
    )
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "root" not in run("lab", str(tmp_path / "mine"), *options)[1]


@pytest.mark.parametrize("name", ["FRENEMIES_DATA", "FRENEMIES_DIARY"])
def test_a_reader_s_folder_holds_in_another_working_folder(run, tmp_path, monkeypatch, data, name):
    given = []
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, "data")
    monkeypatch.setattr(workbook, "start", lambda words, env: given.append(env[name]) or 0)
    assert run("lab", str(tmp_path / "mine"))[0] == 0
    assert given == [str(tmp_path / "data")]


@pytest.mark.parametrize(
    "words",
    [
        ("handouts", "00_start_here", "--out", "file"),
        ("handouts", "00_start_here", "--out", "/dev/null/x"),
        ("assignment", "/dev/null/x"),
        ("card", "VNM", "--output", "/dev/null/x.html"),
        ("lab", "file", "--only-copy"),
    ],
    ids=" ".join,
)
def test_a_place_that_cannot_be_written_is_one_line_and_status_2(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert words[-1] in err or "file" in err
    assert "another" in err and len(err.strip().splitlines()) == 1


PLAIN = {
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}  # a system that knows nothing but ASCII


@pytest.mark.slow
def test_a_notebook_of_any_name_where_the_system_knows_only_ascii(tmp_path):
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "Việt Nam.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "frenemies", "handouts", "Việt Nam.ipynb", "--out", "out"],
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | PLAIN | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines() == ["out/Việt Nam.html", "out/index.html"]
    assert f'<a href="{quote("Việt Nam.html")}">' in (tmp_path / "out" / "index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.slow
@pytest.mark.parametrize("terminal", [{"PYTHONIOENCODING": "ascii"}, PLAIN], ids=["ascii", "plain"])
def test_what_is_printed_is_utf_8_whatever_the_terminal_says(tmp_path, terminal):
    done = subprocess.run(
        [sys.executable, "-m", "frenemies", "card", "VNM", "--output", "Việt Nam.html"],
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | terminal,
    )
    assert (done.returncode, done.stdout.decode("utf-8").strip()) == (0, "wrote Việt Nam.html"), (
        done.stderr
    )


def test_readings_of_a_claim_are_printed_as_a_line_and_a_table(run, monkeypatch):
    claims.evaluate("E4", "then")
    halves = {"each": 6, "China": 9}  # three figures

    def balance(vintage, *, balance="each", year="2018"):
        return claims.Finding(value=halves.get(balance, -1), reason="so")

    monkeypatch.setitem(claims.TESTS, "E4", balance)
    (
        testing.evaluate_or_fault.cache_clear(),
        readings.readings_rows.cache_clear(),
        readings.summary.cache_clear(),
    )
    status, out, _ = run("readings", "e4")
    assert status == 0
    head, _, columns, *rows = out.splitlines()
    assert head.startswith(
        "E4: 4 of 15 readings hold, 2 partly, 9 fail, by 3 distinct figures: "
        "too few readings to say. With the 15 that take a later year 8 of 30 readings hold"
    )
    assert "not a probability" in head
    assert columns.split() == ["balance", "year", "threshold", "figure", "verdict"]
    (own,) = [row for row in rows if "the ledger's" in row]
    assert own.split()[:5] == ["each", "2018", "main", "6", "partly"]
    made = list(csv.DictReader(io.StringIO(run("readings", "E4", "--csv")[1])))
    told = json.loads(run("readings", "E4", "--json")[1])
    assert [row["verdict"] for row in made] == [row["verdict"] for row in told]
    assert len(told) == len(rows) == 30
    (
        testing.evaluate_or_fault.cache_clear(),
        readings.readings_rows.cache_clear(),
        readings.summary.cache_clear(),
    )


def test_the_help_of_readings_says_that_some_take_a_later_year(run):
    late = [claim for claim in ledger.table().index if readings_table.is_late(claim)]
    _, out, _ = run("readings", "--help")
    assert ("later year" in out) == bool(late)


def test_readings_that_there_are_none_of(run):
    assert "G5 has no other readings" in run("readings", "g5")[1]
    status, _, err = run("readings", "E99")
    assert status and "there is no claim" in err
    assert run("readings", "E4", "--json", "--csv")[0]


WITHOUT_TYPER = """
import sys
sys.modules["typer"] = None
from frenemies import __main__
sys.argv[1:] = {words}
__main__.main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (["claims", "--json"], "lab"),
        ([], "lab"),
        (["handouts", "--pdf"], "handouts"),
        (["--help", "validate"], "validate"),
        (["site", "handouts"], "site"),
        (["assignment", "out"], "classroom"),
    ],
)
def test_where_a_package_is_missing_the_extra_of_the_command_is_named(words, extra):
    code = WITHOUT_TYPER.format(words=words)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    says = f'This needs typer: pip install -e "{ROOT / "src"}[{extra}]"\n'
    assert (done.returncode, done.stdout, done.stderr) == (2, "", says)
    needed = [Requirement(line) for line in EXTRAS[extra]]
    brought = {one for wanted in needed if wanted.name == "heldto" for one in wanted.extras}
    assert extra == "lab" or brought & {"lab", "handouts"}  # each brings the command line itself


WITHOUT_NH3 = """
import sys
sys.modules["nh3"] = None
from frenemies import __main__
sys.argv[1:] = ["handouts"]
try:
    __main__.main()
finally:
    print("matplotlib" in sys.modules, "nbclient" in sys.modules)
"""


def test_handouts_without_a_package_say_so_before_anything_is_loaded():
    done = subprocess.run([sys.executable, "-c", WITHOUT_NH3], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "False False\n")
    assert done.stderr.startswith("This needs nh3: pip install ") and "[handouts]" in done.stderr


@pytest.mark.slow
def test_the_version_needs_no_extra():
    code = WITHOUT_TYPER.format(words=["--version"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    told = f"frenemies {frenemies.__version__}\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, "")


@pytest.mark.parametrize("columns", [40, 72, 200])
def test_claims_fit_the_terminal(run, monkeypatch, columns):
    monkeypatch.delenv("COLUMNS", raising=False)
    _, whole, _ = run("claims", "--section", "framing")
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = run("claims", "--section", "framing")
    assert max(map(len, out.splitlines())) <= columns
    assert "".join(out.split()) == "".join(whole.split())


@pytest.mark.slow
def test_a_command_that_met_a_fault_of_this_package_ends_with_1(run, mutate, monkeypatch):
    from frenemies.sections.economic import claim_measures

    def broken(*args, **named):
        raise AttributeError("no such column")

    mutate("glossary", lambda frame: frame[::-1])  # what was worked out before is worked out anew
    monkeypatch.setitem(sys.modules, "frictionless", None)
    monkeypatch.setattr(claim_measures, "crude_growth", broken)
    monkeypatch.setattr(proofread, "picture_functions", dict)
    says = "A fault of this package, please report it: AttributeError: no such column"
    for words in (
        ("claims", "--claim", "E5"),
        ("claims", "--section", "economic", "--json"),
        ("claims", "--section", "economic", "--csv"),
        ("readings", "E5"),
        ("readings", "E5", "--json"),
        ("prove", "E5"),
        ("validate",),
    ):
        status, out, err = run(*words)
        assert status == 1, words
        assert says in " ".join((out + err).split()) and "Traceback" not in err, words
    status, out, _ = run("claims", "--claim", "E4")
    assert status == 0 and says not in out


def test_a_slip_in_a_claim_is_said_by_validate_in_a_line_and_status_2(run, rewrite, monkeypatch):
    monkeypatch.setitem(sys.modules, "frictionless", None)
    rewrite("E8", "at_least = 50", "at_lest = 50")
    status, out, _ = run("validate")
    assert status == 2
    (line,) = out.splitlines()
    assert line.startswith('data/claims.toml, [E8], rule: nothing reads the key "at_lest"')
    assert run("prove", "E8")[0] == run("claims", "--claim", "E8")[0] == 2
    assert run("readings", "E8")[0] == 2
