"""The engine knows no article: no word of this one stands in its code, its texts, or its scripts."""

import ast
import io
import itertools
import pkgutil
import re
import tokenize
from pathlib import Path

import pytest

import frenemies
import heldto
from heldto import article, evidence

ENGINE = Path(heldto.__file__).parent
KINDS = (".py", ".pyi", ".toml", ".j2", ".js", ".css", ".json")
REMARKS = {  # what a file says to who reads its source alone
    ".toml": r"^\s*#.*$",
    ".j2": r"\{#.*?#\}",
    ".js": r"/\*.*?\*/|(?<![:\"'`])//[^\n]*",
    ".css": r"/\*.*?\*/",
}


def words():
    """A pattern of the words of this article: its actors, its author and title, its day, its claims and sections."""
    open_ = article.current()
    about = evidence.rows("actors")
    told = {row["actor"] for row in about} | {row["name"] for row in about}
    told |= {open_.author, open_.title, open_.seminar, open_.month.split()[0], str(open_.day.year)}
    told |= {row["id"] for row in evidence.rows("claims")}
    told |= {name for name, one in open_.sections.items() if one.letter}
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, told), key=len, reverse=True))})\b")


def is_command(node):
    """Whether a function is a command: its docstring is printed by `--help`, in any article's folder."""
    return any(".command" in ast.unparse(one) for one in getattr(node, "decorator_list", []))


def docstrings(tree):
    """Lines, from and to, of the docstrings of a module: those of its names that are no functions, too."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        told = isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None
        if told and not is_command(node):
            yield node.body[0].lineno, node.body[0].end_lineno
    for before, after in itertools.pairwise(tree.body):
        text = getattr(getattr(after, "value", None), "value", None)
        if (
            isinstance(before, ast.AnnAssign)
            and isinstance(after, ast.Expr)
            and isinstance(text, str)
        ):
            yield after.lineno, after.end_lineno


def spoken(path):
    """The lines of a file of the engine without remarks, comments and docstrings: what runs, or is shown."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        remark = re.compile(REMARKS.get(path.suffix, r"(?!)"), re.DOTALL | re.MULTILINE)
        return remark.sub(lambda found: "\n" * found[0].count("\n"), text).splitlines()
    lines = text.splitlines()
    for first, end in docstrings(ast.parse(text)):
        lines[first - 1 : end] = [""] * (end - first + 1)
    for one in tokenize.generate_tokens(io.StringIO(text).readline):
        if one.type == tokenize.COMMENT and lines[one.start[0] - 1]:
            lines[one.start[0] - 1] = lines[one.start[0] - 1][: one.start[1]]
    return lines


def words_of_the_article():
    """Each word of this article in the engine: file, line and word."""
    found, known = [], words()
    for path in sorted(ENGINE.rglob("*")):
        if path.suffix in KINDS:
            for number, line in enumerate(spoken(path), 1):
                found += [
                    f"{path.relative_to(ENGINE)}:{number}: {said}" for said in known.findall(line)
                ]
    return found


def test_no_word_of_the_article_stands_in_the_engine():
    assert not (found := words_of_the_article()), "\n".join(found)


def days():
    """A pattern of the day of this article in words and figures, its month and its year."""
    day = article.current().day
    return re.compile(rf"\b{day:%B}\b|\b{day.year}(?![0-9])|\b{day:%Y-%m}")


def test_the_day_of_the_article_stands_nowhere_in_the_engine_not_even_in_a_docstring():
    """What is known then is of the article's day: a docstring is also read beside another article."""
    found = [
        f"{path.relative_to(ENGINE)}:{number}: {line.strip()}"
        for path in sorted(ENGINE.rglob("*"))
        if path.suffix in KINDS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if days().search(line)
    ]
    assert not found, 'say "then", or "the article\'s day":\n' + "\n".join(found)


NO_YEARS_OF_AN_ARTICLE = [  # the only years that may stand in what runs, each with its reason
    r"http://www\.w3\.org/2000/svg",  # a name of a format
    r"ideal: 1920 \}",  # pixels
    r"(SHADES|MANY) = 2000\b",  # counts
    r"\bFIRST = 1985\b",  # where spells of membership are cut
    r"million USD of 2023",  # a unit, as SIPRI and others write it
    r'"retrieved": "2026-11-24"',  # the day of the table with which every new article begins
    r"(such as|write it like|as) \[?(2014, 2020\]|2014\b|2021-06-01)",  # examples in messages
    r"or 2013-14\b",  # one more
]


def test_no_year_is_written_into_what_runs():
    """A year of this article would be wrong beside any other: it is asked of the article, or a table."""
    allowed = re.compile("|".join(NO_YEARS_OF_AN_ARTICLE))
    found = [
        f"{path.relative_to(ENGINE)}:{number}: {line.strip()}"
        for path in sorted(ENGINE.rglob("*"))
        if path.suffix in KINDS and "vendor" not in path.parts
        for number, line in enumerate(spoken(path), 1)
        if re.search(r"(?<![\w.#])(19|20)[0-9]{2}(?![\w.])", allowed.sub("", line))
    ]
    assert not found, "\n".join(found)


def test_a_word_that_runs_is_seen_and_one_in_a_docstring_is_not(tmp_path):
    path = tmp_path / "slip.py"
    text = '"""Of China."""\n\nX = "China"  # Russia\nY: str = ""\n"""Of China."""\n'
    path.write_text(text, encoding="utf-8")
    assert [words().findall(line) for line in spoken(path)] == [[], [], ["China"], [], []]


@pytest.mark.parametrize("package", [heldto, frenemies], ids=lambda one: one.__name__)
def test_no_module_below_a_face_hides_a_name_of_the_face(package):
    below = {one.name for one in pkgutil.iter_modules(package.__path__)}
    for name in below & {*dir(package)}:
        lent = getattr(package, name)
        assert getattr(lent, "__name__", "") == f"{package.__name__}.{name}"


def test_the_face_hands_on_the_engine_s_own_things():
    shared = {*dir(heldto)} & {*dir(frenemies)}
    assert shared == {*dir(heldto)}
    assert all(getattr(heldto, name) is getattr(frenemies, name) for name in shared)


def test_both_packages_have_one_version():
    assert frenemies.__version__ == heldto.__version__
