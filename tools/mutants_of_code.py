"""Change one place of the code at a time and count how many changes the unit tests notice: `make mutants-of-code`.

cosmic-ray lists the changes, in a clone that is kept in build/mutants/, and goes on where it was stopped. One place in so many
is drawn, and of each place one change: of measures, claims, and the sections' figures and tests; annotations, `is` for `==` and zip's strict= are left out.
Which tests reach which line is heard once. A change is tried on those that reach its statement, the most particular first, and
where these are all green on the files of tests that reach it, for less than a minute. Only committed code is changed, as it was when it was cloned:
--again follows what is committed since, another --seed is another draw. What lived, was read and changes nothing that anybody could see is listed with
its reason in equivalent.toml: no test can notice that, so it is told apart and not counted among what is to be noticed.
"""

import argparse
import ast
import os
import random
import sqlite3
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

import forked
from rich.progress import track

ROOM = forked.ROOT / "build" / "mutants"
DRAWING = ROOM / "drawing.sqlite"  # a draw is one when whole
HEARD = ROOM / "heard"  # what each file of tests reaches
CHANGED = ["measures", "claims", *(f"sections/{one}" for one in ("economic", "geopolitical", "military", "verdict"))]  # fmt: skip
CONFIG = """[cosmic-ray]
module-path = [{modules}]
timeout = 900
test-command = "false"
[cosmic-ray.distributor]
name = "local"
"""
SAME = {f"core/ReplaceComparisonOperator_{pair}" for pair in ("Eq_Is", "Is_Eq", "NotEq_IsNot", "IsNot_NotEq")}  # fmt: skip
GREEN = (0, 5)  # all passed, or there were none
FIRST = 12  # so many tests are asked before whole files
ENOUGH = 40  # seconds of processor: what no file of tests noticed by then lived, so that the score is at least what is told


def list_changes(count, seed):
    """List all changes of what is cloned, and keep a draw."""
    paths = [path for room in CHANGED for path in sorted((ROOM / "src").glob(f"*/{room}/*.py"))]
    modules = ", ".join(f'"{path.relative_to(ROOM).as_posix()}"' for path in paths)
    (ROOM / "mutants.toml").write_text(CONFIG.format(modules=modules))
    command = Path(sys.executable).with_name("cosmic-ray")
    subprocess.run([command, "init", "mutants.toml", DRAWING.name], cwd=ROOM, check=True)
    with closing(sqlite3.connect(DRAWING)) as session, session:
        silent = {path.relative_to(ROOM).as_posix(): silent_in(path.read_text()) for path in paths}
        kept = drawn(session, count, random.Random(seed), silent)
        for table in ("mutation_specs", "work_items"):
            marks = ", ".join("?" * len(kept))
            session.execute(f"delete from {table} where job_id not in ({marks})", kept)
    DRAWING.rename(of_seed(seed))


def of_seed(seed):
    return ROOM / f"{seed}.sqlite"


def silent_in(source):
    """Spans ((row, column) to (row, column)) in which a change is none of behaviour: annotations, and zip's strict=."""
    found = []
    for node in ast.walk(ast.parse(source)):
        strict = node.value if isinstance(node, ast.keyword) and node.arg == "strict" else None
        for one in (getattr(node, "annotation", None), getattr(node, "returns", None), strict):
            if one:
                found.append(((one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)))
    return found


def drawn(session, count, rng, silent):
    """The changes to make: of so many places, one each."""
    places = {}
    listed = "select module_path, start_pos_row, start_pos_col, operator_name, job_id from mutation_specs"
    for module, row, column, operator, job in sorted(session.execute(listed)):
        spans = silent.get(module, [])
        if operator not in SAME and not any(a <= (row, column) < b for a, b in spans):
            places.setdefault((module, row, column), []).append(job)
    return [
        rng.choice(places[place]) for place in rng.sample(sorted(places), min(count, len(places)))
    ]


def heard_of(name):
    """Where it is kept what a file of tests reaches."""
    return HEARD / f"{name.replace('/', '-')}.sqlite"


def hear():
    """Run each file of tests by itself, and keep which of its tests reach which lines. The tests must be green."""
    HEARD.mkdir(exist_ok=True)
    names = [name for name in forked.test_files(ROOM) if not heard_of(name).exists()]
    for name in track(names, "which tests reach which lines"):
        os.environ["COVERAGE_FILE"] = str(heard_of(name))
        words = ["-p", "pytest_cov", "--cov=frenemies", "--cov-context=test", "--cov-report=", name]
        code, _ = forked.tests(words, said=ROOM / "said")
        if code not in GREEN:
            heard_of(name).unlink(missing_ok=True)
            sys.exit(f"{name} fails before anything is changed: mend it, commit, begin again.\n{(ROOM / 'said').read_text()[-2000:]}")  # fmt: skip
        heard_of(name).touch()


def heard():
    """{module: {line: tests}}, and of each test how many lines it reaches; what a file reaches before any test is the file's."""
    from coverage import CoverageData

    reach, size = defaultdict(lambda: defaultdict(set)), Counter()
    for name in forked.test_files(ROOM):
        if not heard_of(name).stat().st_size:  # it has no unit tests
            continue
        data = CoverageData(str(heard_of(name)))
        data.read()
        for path in data.measured_files():
            module = Path(path).relative_to(ROOM).as_posix()
            for line, contexts in data.contexts_by_lineno(path).items():
                tests = {context.partition("|")[0] or name for context in contexts}
                reach[module][line] |= tests
                size.update(tests)
    return reach, size


def statement(source, row):
    """The lines of the innermost statement that holds a row; a decorator is its function's."""
    every = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)]
    first = [min(one.lineno for one in (node, *getattr(node, "decorator_list", []))) for node in every]  # fmt: skip
    found = [range(start, node.end_lineno + 1) for start, node in zip(first, every, strict=True)]
    return min((lines for lines in found if row in lines), key=len, default=range(row, row + 1))


def order(tests, size, module=""):
    """The single tests to ask first, those that reach least before others, with what their file reaches when it is loaded; then whole files, the module's own room's before others, and those that reach most in one test."""
    alone = [name for name in sorted(tests) if "::" in name]
    loading = {name: size[name] + size.get(name.partition("::")[0], 0) for name in alone}
    wide = sorted(alone, key=lambda name: -size[name]) + sorted(tests)
    room = f"tests/{Path(module).parent.as_posix().partition('src/')[2].partition('/')[2]}/"
    files = dict.fromkeys(name.partition("::")[0] for name in wide)
    own = sorted(files, key=lambda file: not file.startswith(room))
    return sorted(alone, key=loading.__getitem__)[:FIRST], own


def noticed(module, row, source, reach, size):
    """Whether a test that reaches the changed statement fails now."""
    tests = set().union(*(reach[module][line] for line in statement(source, row)))
    first, files = order(tests, size, module)
    if first and forked.tests(first)[0] not in GREEN:
        return True
    spent = 0
    for file in files:
        code, seconds = forked.tests([file])
        spent += seconds
        if code not in GREEN or spent > ENOUGH:
            return code not in GREEN
    return False


def go_on(seed):
    """Make each change that is still to be made, and keep whether it was noticed."""
    from cosmic_ray.mutating import _make_diff, use_mutation
    from cosmic_ray.plugins import get_operator
    from cosmic_ray.work_db import use_db
    from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

    reach, size = heard()
    sys.dont_write_bytecode = True  # two changes within a second may be of one size
    with use_db(str(of_seed(seed))) as session:
        for item in track(session.pending_work_items, "changes"):
            (spec,) = item.mutations
            change = get_operator(spec.operator_name)(**spec.operator_args)
            with use_mutation(spec.module_path, change, spec.occurrence) as (before, after):
                seen = noticed(spec.module_path.as_posix(), spec.start_pos[0], before, reach, size)
            outcome = TestOutcome.KILLED if seen else TestOutcome.SURVIVED
            diff = "\n".join(_make_diff(before, after, spec.module_path))
            session.set_result(item.job_id, WorkResult(WorkerOutcome.NORMAL, "", outcome, diff))
            forked.keep("mutants_of_code.json", told(seed))


def again(seed):
    """The clone follows what is committed, and the changes that lived are tried anew; not those of a module that is another now."""
    git = ["git", "-C", str(ROOM)]
    subprocess.run([*git, "fetch", "-q", "origin", "HEAD"], check=True)
    listed = [*git, "diff", "--name-only", "HEAD", "FETCH_HEAD", "--", "src", "tests", "data"]
    other = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split()
    subprocess.run([*git, "reset", "-q", "--hard", "FETCH_HEAD"], check=True)
    tests = [name for name in other if Path(name).name.startswith("test_")]
    for name in tests if tests == other else forked.test_files(ROOM):
        heard_of(name).unlink(missing_ok=True)
    marks = ", ".join("?" * len(other))
    with closing(sqlite3.connect(of_seed(seed))) as session, session:
        session.execute(
            f"""delete from work_results where test_outcome = 'SURVIVED' and job_id not in
            (select job_id from mutation_specs where module_path in ({marks}))""",
            other,
        )


def told(seed):
    """The outcomes as a dict, with each change that no test noticed."""
    query = """select test_outcome, module_path, start_pos_row, operator_name, diff
        from work_results join mutation_specs using (job_id) order by module_path, start_pos_row"""
    with closing(sqlite3.connect(of_seed(seed))) as session:
        found = session.execute(query).fetchall()
    lived = [row[1:] for row in found if row[0] == "SURVIVED"]
    alive = [row for row in lived if not equivalent(row[0], row[-1])]
    rooms = {room: [0, 0] for room in CHANGED}
    for outcome, module, *_ in found:
        room = rooms["/".join(Path(module).parent.parts[2:])]
        room[0] += outcome != "SURVIVED"
        room[1] += 1
    return {
        "seed": seed,
        "tried": len(found),
        "noticed": len(found) - len(lived),
        "equivalent": len(lived) - len(alive),
        "rooms": rooms,
        "alive": alive,
    }


def equivalent(module, diff):
    """Whether equivalent.toml has a change: its lines that went and that came, without the margin."""
    listed = tomllib.loads(Path(__file__).with_name("equivalent.toml").read_text())["change"]
    lines = [line for line in diff.split("\n") if line[:1] in "+-" and line[1:3] not in ("--", "++")]  # fmt: skip
    made = [line[0] + line[1:].strip() for line in lines if line[1:].strip()]
    return any(one["module"] == module and one["diff"].split("\n") == made for one in listed)


def words(found):
    """The score in a sentence, as `make bench` prints it."""
    rooms = ", ".join(f"{room} {one} of {of}" for room, (one, of) in found["rooms"].items())
    of = found["tried"] - found["equivalent"]
    share = 100 * found["noticed"] / max(of, 1)
    return (
        f"mutants of code (seed {found['seed']}): {found['noticed']} of {of} changes noticed, {share:.0f} %; goal at least 90; "
        f"{found['equivalent']} more change nothing that can be seen (equivalent.toml); of all {found['tried']}, by room: {rooms}"
    )


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=150)
    asked.add_argument("--seed", type=int, default=20190809)
    asked.add_argument("--again", action="store_true", help="try those that lived anew, with the tests committed now")  # fmt: skip
    given = asked.parse_args()
    if not ROOM.exists():
        forked.clone(ROOM)
    subprocess.run(
        ["git", "checkout", "-q", "--", "src"], cwd=ROOM, check=True
    )  # of a run that was ended
    if not of_seed(given.seed).exists():
        list_changes(given.count, given.seed)
    if given.again:
        again(given.seed)
    forked.ready(ROOM)
    hear()
    go_on(given.seed)
    found = told(given.seed)
    for module, line, operator, diff in found["alive"]:
        print(f"{module}:{line} {operator}\n{diff}\n")
    print(words(found))


if __name__ == "__main__":
    main()
