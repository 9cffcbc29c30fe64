"""What `make mutants` and `make mutants-of-code` draw, whom they ask, and what they count."""

import importlib
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing
from itertools import islice

import bench
import forked
import mutants
import mutants_of_code as code
import pandas as pd
import pytest

SOURCE = """def share(whole: int | None, part: int = 2) -> float | None:
    if whole:
        return (
            part
            / whole
        )
    return zip(a, b, strict=True)
"""


@pytest.mark.parametrize(
    ("row", "lines"),
    [(1, range(1, 8)), (2, range(2, 7)), (5, range(3, 7)), (7, range(7, 8)), (9, range(9, 10))],
)
def test_a_change_belongs_to_its_innermost_statement(row, lines):
    assert code.statement(SOURCE, row) == lines
    assert code.statement(f"@measure\n{SOURCE}", 1) == range(1, 9)


def test_one_change_of_a_place_is_drawn_and_none_that_changes_no_behaviour():
    session = sqlite3.connect(":memory:")
    session.execute("create table mutation_specs (module_path, start_pos_row, start_pos_col, operator_name, job_id)")  # fmt: skip
    annotation, default, equal, strict = (1, 20), (1, 42), (5, 12), (7, 28)
    assert strict[1] == SOURCE.splitlines()[6].index("True")
    for n, place in enumerate([annotation, default, equal, equal, strict]):
        session.execute("insert into mutation_specs values ('a.py', ?, ?, ?, ?)", (*place, str(n), n))  # fmt: skip
    same = "core/ReplaceComparisonOperator_Eq_Is"
    session.execute("insert into mutation_specs values ('a.py', 5, 12, ?, 5)", (same,))
    silent = {"a.py": code.silent_in(SOURCE)}
    for seed in range(9):
        kept = code.drawn(session, 9, random.Random(seed), silent)
        assert len(kept) == 2 and 1 in kept and {2, 3} & {*kept}
        assert kept == code.drawn(session, 9, random.Random(seed), silent)
    assert len(code.drawn(session, 1, random.Random(1), silent)) == 1
    session.close()


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        ([(1, 1)], True),  # a test that reaches it fails
        ([(0, 1), (2, 1)], True),  # a file cannot be collected
        ([(0, 1), (5, 1), (-1, 1)], True),  # an endless loop was stopped
        ([(0, 1), (0, 1), (0, 1)], False),
        ([(0, 1), (0, code.ENOUGH + 1)], False),  # and nobody else is asked
    ],
)
def test_a_change_is_noticed_by_what_is_not_green(answers, seen, monkeypatch):
    told = iter(answers)
    monkeypatch.setattr(forked, "tests", lambda words: next(told))
    size = {"a.py::t": 1, "b.py::t": 2}
    lines = {line: {*size} if line == 5 else set() for line in range(9)}
    assert code.noticed("a.py", 5, SOURCE, {"a.py": lines}, size) is seen
    assert next(told, None) is None


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Python 3.12, threads
def test_a_fork_tells_its_result_and_what_breaks_down_or_takes_too_long_is_none(tmp_path):
    said = tmp_path / "said"
    assert forked.forked(lambda: 3)[0] == 3
    assert forked.forked(lambda: {}["lost"], said=said)[0] == -1
    assert "KeyError: 'lost'" in said.read_text()

    def endless():
        while True:
            pass

    assert forked.forked(endless, 1)[0] == -1


RAW = {
    "a": pd.DataFrame({
        "x": ["10", "", "25.50"],
        "y": ["7", "8", "7"],
        "date": ["2018-03-01", "2019-07-02", "2019-07-02"],
        "flag": ["true", "false", "true"],
        "code": ["CHN", "RUS", "IND"],
        "note": [f"note {n}" for n in range(3)],
    })
}  # fmt: skip
PLACE = ("table", "row", "column", "kind", "after")
FIELDS = {"x": "number", "y": "integer", "date": "string", "flag": "boolean", "code": "string"}


def test_a_spoilt_cell_is_another_and_a_seed_draws_the_same():
    fields = [{"name": name, "type": of} for name, of in FIELDS.items()]
    columns = mutants.cells({"a": {"schema": {"fields": fields, "primaryKey": ["code"]}}}, RAW)
    assert columns["a"] == {
        "x": "figure",
        "y": "figure",
        "date": "date",
        "flag": "flag",
        "code": "code",
        mutants.WHOLE: "row",
    }
    draws = [list(islice(mutants.draw(columns, RAW, 3), 999)) for _ in range(2)]
    assert draws[0] == draws[1] != list(islice(mutants.draw(columns, RAW, 4), 999))
    for one in draws[0]:
        if one["column"] != mutants.WHOLE:
            assert one["before"] != one["after"]
            assert RAW["a"][one["column"]][one["row"]] == one["before"]
    assert {one["kind"] for one in draws[0]} == mutants.ALL_KINDS
    places = [tuple(one[key] for key in PLACE) for one in draws[0]]
    assert len({*places}) == len(places) < 999  # it ends where there are no others


def kind_of(kind):
    return next(of for of, kinds in mutants.TYPES.items() if kind in kinds)


def spoilt(caught, decides=("E1",), how=mutants.HOW[0], kind="sign", **told):
    return {"table": "a", "row": 0, "column": "x", "type": kind_of(kind), "kind": kind, "before": "1", "after": "-1", "how": how, "decides": [*decides], "caught": caught} | told  # fmt: skip


def test_only_figures_that_reach_something_count():
    found = [*[spoilt("validate")] * 7, spoilt("notebooks", how=mutants.HOW[1]), *[spoilt("")] * 2]
    score = mutants.score([*found, *[spoilt("", ())] * 5], seed=1)
    assert (score["drawn"], score["tried"], len(score["alive"])) == (15, 10, 2)
    words = mutants.words(score)
    assert "validate alone catches 70%" in words and "all layers 80%" in words
    assert "all cells 7 of 9, table by table 0 of 1" in words
    assert "figures 7 of 10, dates 0 of 0, flags 0 of 0, codes 0 of 0, rows 0 of 0" in words


def test_cells_that_turn_a_verdict_have_a_sentence_of_their_own():
    by_sum = [spoilt("validate", said="data/a.csv, row 2: 3, but 4 and 5 are 9")] * 2
    by_count = spoilt("validate", kind="flag turned", said="data/a.csv: fewer, data/counts.csv has")
    found = [*by_sum, by_count, spoilt("", ["E3 since"], kind="row gone"), spoilt("", ())]
    words = mutants.words_of_turning(mutants.score(found, seed=1))
    assert "(seed 1, 20" in words and "of 4 spoilt cells validate alone catches 3, 75%" in words
    assert "figures 2 of 2, dates 0 of 0, flags 1 of 1, codes 0 of 0, rows 0 of 1" in words
    assert "1 of them by the counts of rows alone" in words


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone as `make mutants` makes one, of data/ alone: what is spoilt is read there, and put back."""
    shutil.copytree(forked.ROOT / "data", tmp_path / "data")
    git("init", "-q", str(tmp_path))
    git("-C", str(tmp_path), "add", ".")
    git("-C", str(tmp_path), "commit", "-q", "-m", "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRENEMIES_DATA", str(tmp_path / "data"))
    monkeypatch.syspath_prepend(str(forked.ROOT / "tests"))


def test_make_bench_prints_what_was_kept_of_both_runs_and_which_was_not_made(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(forked, "ROOT", tmp_path)
    found = mutants.score([spoilt("validate")], seed=1)
    del found["day"]  # as results of before have none
    forked.keep(f"{mutants.THAT_TURN}.json", found)
    bench.scores()
    told = capsys.readouterr().out
    assert "mutants that turn a verdict (seed 1): of 1 spoilt cells" in told
    assert "mutants_of_data.json: not measured here; make mutants does it" in told


OF_2023 = [  # China's trade with Germany: what is made of it, what that turns, who catches it
    (lambda text: str(10 * float(text)), ["E3 since"], "validate"),
    (lambda text: str(1.001 * float(text)), [], ""),
    (lambda text: "none", [], ""),  # no verdict is given any more, and the card says so
]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_cell_counts_that_turns_a_verdict_into_another(clone):
    importlib.import_module("frenemies")  # the article whose claims these are
    from heldto import evidence

    name = "economic/china_customs"
    raw = {name: pd.read_csv(f"data/{name}.csv", dtype=str, keep_default_na=False)}
    frames = {name: evidence.check_table(name)}
    asked = {one: ask for one, ask in mutants.verdicts().items() if one.startswith("E3 ")}
    assert [*asked] == ["E3 then", "E3 since"]
    shown = mutants.Shown(asked, evidence.package()["tables"])
    (at,) = raw[name].query("partner == 'DEU' and year == '2023'").index
    before = raw[name].total_bn[at]
    for change, decides, caught in OF_2023:
        one = {"table": name, "row": at, "column": "total_bn", "kind": "a", "after": change(before)}
        found = mutants.try_out(one, raw, frames, shown, mutants.LAYERS[:1])
        assert (found["decides"], found["caught"]) == (decides, caught)
        assert bool(found.get("said")) == bool(caught)
        assert pd.read_csv(f"data/{name}.csv", dtype=str).total_bn[at] == before


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A repository, a clone of it in which two changes lived, and what two files of tests reached."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    git("init", "-q", "-b", "main", str(origin))
    for name in ("src/a.py", "src/b.py", "tests/test_a.py", "tests/test_b.py"):
        written(origin, name, "1\n")
    git("clone", "-q", str(origin), str(clone))
    monkeypatch.setattr(code, "ROOM", clone)
    monkeypatch.setattr(code, "HEARD", clone / "heard")
    code.HEARD.mkdir()
    for name in forked.test_files(clone):
        code.heard_of(name).touch()
    with closing(sqlite3.connect(code.of_seed(1))) as session, session:
        session.execute("create table mutation_specs (job_id, module_path)")
        session.execute("create table work_results (job_id, test_outcome)")
        session.executemany("insert into mutation_specs values (?, ?)", [(1, "src/a.py"), (2, "src/b.py"), (3, "src/a.py")])  # fmt: skip
        session.executemany("insert into work_results values (?, ?)", [(1, "SURVIVED"), (2, "SURVIVED"), (3, "KILLED")])  # fmt: skip
    return origin


def git(*words):
    known = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run(["git", *known, *words], check=True, capture_output=True)


def written(origin, name, text):
    (origin / name).parent.mkdir(parents=True, exist_ok=True)
    (origin / name).write_text(text)
    git("-C", str(origin), "add", ".")
    git("-C", str(origin), "commit", "-q", "-m", name)


@pytest.mark.parametrize(
    ("changed", "heard", "settled"),
    [
        (["tests/test_a.py"], {"tests/test_b.py"}, [3]),  # a file is heard anew, both are tried
        (["src/a.py"], set(), [1, 3]),  # a change of what is another now stays as it was
        ([], {"tests/test_a.py", "tests/test_b.py"}, [3]),
    ],
)
def test_what_lived_is_tried_again_on_what_is_committed_now(changed, heard, settled, room):
    for name in changed:
        written(room, name, "2\n")
    code.again(1)
    assert {name for name in forked.test_files(code.ROOM) if code.heard_of(name).exists()} == heard
    assert all((code.ROOM / name).read_text() == "2\n" for name in changed)
    with closing(sqlite3.connect(code.of_seed(1))) as session, session:
        assert [job for (job,) in session.execute("select job_id from work_results")] == settled
