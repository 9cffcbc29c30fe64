"""What is declared agrees with itself, and says nothing about the machine it was made on."""

import ast
import itertools
import re
import subprocess
import sys
import tomllib
import warnings
from contextlib import nullcontext

import pytest
import yaml
from conftest import ROOT, cases
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

CONDA_NAMES = {"matplotlib": "matplotlib-base", "seaborn": "seaborn-base"}
PROJECTS = [
    tomllib.loads((ROOT / place).read_text(encoding="utf-8"))["project"]
    for place in ("src/pyproject.toml", "pyproject.toml")
]
ENGINE, PROJECT = PROJECTS
PYTHON, *CONDA = [
    line
    for line in yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    if isinstance(line, str)
]


def _tracked():
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return done.stdout.split("\n")[:-1]


def _specs(lines):
    found = [Requirement(line) for line in lines]
    return {item.name.lower(): str(item.specifier) for item in found}


def test_conda_and_pip_install_the_same_for_a_reader():
    reader = [*ENGINE["dependencies"], *ENGINE["optional-dependencies"]["lab"]]
    wanted = {CONDA_NAMES.get(name, name): spec for name, spec in _specs(reader).items()}
    found = _specs(CONDA)
    found.pop("pip")
    assert found == wanted


def test_conda_s_python_is_one_version_of_those_that_are_tested():
    """Without one, Binder's builder begins with a Python of its own choice."""
    name, version = PYTHON.split("=")
    assert name == "python" and SpecifierSet(PROJECT["requires-python"]).contains(version)
    assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]


def test_nothing_is_merged_before_every_job_of_a_push_went_well():
    jobs = _workflows()["test.yml"]["jobs"]
    *others, last = jobs
    assert jobs[last]["needs"] == others
    assert (
        jobs[last]["if"] == "always()"
    )  # else it is skipped where one fails, which counts as well
    (step,) = jobs[last]["steps"]
    assert step["run"].endswith(f' = "{" ".join(["success"] * len(others))}"')


def test_every_test_is_in_one_part_of_a_push_or_waits_for_the_night():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^PART_(\w+) = (.+)$", makefile, re.M))
    for marks in itertools.product([True, False], repeat=3):
        known = dict(zip(("slow", "browser", "picture"), marks, strict=True))
        assert sum(eval(part, {}, known) for part in parts.values()) == 1, known
    asked = _workflows()["test.yml"]["jobs"]["part"]["strategy"]["matrix"]["targets"]
    assert {word for words in asked for word in words.split()} == {
        f"push-{name}" for name in parts
    } | {"lint"}


def test_each_night_and_before_a_release_everything_runs_and_both_bounds_are_held():
    jobs = _workflows()["nightly.yml"]["jobs"]
    assert jobs["everything"]["steps"][-1]["run"] == "bash .ci/run coverage"
    bounds = {one["target"] for one in jobs["bounds"]["strategy"]["matrix"]["include"]}
    assert bounds == {"test-lowest", "test-newest"}


ALL = [
    line
    for project in PROJECTS
    for lines in (project["dependencies"], *project["optional-dependencies"].values())
    for line in lines
]
BREAKS = {}  # name: the version known to break something, the only reason for an upper bound


@cases("line", [line for line in ALL if not line.startswith(("frenemies[", "heldto"))])
def test_a_dependency_has_a_lower_bound_and_an_upper_one_only_where_a_break_is_known(line):
    wanted = Requirement(line)
    operators = {spec.operator for spec in wanted.specifier}
    assert operators == ({">=", "<"} if wanted.name in BREAKS else {">="})


KNOWN_TO_FAIL = {
    # no handout: its reader of Markdown breaks
    "nbconvert": ["7.16.0", "7.16.1", "7.16.2", "7.16.3", "7.16.4"],
    # trusts no notebook on a machine that is new to Jupyter
    "nbformat": ["5.10.0", "5.10.1", "5.10.2"],
}


@pytest.mark.parametrize("name", KNOWN_TO_FAIL)
def test_no_version_known_to_fail_is_let_in(name):
    bounds = [item.specifier for item in map(Requirement, ALL) if item.name == name]
    assert not [version for version in KNOWN_TO_FAIL[name] for one in bounds if version in one]


BROUGHT = {  # by a package that is declared: where from
    "numpy": "pandas",
    "traitlets": "ipywidgets",
    "IPython": "ipywidgets",
    "markupsafe": "jinja2",
    "jupyter_client": "jupyterlab",
    "jupyter_core": "jupyterlab",
    "jupyter_server": "jupyterlab",
    "tornado": "jupyterlab",
    "click": "typer",
    "mistune": "nbconvert",
    "pygments": "nbconvert",
}
IMPORTED_AS = {"beautifulsoup4": "bs4", "lazy-loader": "lazy_loader", "pillow": "PIL"}
IMPORTED_AS["opencv-python-headless"] = "cv2"
ASKED_FOR = {"cv2"}  # by who counts cards: the wall goes on without, and says what to install
IMPORTED_AS["jupyterlite-pyodide-kernel"] = "jupyterlite_pyodide_kernel"


def _imported(folder, but=None):
    """Names of the packages that the modules of a folder import, those of one room left out."""
    names = set()
    for path in folder.rglob("*.py"):
        if but and but in path.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"frenemies", "heldto"}


def _brought_by(lines):
    declared = {IMPORTED_AS.get(name, name) for name in _specs(lines)}
    return declared | {name for name, by in BROUGHT.items() if by in declared}


def test_every_import_is_declared():
    assert _imported(ROOT / "src") - _brought_by(ALL) == set()


def test_the_article_and_its_engine_name_the_same_bounds_and_extras():
    engine, ours = _specs(ENGINE["dependencies"]), _specs(PROJECT["dependencies"])
    ours.pop("heldto")
    assert ours.items() <= engine.items()
    assert PROJECT["requires-python"] == ENGINE["requires-python"]
    for extra in ENGINE["optional-dependencies"]:
        brings = PROJECT["optional-dependencies"][extra]
        assert brings == [f"heldto[{extra}]"] or extra == "all"


def test_what_a_kernel_loads_needs_no_extra():
    """All but publish, and what reads cards: in a function, or where it is optional, too."""
    source = ROOT / "src"
    needed = _imported(source, but="publish") - _brought_by(ENGINE["dependencies"])
    assert needed == ASKED_FOR


@pytest.mark.parametrize(
    "pattern",
    [
        r"https?://[^ \"']+(/simple/?|\.whl|\.tgz)([ \"#]|$)",
        r"(?<![\w.])/(work|root|home)/\w",
        r"\b(TODO|FIXME)\b",
    ],
)
def test_nothing_tracked_names_a_server_a_machine_or_unfinished_work(pattern):
    found = []
    for name in _tracked():
        path = ROOT / name
        if (
            path.suffix in (".png", ".pdf")
            or not path.exists()
            or path.name == "test_environment.py"
        ):
            continue
        found += [
            f"{name}: {match[0]}"
            for match in re.finditer(pattern, path.read_text(encoding="utf-8"), re.M)
        ]
    assert found == []


def _workflows():
    """{name: workflow} of what runs on GitHub; the source archive carries none."""
    found = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    if not found:
        pytest.skip("no .github here: not a git checkout")
    return {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in found}


def _steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


def test_an_action_of_others_is_named_by_its_commit_and_the_version_stands_behind_it():
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+){2}")
    for name in _workflows():
        text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
        for line in text.splitlines():
            uses = line.strip().removeprefix("- ")
            if uses.startswith("uses:") and not uses.startswith("uses: ./"):
                assert pinned.fullmatch(uses.removeprefix("uses: ")), f"{name}: {uses}"


def test_a_workflow_may_read_and_no_more_and_leaves_no_token_behind():
    for name, workflow in _workflows().items():
        assert workflow["permissions"] == {"contents": "read"}, name
        for step in _steps(workflow):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name
        for job in workflow["jobs"].values():  # what may write runs no code of this repository
            if "permissions" in job:
                assert not [step for step in job["steps"] if "run" in step], name


def test_a_release_waits_for_the_tests_and_for_main():
    workflows = _workflows()
    jobs = workflows["release.yml"]["jobs"]
    called = {one["uses"].rpartition("/")[2] for one in jobs.values() if "uses" in one}
    assert called == {"nightly.yml", "test.yml"}
    for name in called:
        assert "workflow_call" in workflows[name][True], name  # YAML reads the word on as true
    assert jobs["publish"]["needs"] == "build"
    assert {*jobs["build"]["needs"]} == {*jobs} - {"build", "publish"}
    (step,) = [step for step in jobs["main"]["steps"] if "run" in step]
    assert step["run"] == 'git merge-base --is-ancestor "$GITHUB_SHA" origin/main'


def test_no_lock_file_is_tracked():
    assert [
        name
        for name in _tracked()
        if re.search(r"(uv\.lock|pylock.*\.toml|package-lock\.json)$", name)
    ] == []


@cases(
    "kind, module, stops",
    [
        (DeprecationWarning, "frenemies.measures.trade", True),
        (FutureWarning, "test_trade", True),
        (FutureWarning, "networkx.drawing", False),
        (SyntaxWarning, "/env/lib/site-packages/networkx/drawing", False),
        (RuntimeWarning, "pandas.core.frame", True),
    ],
)
def test_a_warning_is_an_error_but_for_changes_to_come_in_another_s_code(kind, module, stops):
    with pytest.raises(kind) if stops else nullcontext():
        warnings.warn_explicit("it will change", kind, "file", 1, module)


def test_import_is_lazy():
    code = "import frenemies, sys; print([m for m in ('pandas', 'matplotlib', 'seaborn', 'ipywidgets', 'networkx') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()
        == "[]"
    )


def test_the_face_lists_what_it_has():
    import frenemies

    assert {"actors", "arms", "economic", "explore", "check", "ties", "trade"} <= set(
        dir(frenemies)
    )
    assert frenemies.trade.goods_trade and frenemies.arms.arms_imports and frenemies.ties.agreement
    with pytest.raises(AttributeError, match="module 'frenemies' has no attribute 'economics'"):
        frenemies.economics  # noqa: B018
