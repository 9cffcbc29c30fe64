"""What `make mutants` and `make mutants-of-code` draw, whom they ask, and what they count."""

import random
import sqlite3
import subprocess
from contextlib import closing
from itertools import islice

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
    draws = [list(islice(mutants.draw(columns, RAW, 3), 200)) for _ in range(2)]
    assert draws[0] == draws[1] != list(islice(mutants.draw(columns, RAW, 4), 200))
    for one in draws[0]:
        if one["column"] != mutants.WHOLE:
            assert one["before"] != one["after"]
            assert RAW["a"][one["column"]][one["row"]] == one["before"]
    assert {one["kind"] for one in draws[0]} == mutants.ALL_KINDS


def spoilt(caught, decides=("E1",), how=mutants.HOW[0]):
    return {"table": "a", "row": 0, "column": "x", "kind": "sign", "before": "1", "after": "-1", "how": how, "decides": [*decides], "caught": caught}  # fmt: skip


def test_only_figures_that_reach_something_count():
    found = [*[spoilt("validate")] * 7, spoilt("notebooks", how=mutants.HOW[1]), *[spoilt("")] * 2]
    score = mutants.score([*found, *[spoilt("", ())] * 5], seed=1)
    assert (score["drawn"], score["tried"], len(score["alive"])) == (15, 10, 2)
    words = mutants.words(score)
    assert "validate alone catches 70%" in words and "all layers 80%" in words
    assert "all cells 7 of 9, table by table 0 of 1" in words
    assert "figures 7 of 10, dates 0 of 0, flags 0 of 0, codes 0 of 0, rows 0 of 0" in words


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
