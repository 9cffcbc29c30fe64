"""A folder that somebody else wrote: what is data in it never runs, leads nowhere, and stops nothing; what is code is told before it runs."""

import csv
import hashlib
import html
import importlib.metadata
import importlib.util
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import started
from bs4 import BeautifulSoup

from heldto import article, foreign
from heldto.errors import Problem, TextError
from heldto.evidence import caching, tables
from heldto.publish import lab
from heldto.text.language import Writer

EXAMPLE = Path(__file__).parents[1] / "examples" / "a_seat_for_three"
TOUCH = "import pathlib; pathlib.Path('ran').touch()\n"


@pytest.fixture
def own(tmp_path):
    """A copy of the example, as somebody else could have spoilt it."""
    return shutil.copytree(EXAMPLE, tmp_path / "seat")


def heldto(here, *words, **more):
    """The command in a folder. No traceback is ever an answer."""
    done = started.python(here, "heldto", *words, **more)
    assert "Traceback" not in done.stderr, done.stderr
    return done


# Names


NAMES = [  # a name in a folder, what is said of it
    *((name, "leads out") for name in ("../x", "a/../../x", "/x", "..\\x", "C:\\x", "\\\\host\\x", "..")),
    *((name, "device") for name in ("con", "CON.csv", "aux.tar.gz", "a/NUL", "com1", "LPT9.txt", "con .csv")),
    *((name, "cannot have") for name in ("a\0b", "ab:c", "a?b", "a*b", 'a"b', "a\\b", "a\nb")),
    *((name, "dot") for name in ("a.", " a", "a ", "a./b")),
    *((name, "no name") for name in ("", "a//b")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "says"), NAMES)
def test_a_name_that_leads_out_or_that_not_every_system_has_is_refused(tmp_path, name, says):
    with pytest.raises(Problem, match=says):
        foreign.inside(tmp_path, name)


@pytest.mark.parametrize(
    "name", ["a.csv", "a/b.csv", "console", "computer.csv", "01_claims.ipynb", "ä ö.csv"]
)
def test_any_other_name_is_a_path_in_the_folder(tmp_path, name):
    assert foreign.inside(tmp_path, name) == tmp_path / name


def test_a_link_out_of_the_folder_is_not_written_through(tmp_path):
    (tmp_path / "in").mkdir()
    target = tmp_path / "precious"
    target.write_text("kept")
    (tmp_path / "in" / "a.html").symlink_to(target)
    (tmp_path / "in" / "below").symlink_to(tmp_path)
    (tmp_path / "in" / "inner").symlink_to(tmp_path / "in" / "b.html")
    for name in ("a.html", "below/precious"):
        with pytest.raises(Problem, match=f"{name} lies behind a link that leads out of in/"):
            foreign.write_inside(tmp_path / "in", name, "lost")
    foreign.write_inside(tmp_path / "in", "inner", "written")
    assert target.read_text() == "kept" and (tmp_path / "in" / "b.html").read_text() == "written"


# TOML


TOML = [  # a text, what is said of it
    ("a = " + "[" * 100_000, "too deep"),
    ("a." * 5000 + "a = 1", "too deep"),
    ("a = " + "{ a = " * 100_000, "too deep"),
    (f"at = {'9' * 30}", "at: 999999999999... is no year"),
    (f"at = {'9' * 5000}", "limit|digits"),
    ("[A1]\n[A1.rule]\nat_least = nan", "A1.rule.at_least: nan is no figure"),
    ("list = [1.0, inf]", "list.2: inf is no figure"),
    ('says = "a\\u0000b"', "says: the character .* cannot be printed"),
    ('"a\\u0000b" = 1', "a key has a character"),
]


@pytest.mark.parametrize(("text", "says"), TOML, ids=[says for _, says in TOML])
def test_toml_that_nobody_can_mean_is_one_sentence_that_names_the_key(text, says):
    with pytest.raises(ValueError, match=says):
        foreign.parse_toml(text)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with open(tmp_path / "a.toml", "wb") as file:
        file.truncate(foreign.LARGEST + 1)
    with pytest.raises(ValueError, match="5,000,001 bytes"):
        foreign.load_toml(tmp_path / "a.toml")


@pytest.mark.parametrize("name", ["article.toml", "claims.toml", "pictures.toml", "exercises.toml"])
def test_a_file_of_brackets_is_one_sentence_on_every_command(own, name):
    (own / name).write_text("[A1]\na = " + "[" * 100_000)
    done = heldto(own, "check")
    assert name in done.stdout + done.stderr and "too deep" in done.stdout + done.stderr


def test_a_description_of_brackets_is_one_sentence_too(own):
    (own / "data" / "datapackage.json").write_text("[" * 100_000)
    done = heldto(own, "claims")
    assert done.returncode == 2 and "datapackage.json: brackets stand too deep" in done.stderr


# Code


def test_a_hook_is_a_module_of_the_article_itself(own):
    (own / "article.toml").write_text(
        (own / "article.toml").read_text() + '\n[hooks]\nchecks = "os:abort"\n'
    )
    done = heldto(own, "validate")
    assert done.returncode == 2
    assert '[hooks] checks is "os:abort", and no other package is run' in done.stderr


@pytest.mark.parametrize(
    "command", [["check"], ["claims"], ["validate"], ["card", "IND"], ["prove", "A1"]]
)
def test_what_is_code_in_a_folder_is_told_once_before_it_runs(own, command):
    (own / "own.py").write_text(TOUCH)
    (own / "bars.py").write_text("BARS = {}\n")
    (own / "templates").mkdir()
    done = heldto(own, *command)
    line = f"article: {own} (runs bars.py, own.py, templates/)"
    assert done.stderr.splitlines().count(line) == 1 and line not in done.stdout
    assert (own / "ran").exists() or command[0] == "card"


def test_of_a_folder_that_is_data_alone_nothing_is_told(own):
    assert "runs" not in heldto(own, "claims").stderr
    (own / "other.py").write_text(TOUCH)
    assert "runs" not in heldto(own, "claims").stderr and not (own / "ran").exists()


def test_bytecode_that_lies_about_its_source_is_not_run(own):
    source = own / "own.py"
    source.write_text(TOUCH)
    for optimization in ("", 1, 2):
        kept = importlib.util.cache_from_source(source, optimization=optimization)
        py_compile.compile(source, kept, optimize=optimization or 0, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)  # fmt: skip
    source.write_text("open('told', 'w')\n")
    for command in ("claims", "check"):
        heldto(own, command)
        assert (own / "told").exists() and not (own / "ran").exists()


def test_a_module_in_a_folder_of_a_section_is_compiled_from_its_source_too(own):
    (own / "more" / "deep").mkdir(parents=True)
    for name in ("more/__init__.py", "more/deep/a.py"):
        source = own / name
        source.write_text(TOUCH)
        py_compile.compile(source, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        source.write_text("")
    (own / "own.py").write_text("from seat.more.deep import a\n")
    assert heldto(own, "claims").returncode == 0 and not (own / "ran").exists()


SHADOWS = ("jupyterlab", "tornado", "platformdirs", "psutil", "traitlets", "os", "json")


def _shadowed(here):
    """A folder whose modules would be imported in the place of others."""
    here.mkdir(exist_ok=True)
    for name in SHADOWS:
        (here / f"{name}.py").write_text("import sys; sys.exit('SHADOW ran')\n")
    return here


def test_jupyterlab_is_started_with_nothing_of_the_folder_in_which_somebody_stands(tmp_path):
    from heldto.publish import lab

    words = [*lab.command(tmp_path, browser=False), "--version"]
    done = subprocess.run(words, cwd=_shadowed(tmp_path / "here"), capture_output=True, text=True)
    assert done.returncode == 0 and "SHADOW" not in done.stderr, done.stderr


def test_a_process_that_makes_handouts_imports_nothing_of_the_folder_in_which_somebody_stands(
    tmp_path, monkeypatch
):
    from heldto.publish.handouts.process import Workers

    monkeypatch.chdir(_shadowed(tmp_path / "here"))
    _, complaint = Workers().run(tmp_path, "os:mkdir", (str(tmp_path / "made"),), 60)
    assert not complaint and (tmp_path / "made").is_dir()


@pytest.mark.parametrize("name", ["huggingface", "heldto"])
def test_what_other_programs_keep_is_not_swept_away(own, tmp_path, monkeypatch, name):
    from heldto.publish.handouts import cache

    monkeypatch.setattr("platformdirs.user_cache_path", lambda app: tmp_path / "caches" / app)
    monkeypatch.setattr(article, "_open", [article.read_article(own / "article.toml", name)])
    theirs = tmp_path / "caches" / name
    theirs.mkdir(parents=True)
    (theirs / "token").write_text("kept")
    (theirs / "hub").mkdir()
    ours = [cache.cache_dir() / kept for kept in ("0" * 64, f"{cache.DRAFT}a")]
    for path in ours:
        path.mkdir(parents=True)
    for path in (*theirs.iterdir(), *ours):
        os.utime(path, (0, 0))
    cache.sweep()
    assert (theirs / "token").is_file() and (theirs / "hub").is_dir()
    assert not any(path.exists() for path in ours)


LOOKS = """
import sys
from importlib import import_module
from heldto import article
article.current()
sys.path.pop(0)
for name in ("scipz.stats", "scipz.data", "scipz"):
    try:
        print(name, bool(import_module(name)))
    except ImportError as error:
        print(name, type(error).__name__)
"""


def test_of_data_alone_nothing_is_imported_whatever_the_folder_is_called(own):
    """A library that looks for an optional package finds none in a folder that has its name."""
    here = own.rename(own.with_name("scipz"))
    (here / "stats.py").write_text(TOUCH)
    (here / "data" / "__init__.py").write_text(TOUCH)
    done = started.python(here, code=LOOKS)
    assert done.stdout.split("\n")[:3] == [
        "scipz.stats ModuleNotFoundError",
        "scipz.data ModuleNotFoundError",
        "scipz True",
    ], done.stdout + done.stderr
    assert not (here / "ran").exists()


@pytest.mark.parametrize("name", ["json", "pandas"])
def test_a_folder_with_the_name_of_a_package_is_told(own, name):
    done = heldto(own.rename(own.with_name(name)), "check")
    assert done.returncode == 2 and f"{name} is already the name of another package" in done.stderr


needs_owners = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others"
)


@needs_owners
@pytest.mark.parametrize(
    "whose",
    [
        ".",
        "article.toml",
        "own.py",
        "templates",
        "templates/x.j2",
        "notebooks",
        "notebooks/01_weight.ipynb",
    ],
)
def test_a_folder_of_another_user_that_nobody_named_is_neither_read_nor_run(own, whose):
    (own / "own.py").write_text(TOUCH)
    (own / "templates").mkdir()
    (own / "templates" / "x.j2").write_text("")
    below = own / "a" / "b"
    below.mkdir(parents=True)
    os.chown(own / whose, 4711, 4711)
    for here, command in ((below, "claims"), (own, "check"), (below, "validate")):
        done = heldto(here, command, SUDO_UID="")
        assert done.returncode == 2 and "belongs to another user" in done.stderr
        assert f"HELDTO_ARTICLE={own}" in done.stderr
        assert not (here / "ran").exists()
    assert heldto(below, "claims", SUDO_UID="4711").returncode == 0  # who became root by sudo
    assert (
        heldto(below, "claims", HELDTO_ARTICLE=str(own)).returncode == 0
    )  # who names it trusts it


@needs_owners
def test_a_link_belongs_to_whoever_made_it(own):
    """In a shared folder anybody can put a link to an article.toml of yours beside notebooks of theirs."""
    mine = own.rename(own.with_name("mine"))
    (shared := mine.with_name("shared")).mkdir()
    shutil.copytree(mine / "data", shared / "data")
    for name in ("claims.toml", "actors.csv"):
        shutil.copy(mine / name, shared / name)
    (shared / "article.toml").symlink_to(mine / "article.toml")
    os.chown(shared / "article.toml", 4711, 4711, follow_symlinks=False)
    done = heldto(shared, "check", SUDO_UID="")
    assert done.returncode == 2 and "belongs to another user" in done.stderr


def test_whoever_works_in_their_own_folder_or_in_roots_is_not_asked(own, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: own.stat().st_uid, raising=False)
    foreign.refuse_anothers(own, "x")
    monkeypatch.setattr(os, "geteuid", lambda: 4711, raising=False)
    if own.stat().st_uid:
        with pytest.raises(Problem, match="another user"):
            foreign.refuse_anothers(own, "x")
    else:
        foreign.refuse_anothers(own, "x")


# Texts, on the commands


ATTACKS = {
    "call": "{{ cycler.__init__.__globals__.os.system('touch ran') }}",
    "loop": "{% for a in range(10**10) %}{% endfor %}",
    "long": "{{ 'a' * 1000000000 }}",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("command", [["check"], ["validate"], ["moodle", "out.xml"]])
def test_a_text_of_an_exercise_runs_nothing(own, command, attack):
    path = own / "exercises.toml"
    text = path.read_text()
    start = text.index("solution = ")
    end = text.index("\n", start)
    path.write_text(f'{text[:start]}solution = "{attack}"{text[end:]}')
    done = heldto(own, *command)
    said = done.stdout + done.stderr
    assert "exercises.toml" in said and "solution" in said and not (own / "ran").exists()


def test_lines_of_python_in_the_exercises_of_a_plain_folder_are_refused(own):
    path = own / "exercises.toml"
    name = path.read_text().partition("\n[")[2].partition("]")[0]
    head = f"[{name}]\n"
    path.write_text(path.read_text().replace(head, f'{head}lines = """{TOUCH}answer = 1"""\n', 1))
    for command in (["check"], ["validate"]):
        assert "lines are Python, and this file is data" in heldto(own, *command).stdout
    assert not (own / "ran").exists()


def test_mathematics_that_nobody_can_read_is_a_sentence(own):
    path = own / "pictures.toml"
    path.write_text(path.read_text().replace('unit = "USD bn"', r'unit = "$\\frac{1}{$"', 1))
    assert "pictures.toml, [gdp]: between two $" in heldto(own, "check").stdout


def test_words_of_a_folder_stand_in_quotes_in_the_cells_of_its_notebooks(own):
    path = own / "exercises.toml"
    name = path.read_text().partition("\n[")[2].partition("]")[0]
    evil = name.partition("-")[0] + '-x") or open("ran", "w") or ("'
    path.write_text(path.read_text().replace(f"[{name}", "['" + evil + "'", 1).replace(f"[{name}.", f"['{evil}'."))  # fmt: skip
    shutil.rmtree(own / "notebooks")
    done = heldto(own, "notebooks")
    assert done.returncode == 0, done.stderr
    cells = [
        "".join(cell["source"])
        for notebook in (own / "notebooks").glob("*.ipynb")
        for cell in json.loads(notebook.read_text())["cells"]
        if "fr.exercise(" in "".join(cell["source"])
    ]
    assert f"fr.exercise({json.dumps(evil)})" in cells


# Writers


def test_no_name_of_a_section_leads_a_notebook_out_of_its_folder(own):
    path, text = own / "article.toml", (own / "article.toml").read_text()
    for name in ("../../01_out", str(own.parent / "01_out"), "con", "a/b", "01_weight."):
        path.write_text(text.replace('notebook = "01_weight"', f'notebook = "{name}"'))
        done = heldto(own, "notebooks")
        assert done.returncode == 2 and f'notebook "{name}"' in done.stderr
    assert not [*own.parent.glob("**/01_out*")]


@pytest.mark.parametrize("name", ["../../../zz", "/tmp/zz", "con", "a:b", "a.", "economy/../../x"])
def test_no_name_of_a_table_leads_out_of_data(own, name):
    (own / "t.csv").write_text("actor,year,value\nIND,2014,1\nJPN,2014,2\n")
    before = {path for path in own.parent.rglob("*")}
    words = ["--source", "s", "--licence", "l", "--trap", "t", "--name", name]
    done = heldto(own, "table", "t.csv", *words)
    assert done.returncode == 2 and "--name" in done.stderr
    assert {path for path in own.parent.rglob("*")} == before
    assert heldto(own, "claims").returncode == 0


def test_two_tables_whose_names_differ_by_capitals_alone_are_refused(own):
    (own / "t.csv").write_text("actor,year,value\nIND,2014,1\nJPN,2014,2\n")
    words = ["--source", "s", "--licence", "l", "--trap", "t", "--name"]
    assert heldto(own, "table", "t.csv", *words, "mine").returncode == 0
    done = heldto(own, "table", "t.csv", *words, "Mine")
    assert done.returncode == 2 and "data/mine.csv differs from Mine.csv" in done.stderr


@pytest.mark.parametrize("name", ["CON.csv", "aux.csv"])
def test_a_file_of_a_reserved_name_becomes_no_table_of_that_name(own, name):
    (own / name).write_text("actor,year,value\nIND,2014,1\n")
    done = heldto(own, "table", name, "--source", "s", "--licence", "l", "--trap", "t")
    assert "device on Windows" in done.stderr and not (own / "data" / name.lower()).exists()


LINKS = [  # what a folder may bring as a link to a file of the reader's, and the command that would write there
    ("sealed.csv", ["seal"]),
    ("data/datapackage.json", ["table", "t.csv", "--source", "s", "--licence", "l", "--trap", "t"]),
    ("data/t.csv", ["table", "t.csv", "--source", "s", "--licence", "l", "--trap", "t"]),
    ("card-IND.html", ["card", "IND"]),
    ("marker-cards.html", ["cards"]),
    ("notebooks/01_weight.ipynb", ["notebooks"]),
    ("schemas/claims.json", ["notebooks"]),
    ("out.html", ["cards", "--output", "out.html"]),
    ("out.xml", ["moodle", "out.xml"]),
    ("secret", ["assignment", "course", "--secret", "secret"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "command"), LINKS, ids=[name for name, _ in LINKS])
def test_a_link_that_a_folder_brings_is_not_written_through(own, name, command):
    (own / "t.csv").write_text("actor,year,value\nIND,2014,1\nJPN,2014,2\n")
    precious = own.parent / "precious"
    if (own / name).is_file():
        (own / name).rename(precious)
        if name == "sealed.csv":  # else there is nothing to write
            precious.write_text(precious.read_text().partition("\n")[0] + "\n")
    else:
        precious.write_text("kept")
    before = precious.read_bytes()
    (own / name).symlink_to(precious)
    done = heldto(own, *command)
    assert precious.read_bytes() == before
    assert "link that leads out" in done.stdout + done.stderr


def test_a_default_folder_that_is_a_link_is_not_written_into(own):
    away = own.parent / "away"
    away.mkdir()
    for name, command in (
        ("handouts", ["handouts"]),
        ("workbook", ["lab", "--only-copy"]),
        ("out", ["handouts", "--out", "out"]),
        ("site", ["site", "site/new"]),
    ):
        (own / name).symlink_to(away)
        done = heldto(own, *command)
        assert (
            done.returncode == 2
            and f"{name}{'/new' * (name == 'site')} lies behind a link" in done.stderr
        )
    assert not [*away.iterdir()]


@pytest.mark.parametrize("target", ["precious", "nowhere"])
@pytest.mark.parametrize("words", [["workbook"], ["lab wb"]], ids="".join)
def test_a_link_in_a_workbook_is_not_written_through(own, tmp_path, monkeypatch, words, target):
    monkeypatch.chdir(own)
    monkeypatch.setattr(lab, "_pristine", lambda: [own / "notebooks" / "01_weight.ipynb"])
    precious = tmp_path / "precious"
    precious.write_text("kept")
    book = own / words[0]
    for name in (lab.record_file(), "01_weight.ipynb", "01_weight.fresh.ipynb"):
        shutil.rmtree(book, ignore_errors=True)
        book.mkdir()
        (book / name).symlink_to(tmp_path / target)
        with pytest.raises(
            Problem, match=f"{name} lies behind a link that leads out of {words[0]}/"
        ):
            lab.prepare(words[0])
            lab.fresh_copies(words[0], lab._pristine())
        assert precious.read_text() == "kept" and not (tmp_path / "nowhere").exists()


def test_a_link_within_a_workbook_stays(own, monkeypatch):
    monkeypatch.chdir(own)
    monkeypatch.setattr(lab, "_pristine", lambda: [own / "notebooks" / "01_weight.ipynb"])
    (own / "workbook").mkdir()
    (own / "workbook" / "01_weight.ipynb").symlink_to("mine.ipynb")
    assert lab.prepare("workbook") == ["laid out 01_weight.ipynb"]
    assert (own / "workbook" / "01_weight.ipynb").is_symlink()
    assert (own / "workbook" / "mine.ipynb").is_file()


def test_a_new_article_is_not_written_through_a_link(tmp_path):
    here, away = tmp_path / "here", tmp_path / "away"
    here.mkdir()
    away.mkdir()
    (here / "out").symlink_to(away)
    about = ["--title", "T", "--author", "A", "--date", "2014-01-02", "--actors", "IND,JPN"]
    done = heldto(here, "new", "out/n", *about)
    assert done.returncode == 2 and "out/n lies behind a link" in done.stderr
    assert not [*away.iterdir()]


# Tables


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("schema", "schema.json", "schema is no table: write"),
        ("path", ["economy.csv"], "path is no text: write one file"),
    ],
)
def test_what_the_standard_allows_and_we_do_not_read_is_named_with_its_remedy(
    own, key, value, says
):
    path = own / "data" / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][0][key] = value
    path.write_text(json.dumps(package))
    done = heldto(own, "claims")
    assert done.returncode == 2 and f'datapackage.json, table "economy": {says}' in done.stderr


def test_a_loop_in_a_text_does_not_write_without_end():
    writer, years = Writer("claims.toml, [A1], says"), [*range(100)]
    text = "{% for a in years %}" + "x" * 10_000 + "{% endfor %}"
    with pytest.raises(TextError, match=r"claims.toml, \[A1\], says: it writes more than 200,000"):
        writer.fill(text, {"years": years})
    assert writer.fill("{% for a in years %}x{% endfor %}", {"years": years}) == "x" * 100


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"actor,name\nIN\0,India\n", "row 2.*NUL"),
        (b"actor,name\nI-D,India\n", '"I-D" is not a code'),
        (b"actor,name\nIND,a\x00b\n", "row 2.*NUL"),
    ],
)
def test_a_character_that_no_code_has_is_named_with_its_row(own, content, says):
    (own / "actors.csv").write_bytes(content)
    done = heldto(own, "check")
    assert done.returncode == 2
    assert re.search(says, done.stderr), done.stderr


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("(a+)+b", "takes more than 0.2 seconds"), ("(", "cannot be read"), ("a{99999999999}", "cannot be read")],
)  # fmt: skip
def test_a_pattern_that_never_ends_or_is_none_is_named_with_its_column(tmp_path, monkeypatch, pattern, says):  # fmt: skip
    monkeypatch.setattr(tables, "MATCHING", 0.2)
    (tmp_path / "a.csv").write_text(f"code\n{'a' * 40}\n")
    field = {"name": "code", "type": "string", "constraints": {"pattern": pattern}}
    with pytest.raises(tables.DataError, match=f"a.csv, column code: the pattern .* {says}"):
        tables.read_checked(tmp_path / "a.csv", [field])


def test_a_table_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "LARGEST", 10)
    (tmp_path / "a.csv").write_text("a,b\n1,2\n3,4\n5,6\n")
    with pytest.raises(tables.DataError, match="a.csv.*bytes"):
        tables.file_text(tmp_path / "a.csv")


def test_the_article_of_this_package_has_an_id():
    assert article.current().id == "frenemies"


# Ids


def _new(here, name):
    done = heldto(
        here, "new", name, "--title", "T", "--author", "A", "--date", "2021-06-01", "--actors", "DEU,JPN"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return here / name


SAYS = "import json, heldto; from heldto.exercises import diary, line; from heldto import article; a = article.current(); print(json.dumps([a.id, a.key, line.start_value(), diary._empty()['article']]))"  # fmt: skip


def _said(here):
    done = started.python(here, code=SAYS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_seminars_of_one_folder_name_share_no_key_and_a_renamed_one_keeps_its_own(tmp_path):
    for place in ("p1", "p2"):
        (tmp_path / place).mkdir()
        _new(tmp_path / place, "gas")
    one, two = _said(tmp_path / "p1" / "gas"), _said(tmp_path / "p2" / "gas")
    assert all(mine != other for mine, other in zip(one, two, strict=True))
    assert one[0] == one[1] == one[3] and re.fullmatch("gas-[0-9a-f]{8}", one[0])
    renamed = (tmp_path / "p1" / "gas").rename(tmp_path / "p1" / "coal")
    assert _said(renamed) == one


def test_an_article_without_an_id_keeps_the_name_of_its_folder_and_check_proposes_one(own):
    path = own / "article.toml"
    path.write_text(re.sub("^id = .*\n", "", path.read_text(), flags=re.MULTILINE))
    assert _said(own)[1] == "seat"
    proposed = [re.search(r'write (id = "seat-[0-9a-f]{8}")', heldto(own, "check").stdout)[1] for _ in range(2)]  # fmt: skip
    assert proposed[0] != proposed[1]
    path.write_text(path.read_text().replace("author =", f"{proposed[0]}\nauthor =", 1))
    assert "no id" not in heldto(own, "check").stdout and proposed[0].count(_said(own)[1]) == 1


@pytest.mark.parametrize("id_", ["A b", "", "x" * 41, "ä", "a:b", "-a"])
def test_an_id_is_small_letters_digits_and_dashes(own, id_):
    path = own / "article.toml"
    path.write_text(re.sub("^id = .*\n", f'id = "{id_}"\n', path.read_text(), flags=re.MULTILINE))
    assert f'id is "{id_}"' in heldto(own, "check").stderr


# What cannot be read


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name there")
def test_a_pipe_in_the_place_of_a_table_stops_nothing(own):
    (own / "data" / "economy.csv").unlink()
    os.mkfifo(own / "data" / "economy.csv")
    code = "import signal; signal.alarm(60); from heldto import evidence; evidence.table('economy')"
    done = started.python(own, code=code)
    assert "data/economy.csv: it is not a regular file, but a device or a pipe: put" in done.stderr


def test_a_table_that_is_too_large_is_not_read_for_its_checksum_either(tmp_path, monkeypatch):
    with open(tmp_path / "a.csv", "wb") as file:
        file.truncate(60_000_000_000)
    for read in (tables.file_text, lambda path: tables.checksum(path, {})):
        with pytest.raises(tables.DataError, match="60,000,000,000 bytes, 200,000,000 are allowed"):
            read(tmp_path / "a.csv")
    assert caching.file_digest(tmp_path / "a.csv") == ""


def test_a_folder_in_the_place_of_a_table_is_named(own):
    (own / "data" / "economy.csv").unlink()
    (own / "data" / "economy.csv").mkdir()
    assert "data/economy.csv: it is a folder: put a file there" in heldto(own, "check").stdout


@pytest.mark.parametrize("name", ["amendments.csv", "sealed.csv", "actors.csv"])
def test_a_link_that_leads_nowhere_is_named_with_its_remedy(own, name):
    (own / name).unlink(missing_ok=True)
    (own / name).symlink_to("nowhere")
    for command in (["seal"], ["moodle", "out.xml"]):
        done = heldto(own, *command)
        assert done.returncode == 2
        assert f"{name} is a link that leads nowhere: delete the link" in done.stderr
    assert not (own / "nowhere").exists()


def test_a_link_that_leads_nowhere_and_that_nobody_reads_stops_nothing(own):
    (own / "old.csv").symlink_to("nowhere")
    assert heldto(own, "claims").returncode == 0


ESCAPES = ["\x1b]0;x\x07", "\x9b31m", "\x08"]  # which a terminal obeys


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("name", ["actors.csv", "data/economy.csv", "sealed.csv"])
def test_a_character_that_a_terminal_obeys_is_never_printed(own, name, escape):
    path = own / name
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1] + escape, *lines[2:]]) + "\n")
    done = heldto(own, "claims")
    said = done.stdout + done.stderr
    assert escape not in said and f"{name}, row 2: the character {escape[0]!r}" in said


@pytest.mark.parametrize("escape", ESCAPES)
def test_nor_is_one_in_the_description_of_the_tables_or_in_one_that_was_checked(own, escape):
    path = own / "data" / "datapackage.json"
    package = json.loads(path.read_text())
    schema, table = package["resources"][0]["schema"], own / "data" / "economy.csv"
    before = table.read_text()
    table.write_text(before.replace("JPN", f"JPN{escape}", 1))
    package["resources"][0]["checked"] = hashlib.sha256(json.dumps(schema).encode() + table.read_bytes()).hexdigest()  # fmt: skip
    path.write_text(json.dumps(package))
    done = heldto(own, "claims")
    assert escape not in done.stdout + done.stderr and "the character" in done.stdout + done.stderr
    table.write_text(before)
    package["resources"][0]["sources"][0]["title"] += escape
    path.write_text(json.dumps(package))
    done = heldto(own, "claims")
    assert done.returncode == 2 and escape not in done.stderr
    assert "datapackage.json: resources.1.sources.1.title: the character" in done.stderr


# What is said


def test_a_claim_that_cannot_be_judged_is_not_called_sealed(own):
    (own / "sealed.csv").unlink()
    path = own / "claims.toml"
    path.write_text(path.read_text().replace(', unit = "', ', units = "'))
    done = heldto(own, "check")
    assert "every rule is sealed" not in done.stdout
    assert "not sealed, because it must be mended first: A1, A2, A3, A4" in done.stdout
    assert "A1 is not sealed: " in heldto(own, "seal").stdout
    again = heldto(own, "seal").stdout
    assert "A1 is not sealed: " in again and "every claim that has a rule" not in again


def test_a_page_whose_object_cannot_be_shown_names_the_error(own):
    import nbformat

    from heldto.publish.handouts.run import RunError, execute

    lines = "class A:\n    def _repr_html_(self):\n        raise KeyError('of ours')\nA()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(lines, id="one")])
    with pytest.raises(RunError, match=r"KeyError: 'of ours' \(cell one\)"):
        execute(notebook, "a.ipynb", own)


@pytest.mark.parametrize("times", [20, 60])
def test_an_actor_with_a_very_long_name_is_drawn(own, times):
    path = own / "actors.csv"
    path.write_text(path.read_text().replace("India", "India" * times))
    done = heldto(own, "check")
    assert "every rule is sealed" in done.stdout


def test_a_name_with_quotes_begins_an_article_that_can_be_read(tmp_path):
    words = ["--title", 'A "B"', "--author", "A", "--date", "2019-08-09"]
    heldto(tmp_path, "new", "mine", *words, "--actors", 'DEU=Ger"many,JPN=Ja\\pan')
    done = heldto(tmp_path / "mine", "claims")
    assert done.returncode == 0 and 'Ger"many' in done.stdout and "Ja\\pan" in done.stdout


def test_claims_takes_an_id_and_handouts_a_number(own):
    assert heldto(own, "claims", "A1").stdout == heldto(own, "claims", "--claim", "A1").stdout
    assert 'there is no notebook "09"' in heldto(own, "handouts", "09").stderr


def test_a_matplotlibrc_of_the_folder_changes_no_picture(own):
    (own / "matplotlibrc").write_text("text.usetex: True\nbackend: module://evil\n")
    (own / "evil.py").write_text(TOUCH)
    words = [sys.executable, "-m", "heldto", "check"]  # started anew: it is read as Matplotlib is
    env = {name: value for name, value in os.environ.items() if name != article.NAMED}
    done = subprocess.run(words, cwd=own, env=env, capture_output=True, text=True)
    assert "Traceback" not in done.stderr and "every rule is sealed" in done.stdout
    assert not (own / "ran").exists()


def test_a_command_recommends_an_extra_of_its_own_package(monkeypatch, capsys, tmp_path):
    from heldto import __main__, extras

    monkeypatch.setattr(extras, "SOURCE", tmp_path)
    monkeypatch.setattr(extras, "distribution", lambda name: importlib.metadata.distribution("pip-none"))  # fmt: skip
    monkeypatch.setitem(sys.modules, "typer", None)
    monkeypatch.setattr(sys, "argv", ["frenemies", "handouts"])
    monkeypatch.delitem(sys.modules, "heldto.publish.cli", raising=False)
    monkeypatch.delattr("heldto.publish.cli", raising=False)
    with pytest.raises(SystemExit):
        __main__.main("frenemies")
    assert 'This needs typer: pip install "frenemies[handouts]"' in capsys.readouterr().err


# Markup in what a folder says: it is read, and never obeyed, on any page

EVIL = """ "'></title></style></script></textarea><injected onclick=INJECTED><script>INJECTED</script><img src=x onerror=INJECTED><a href='javascript:INJECTED'>y</a><style>INJECTED</style>"""
SHORT = "<injected onclick=INJECTED><img src=x onerror=INJECTED>"  # of a name
TEXTS = "says cannot why asks what ask solution means again title subtitle author outlet licence described blurb question seminar"
FIELD = re.compile(rf'\b({TEXTS.replace(" ", "|")}) = "((?:[^"\\]|\\.)*)"')


def _spoilt(line):
    text = json.loads('"' + line[2] + '"')
    return f"{line[1]} = {json.dumps(text + EVIL)}"


def hostile(own):
    """Spoil every text of a folder: claims, exercises, pictures, actors' names, tables and sources."""
    for file in own.glob("*.toml"):
        text = FIELD.sub(_spoilt, file.read_text("utf-8"))
        hints = re.compile(r"^hints = (\[.*\])$", re.M)
        text = hints.sub(
            lambda one: f"hints = {json.dumps([hint + EVIL for hint in json.loads(one[1])])}", text
        )
        file.write_text(text, "utf-8")
    (own / "sealed.csv").unlink()  # what was sealed would decide, and is not hostile
    with (own / "actors.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    with (own / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | {"name": row["name"] + SHORT} for row in rows)
    path = own / "data" / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    described["title"] += EVIL
    for table in described["resources"]:
        table["title"] += EVIL
        for one in (*table["sources"], *table["schema"]["fields"]):
            one["title"] += EVIL
    path.write_text(json.dumps(described), "utf-8")
    for file in (own / "notebooks").glob("*.ipynb"):  # those that the texts themselves make
        file.unlink()


def obeyed(page):
    """Every tag of a page through which a text of a folder could run, load or change how it looks."""
    soup, found = BeautifulSoup(page, "html.parser"), []
    for tag in soup.find_all(True):
        runs = [name for name in tag.attrs if name.startswith("on") or name == "srcdoc"]
        leads = [
            value
            for name, value in tag.attrs.items()
            if name in ("href", "src", "action", "formaction", "xlink:href", "style", "data")
            and ("INJECTED" in value or re.match(r"\s*(javascript|data:text)", value, re.I))
        ]
        data = tag.name == "script" and "json" in tag.get("type", "")
        inside = tag.name in ("script", "style", "title") and not data and "<injected" not in str(tag.string) and "INJECTED" in str(tag.string)  # fmt: skip
        if tag.name in ("injected", "iframe", "object", "embed", "base") or runs or leads or inside:
            found.append(str(tag)[:120])
        if tag.name == "img" and not tag.get("src", "data:").startswith("data:"):
            found.append(str(tag)[:120])
    return found


PAGES = """
import tomllib
from pathlib import Path

import nbformat

import heldto
from heldto.claims.card import VerdictCard
from heldto.claims.listed import all_ids
from heldto.publish.handouts import seminar_zip
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.site import front
from heldto.toggles.explored import view_of

def write(name, page):
    Path("pages", name.replace("/", "-")).write_text(page, "utf-8")

handouts = Path("pages", "handouts")
handouts.mkdir(parents=True)
for path in sorted(Path("notebooks").glob("*.ipynb")):
    about = {"metadata": {"name": path.stem}}
    for edition in ("handout", "instructor"):
        page = HandoutExporter(edition=edition).from_notebook_node(nbformat.read(path, 4), about)[0]
        write(f"{edition}-{path.stem}.html", page)
        (handouts / f"{path.stem}.html").write_text(page, "utf-8")
write("site.html", front.front_html(handouts))
for name, page in seminar_zip.companion_pages().items():
    write(name, page.decode())
for name, page in seminar_zip.lecturer_files(keyed=True):
    write(f"lecturer-{name}", page)
for claim in all_ids():
    write(f"card-{claim}.html", VerdictCard(claim).to_html())
for key in tomllib.loads(Path("pictures.toml").read_text("utf-8")):
    write(f"picture-{key}.html", view_of(key).picture.to_html())
"""


def test_no_text_of_a_folder_becomes_a_tag_on_any_page(own):
    """Handouts, site, wall, keys, cards, pictures and Moodle of a folder whose every text is hostile, looked through tag by tag."""
    hostile(own)
    for words in (["seal", "--note", EVIL], ["notebooks"], ["moodle", "moodle.xml"]):
        done = heldto(own, *words)
        assert done.returncode == 0, (words, done.stdout[-800:], done.stderr[-800:])
    done = started.python(own, code=PAGES)
    assert done.returncode == 0, done.stderr[-800:]
    pages = {path.name: path.read_text("utf-8") for path in (own / "pages").glob("*.html")}
    parts = [one for one in ElementTree.parse(own / "moodle.xml").iter() if one.get("format") == "html"]  # fmt: skip
    pages |= {f"moodle {number}": one.findtext("text", "") for number, one in enumerate(parts)}
    there = {name for name, page in pages.items() if "injected" in page}  # to be read
    kinds = {name.split("-")[0].split(" ")[0].removesuffix(".html") for name in there}
    assert kinds >= {"handout", "instructor", "site", "lecturer", "card", "picture", "moodle", "codebook"}  # fmt: skip
    assert "lecturer-wall.html" in there and "lecturer-key.html" in there
    assert {name: found for name, page in pages.items() if (found := obeyed(page))} == {}


@pytest.mark.parametrize("text", [EVIL, "<iframe src=x>", "<p onclick=x>", "<img src=x>"])
def test_a_tag_that_a_text_became_is_found(text):
    assert obeyed(f"<p>{text}</p>") and not obeyed(f"<p>{html.escape(text)}</p>")
