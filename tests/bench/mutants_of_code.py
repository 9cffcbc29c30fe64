"""Change one place of the code at a time and count how many changes the unit tests notice: `make mutants-of-code`.

cosmic-ray makes the changes, in a clone that is kept in build/mutants/, and goes on where it was stopped. One place in so many
is drawn, and of each place one change: of measures, claims, and the sections' figures and tests. Only committed code is changed,
as it was when the draw was made: remove build/mutants/ for a new one.
"""

import argparse
import os
import random
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "build" / "mutants"
DRAWING, SESSION = ROOM / "drawing.sqlite", ROOM / "mutants.sqlite"  # a draw is one when whole
CHANGED = ["measures", "claims", *(f"sections/{one}" for one in ("economic", "geopolitical", "military", "verdict"))]  # fmt: skip
FIRST = ["tests/measures", "tests/claims", "tests/sections"]  # they notice most, and soon
CONFIG = """[cosmic-ray]
module-path = [{modules}]
timeout = 900
test-command = "{python} tests/bench/mutants_of_code.py --unit-tests"
[cosmic-ray.distributor]
name = "local"
"""


def unit_tests():
    """Whether the unit tests of the clone are green; the rooms of what was changed come first."""
    words = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-qx", "-n", "0"]
    words += ["-m", "not slow and not browser"]
    rest = ["tests", *(f"--ignore={room}" for room in FIRST)]
    return all(
        subprocess.run([*words, *rooms], cwd=ROOT).returncode == 0 for rooms in (FIRST, rest)
    )


def begin(count, seed):
    """Clone what is committed, hear that its tests are green, list all changes, and keep a draw."""
    shutil.rmtree(ROOM, ignore_errors=True)
    subprocess.run(["git", "clone", "-q", ROOT, ROOM], check=True)
    if in_clone(sys.executable, "tests/bench/mutants_of_code.py", "--unit-tests"):
        sys.exit("The unit tests fail before anything is changed: mend them, commit, begin again.")
    paths = [
        path for room in CHANGED for path in sorted((ROOM / "src/frenemies" / room).glob("*.py"))
    ]
    modules = ", ".join(f'"{path.relative_to(ROOM).as_posix()}"' for path in paths)
    (ROOM / "mutants.toml").write_text(
        CONFIG.format(modules=modules, python=shlex.quote(sys.executable))
    )
    cosmic_ray("init", DRAWING)
    with closing(sqlite3.connect(DRAWING)) as session, session:
        kept = drawn(session, count, random.Random(seed))
        for table in ("mutation_specs", "work_items"):
            marks = ", ".join("?" * len(kept))
            session.execute(f"delete from {table} where job_id not in ({marks})", kept)
    DRAWING.rename(SESSION)


def drawn(session, count, rng):
    """The changes to make: of so many places, one each."""
    places = {}
    listed = "select module_path, start_pos_row, start_pos_col, operator_name, job_id from mutation_specs"
    for *place, _, job in sorted(session.execute(listed)):
        places.setdefault(tuple(place), []).append(job)
    return [
        rng.choice(places[place]) for place in rng.sample(sorted(places), min(count, len(places)))
    ]


def in_clone(*words):
    """Run a command on the clone, whose code it loads. Returns its exit status."""
    own = {"PYTHONPATH": str(ROOM / "src")}
    return subprocess.run(words, cwd=ROOM, env=os.environ | own).returncode


def cosmic_ray(word, session):
    command = Path(sys.executable).with_name("cosmic-ray")
    if in_clone(command, word, "mutants.toml", session.name):
        sys.exit(f"cosmic-ray {word} stopped: what was done is kept, make mutants-of-code goes on")


def told():
    """The score, and each change that no test noticed."""
    query = """select test_outcome, module_path, start_pos_row, operator_name, diff
        from work_results join mutation_specs using (job_id) order by module_path, start_pos_row"""
    with closing(sqlite3.connect(SESSION)) as session:
        found = session.execute(query).fetchall()
    outcomes = Counter(row[0] for row in found)
    for outcome, module, line, operator, diff in found:
        if outcome == "SURVIVED":
            print(f"{module}:{line} {operator}\n{diff}\n")
    noticed, tried = outcomes["KILLED"], outcomes["KILLED"] + outcomes["SURVIVED"]
    print(f"{noticed} of {tried} changes were noticed ({100 * noticed / max(tried, 1):.0f} %)")
    if tried < len(found):
        print(f"{len(found) - tried} could not be tried and are not counted")


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=150)
    words.add_argument("--seed", type=int, default=20190809)
    words.add_argument("--unit-tests", action="store_true", help="what is run on each change")
    given = words.parse_args()
    if given.unit_tests:
        return sys.exit(not unit_tests())
    if not SESSION.exists():
        begin(given.count, given.seed)
    in_clone("git", "checkout", "-q", "--", "src")  # a run that was ended left its change there
    cosmic_ray("exec", SESSION)
    told()


if __name__ == "__main__":
    main()
