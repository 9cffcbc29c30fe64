"""One bad table must not take the page down: an actor's rows taken out of a table cost the verdicts that need them, and are told in a sentence."""

import gc
import json
import re
import shutil
import sys
from collections import Counter
from contextlib import redirect_stdout
from functools import lru_cache, wraps
from io import StringIO
from types import FunctionType

import nbformat
import pandas as pd
import pytest
from conftest import ROOT, drawings, look_again
from typer.testing import CliRunner

import frenemies as fr
from frenemies.measures import arms
from heldto import claims, errors, evidence, exercises, stored, toggles
from heldto.claims import card, ledger, readings
from heldto.evidence import actors
from heldto.exercises import forms
from heldto.publish import claims as printed
from heldto.publish import validate
from heldto.publish.cli import app

pytestmark = pytest.mark.slow

NO_EVIDENCE = {"actors", "amendments", "claims", "fixed", "glossary"}
TABLES = [name for name in evidence.package()["tables"] if name not in NO_EVIDENCE]
ROOMS = ("economic", "geopolitical", "military", "network", "together", "overview")
STATES = {row["actor"] for row in evidence.rows("actors")}
RAW = re.compile(r"\bnan\b|Traceback|\b(Type|Key|Index|Value|Attribute|ZeroDivision)Error\b")
RUN = CliRunner()


# What reads which table


@lru_cache
def _remembering():
    """Every function of the package that remembers what it worked out from the tables."""
    drawings()  # loads every module
    functions = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
    rooms = [str(one.__module__) for one in functions]
    return [
        one
        for one, room in zip(functions, rooms, strict=True)
        if room.startswith(("frenemies.", "heldto."))
        and not room.startswith("heldto.evidence")
        and hasattr(one, "cache_clear")
    ]


def _forget():
    """What was worked out from the tables is; the tables themselves stay read."""
    for ask in _remembering():
        ask.cache_clear()


def _recorded(thing):
    """Names of the tables that something reads when it is asked for."""
    names, table = set(), evidence.table
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            evidence,
            "table",
            lambda name, *args, **kwargs: names.add(name) or table(name, *args, **kwargs),
        )
        _forget()
        thing()
    return names - NO_EVIDENCE


def _verdicts(claim):
    """All that a page, the terminal and a file say of a claim."""
    page, entry = card.VerdictCard(claim).to_html(), ledger.entry(claim)
    return "\n".join([printed.plain(claim), page, json.dumps(entry, allow_nan=False)])


def _explored(draw):
    """What stands on the page where a picture is asked for, and beneath it in a file."""
    with redirect_stdout(StringIO()) as printed:
        shown = fr.explore(draw)
    return f"{printed.getvalue()}{shown.picture.to_text()}" if shown else printed.getvalue()


def _lived(say, **choices):
    line = fr.live(say, fr.actor_bar("economic"), **choices)
    with stored.pages():  # with the outcome of each choice in it, as for a handout
        data, _ = line._repr_mimebundle_()
    return data[stored.PAGE]


def _exercised(name):
    shown = fr.exercise(name)
    return f"{shown!r}{fr.solution(name, reveal=True)!r}"


def _pictures():
    drawn = [
        (room, name)
        for room in ROOMS
        for name in dir(getattr(fr, room))
        if name.endswith("_picture")
    ]
    return {f"{room}.{name}": getattr(getattr(fr, room), name) for room, name in drawn}


def _lines():
    record = ["then", "since"]
    switched = {
        f"switch {claim}": (
            fr.geopolitical.switch(claim),
            {
                "measure": [one["option"] for one in readings.options(claim)["measure"]],
                "record": record,
            },
        )
        for claim in ("G1", "G6", "G7", "G8", "G9", "G10", "G11")
    }
    return switched | {
        "rank": (fr.economic.rank_sentence, {"year": (2017, 2020, 2018)}),
        "pacific": (fr.military.pacific_verdicts, {"yellow_sea": ["counted", "left out"]}),
        "conflict": (fr.military.conflict_verdict, {"coding": ["UCDP", "COW"]}),
        "triads": (fr.network.triads_line, {}),
        "frustration": (lambda shown: fr.network.frustration_line(shown[:8]), {}),
        "closer": (lambda shown: fr.together.closer(), {}),
    }


def _page():
    """{name: function}: everything beside the verdicts that a page shows, in the way in which a notebook asks for it."""
    things = {
        f"picture {name}": lambda draw=draw: _explored(draw) for name, draw in _pictures().items()
    }
    things |= {
        f"line {name}": lambda say=say, how=how: _lived(say, **how)
        for name, (say, how) in _lines().items()
    }
    things |= {
        f"exercise {name}": lambda name=name: _exercised(name) for name in exercises.exercise_ids()
    }
    return things | {
        f"card {code}": lambda code=code: repr(fr.card(code)) for code in ("CHN", "VNM", "SYR")
    }


@pytest.fixture(scope="module")
def read_by_claims():
    return {
        claim: _recorded(lambda claim=claim: _verdicts(claim))
        for claim in evidence.table("claims")["id"]
    }


@pytest.fixture(scope="module")
def read_by_pages():
    return {name: _recorded(thing) for name, thing in _page().items()}


# Taking rows out


def _naming(column, codes):
    """The cells of a column that name one of some actors."""
    return [cell for cell in column.unique() if not codes.isdisjoint(cell.split(";"))]


def _without(frame, code):
    """A table without an actor: its rows, and where actors are columns, its votes."""
    gone = pd.Series(False, frame.index)
    for name in frame.columns.difference([*STATES]):
        gone |= frame[name].isin(_naming(frame[name], {code}))
    return frame[~gone].assign(**{code: ""} if code in frame else {})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One copy of data/ for all tests here: each spoils one table and puts it back."""
    copied = tmp_path_factory.mktemp("missing") / "data"
    shutil.copytree(ROOT / "data", copied)
    return copied


@pytest.fixture
def take_out(folder, read_from):
    """take_out("economic/trade", "RUS") takes an actor out of a table; False where it does not stand there."""
    read_from(folder)
    spoilt = set()

    def take(table, code):
        path = folder / f"{table}.csv"
        frame = pd.read_csv(ROOT / "data" / f"{table}.csv", dtype=str, keep_default_na=False)
        rest = _without(frame, code)
        if rest.equals(frame):
            return False
        spoilt.add(table)
        rest.to_csv(path, index=False, lineterminator="\n")
        look_again()
        return True

    yield take
    for table in spoilt:
        shutil.copy2(ROOT / "data" / f"{table}.csv", folder / f"{table}.csv")


def _leads(table, read, most):
    """The actors of the claims that read a table, those of the most claims first."""
    rows = {row["id"]: row["actors"].split(";") for row in evidence.rows("claims")}
    named = Counter(
        code for claim, tables in read.items() if table in tables for code in rows[claim]
    )
    return [code for code, _ in named.most_common() if code != "EU"][:most]


# The verdicts


@pytest.mark.parametrize("table", TABLES)
def test_what_is_not_held_is_said_in_a_sentence(table, take_out, read_by_claims, read_by_pages):
    """A verdict whose figure is not held is undecided and says whose; pictures, lines, exercises and cards say what they lack."""
    leads = _leads(table, read_by_claims, 5)
    for code in leads:
        if not take_out(table, code):
            continue
        for claim in (claim for claim, tables in read_by_claims.items() if table in tables):
            said = _verdicts(claim)
            assert not RAW.search(said) and errors.OUR_FAULT not in said, (code, claim, said)
            for verdict in ledger.both(claim):
                _says_what_is_lacking(verdict, table, code)
        if code == leads[0]:
            things = _page()
            for name in (name for name, tables in read_by_pages.items() if table in tables):
                said = things[name]()
                assert said.strip() and not RAW.search(said), (code, name, said)


OPEN = {"E11", "M1", "M16"}  # until a later year is over


def _says_what_is_lacking(verdict, table, code):
    lacking = (
        claims.row(verdict.id)["rule"] != "undecided"
        and verdict.verdict == "undecided"
        and verdict.value is None
    )
    if lacking and verdict.id not in OPEN:
        assert re.match("No figure for|No figure can be read from|No .* for", verdict.reason), (
            code,
            verdict,
        )
        assert any(name in verdict.reason for name in (actors.name(code), table, "Union")), (
            code,
            verdict,
        )


BOTH_TABLES = ("military/arms_transfers", "military/arms_totals")


def _table():
    return ledger.table()[["verdict_then", "verdict_since", "reason_then", "value_then"]].map(str)


def test_one_actors_deliveries_missing_cost_one_verdict_and_the_other_43_stand(
    take_out, monkeypatch
):
    monkeypatch.setitem(sys.modules, "frictionless", None)  # fewer rows are no news to it
    before = _table()
    assert all(take_out(table, "SYR") for table in BOTH_TABLES)
    faults = validate.data_faults()  # nothing is wrong with the rows that are left
    assert faults and all("data/counts.csv has" in fault for fault in faults)
    after = _table()
    assert after.index.tolist() == before.index.tolist()
    assert after.index[after.ne(before).any(axis=1)].tolist() == ["G6"]
    assert after.verdict_then["G6"] == after.verdict_since["G6"] == "undecided"
    assert after.reason_then["G6"] == "No figure for arms of Syria from Russia in 2014-18."
    lines = card.VerdictCard("G6").lines()
    assert "Since: UNDECIDED." in lines
    assert "  No figure for arms of Syria from Russia in 2014-18." in lines


def test_frenemies_claims_prints_all_where_a_figure_is_not_held(take_out):
    assert all(take_out(table, "SYR") for table in BOTH_TABLES)
    for how, count in (
        ([], lambda text: len(re.findall(r"^[FEGM]\d+\. ", text, re.M))),
        (["--json"], lambda text: len(json.loads(text))),
        (["--csv"], lambda text: len(pd.read_csv(StringIO(text)))),
    ):
        done = RUN.invoke(app, ["claims", *how])
        assert done.exit_code == 0 and not RAW.search(done.stdout) and "NaN" not in done.stdout, how
        said = " ".join(done.stdout.split())
        assert "No figure for arms of Syria from Russia in 2014-18" in said, how
        assert count(done.stdout) == len(evidence.table("claims")), how


def test_a_table_that_cannot_be_read_costs_the_verdicts_that_read_it(mutate):
    before = _table()
    mutate("geopolitical/religion", lambda frame: frame.assign(low="n/a"))
    after = _table()
    assert after.index[after.verdict_then.ne(before.verdict_then)].tolist() == ["G14", "G15"]
    assert after.reason_then["G14"].startswith(
        'No figure can be read from data/geopolitical/religion.csv, row 2, column low: "n/a"'
    )


def test_a_claim_whose_test_fails_costs_one_verdict(monkeypatch):
    before = _table()
    monkeypatch.setitem(claims.TESTS, "G14", lambda vintage, who="", estimate="": {}["IRN"])
    _forget()
    after = _table()
    _forget()
    assert after.index[after.verdict_then.ne(before.verdict_then)].tolist() == ["G14"]
    assert after.verdict_then["G14"] == claims.UNJUDGED
    assert after.reason_then["G14"].startswith(f"{errors.OUR_FAULT}: KeyError: 'IRN' (test_missing")


def test_a_figure_lost_since_is_said_beside_the_verdict_of_then(monkeypatch):
    ledger.judge("M5", "then")  # loads the test
    held = claims.TESTS["M5"]

    @wraps(held)
    def lost(vintage, **asked):
        if vintage == "since":
            raise errors.NotHeld("no figure for arms of Vietnam")
        return held(vintage, **asked)

    monkeypatch.setitem(claims.TESTS, "M5", lost)
    _forget()
    lines = card.VerdictCard("M5").lines()
    _forget()
    assert "Since: UNDECIDED." in lines
    assert any("No figure for arms of Vietnam." in line for line in lines)
    assert lines[1].startswith("As known in August 2019: ") and "UNDECIDED" not in lines[1]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("at_least", float("nan")),
        ("each_at_least", (5.0, float("nan"))),
        ("fall", None),
        ("coded", None),
    ],
)
def test_no_figure_is_no_verdict(rule, value):
    assert claims.compare(rule, value, 1, 1) == "undecided"


def test_what_is_not_held_is_nan(take_out):
    assert pd.isna(arms.share_of_arms_imports("PRK", "CHN", 2018))  # nothing was delivered
    assert all(take_out(table, "SYR") for table in BOTH_TABLES)
    assert pd.isna(arms.share_of_arms_imports("SYR", "RUS", 2018)) and pd.isna(
        arms.share_of_arms_exports("RUS", "SYR", 2018)
    )
    assert all(map(pd.isna, fr.military.concentration("SYR", 2018)))
    with pytest.raises(errors.NotHeld, match="no figure for arms imports of Syria"):
        arms.total_imports("SYR", 2018)


@pytest.mark.parametrize("table", BOTH_TABLES)
def test_half_of_what_a_share_of_arms_needs_makes_no_share(table, take_out):
    assert take_out(table, "VNM")
    assert pd.isna(arms.share_of_arms_imports("VNM", "RUS", 2018))
    assert ledger.judge("M5", "then").verdict == "undecided"


def test_a_supplier_that_the_register_does_not_know_did_not_deliver_nothing(take_out):
    assert take_out("military/arms_transfers", "RUS")
    assert pd.isna(arms.share_of_arms_imports("VNM", "RUS", 2018))


# The page


def test_a_click_on_a_choice_says_what_is_lacking(take_out):
    bar = fr.actor_bar("economic")
    line = toggles.live(lambda shown, year=2018: fr.economic.rank_sentence(shown, year), bar)
    assert "Russia" in str(line)
    assert take_out("economic/partners", "CHN")
    line.again()
    assert line.text.startswith("No figure for all partners of China")


def test_an_exercise_that_is_unknown_is_still_refused():
    with pytest.raises(exercises.UnknownExercise):
        forms.exercise("E3-rnak")


# The notebooks, run from top to bottom


CASES = [
    (
        "01_economic",
        [("economic/trade", "RUS")],
        "No figure for trade with China in the books of Russia.",
    ),
    (
        "02_geopolitical",
        [(table, "SYR") for table in BOTH_TABLES],
        "No figure for arms of Syria from Russia in 2014-18.",
    ),
    (
        "03_military",
        [(table, "IND") for table in BOTH_TABLES],
        "No figure for arms of India from Russia in 2014-18.",
    ),
    (
        "04_verdict",
        [("geopolitical/agreement", "CHN"), *((table, "SYR") for table in BOTH_TABLES)],
        "No figure for votes of China and Russia.",
    ),
]


@pytest.mark.parametrize(
    ("name", "gone", "says"), CASES, ids=[f"{case[0]} {case[1][0]}" for case in CASES]
)
def test_run_all_goes_to_the_end_of_a_notebook(name, gone, says, take_out):
    from heldto.publish.handouts import run

    assert all(take_out(*one) for one in gone)
    found = run.execute(nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4), name, limit=300)
    outputs = [output for cell in found.cells for output in cell.get("outputs", [])]
    told = "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs
    )
    lacks = [output for output in outputs if output.output_type == "error"]
    assert all(len(lack.traceback) == 1 and "no figure for" in lack.evalue for lack in lacks)
    assert says in told and not RAW.search(told)
