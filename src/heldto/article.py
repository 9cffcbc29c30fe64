"""The article that is held to the figures: read from its `article.toml`; the one that is open.

What is drawn, cut and said follows the one that is open from the first import on. A second one
can be read beside it, and stand in its place for a while: `using`.
"""

import calendar
import os
import re
import sys
from collections import UserDict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from heldto import catalogues, foreign, noted
from heldto.errors import Problem, did_you_mean

NAMED = "HELDTO_ARTICLE"  # for processes that we start: the package, or the folder, of the article
CLAIMS = "claims.toml"  # beside article.toml in a plain folder, else in each section's
V = TypeVar("V")
ID = "[a-z0-9][a-z0-9-]{0,39}"  # of a seminar
# what an article may add, as "module:function"
HOOKS = ("role_cards", "checks", "front_picture", "agreement")
GIVEN = ("folder", "package")  # what an article has and its file does not say
USUAL = {"role_cards": "heldto.publish.cards:actor_cards_page"}  # where it names no other


@dataclass(frozen=True)
class Section:
    """A part of the article.

    letter: of its claims; notebook: its name, where it has one; title: of the section in a list;
    heading: above its claims, where that is neither the title, as in a plain folder, nor "The NAME
    section".
    """

    name: str
    letter: str = ""
    notebook: str = ""
    title: str = ""
    heading: str = ""

    @property
    def headed(self) -> str:
        """What stands above its claims."""
        words = catalogues.catalogue(current().language)
        if self.title and not current().is_package:
            return self.heading or self.title
        return self.heading or words.text("The {name} section").format(name=self.name)


class Bar(NamedTuple):
    """Of a section's actor bar: ISO3 that no picture of it shows, and selections of its own."""

    absent: Collection[str] = ()
    presets: dict[str, list[str]] = {}


@dataclass(frozen=True, eq=False)  # by itself it is a key, as of what is kept of it
class Article:
    """What the engine has to know of an article.

    day: when it appeared; id: what no other seminar is called, so that no two share answers;
    seminar: the name of what is taught with it; question: above the first round on the site's front
    page; first_round: {claim: what it is about, in a few words}, the claims that a reader judges
    first; front_claim: the one of them whose tap shows the hook front_picture; described: the
    article in a few words; blurb: what its author said, as it goes on after "wrote that"; presets:
    selections of actors that each bar offers; parties: {code: name} of those who are no actors and
    have books of their own; the: actors whose name takes "the" in a sentence; short: their shortest
    names, for a picture; in_short: how sentences name them besides, several with | between; books:
    the actor in whose books others report; follows: {choice of a reading: {"choice": the one that
    it follows, option of that: its own word for it}}; first: the notebook to begin with; ledger:
    the section that shows all claims, and whose bar they follow, in a plain folder the first one
    without a letter; hooks: what it adds; happened: {what happened since, in a sentence: the claims
    whose later figures it explains}; source: the folder below its own in which the sections lie,
    where each has one; command: the command that makes its pages; edition: which version they
    are of; outlet: where it appeared; by: who wrote what is taught with it; licence: of that;
    language: in which its pages speak, English where it is left out.
    """

    folder: Path
    package: str
    title: str
    author: str
    day: date
    sections: dict[str, Section] = field(default_factory=dict)
    id: str = ""
    seminar: str = ""
    question: str = ""
    front_claim: str = ""
    blurb: str = ""
    described: str = ""
    books: str = ""
    first: str = ""
    ledger: str = ""
    source: str = "sections"
    command: str = "heldto"
    edition: str = "made with heldto {version}"  # a text of the catalogue
    outlet: str = ""
    by: str = ""
    licence: str = "CC BY 4.0"
    language: str = ""
    first_round: dict[str, str] = field(default_factory=dict)
    the: list[str] = field(default_factory=list)
    presets: dict[str, list[str]] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    in_short: dict[str, str] = field(default_factory=dict)
    follows: dict[str, dict[str, str]] = field(default_factory=dict)
    hooks: dict[str, str] = field(default_factory=dict)
    happened: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def cuts(self) -> dict[str, Any]:
        """What was known on the day: the last whole year, the month two before, and the day."""
        year, month = divmod(self.day.year * 12 + self.day.month - 3, 12)
        known = {"annual": self.day.year - 1, "month": f"{year}-{month + 1:02d}"}
        return known | {"date": f"{self.day}"}

    @cached_property
    def is_package(self) -> bool:
        """Whether it is a package, and no folder in which somebody works. This alone differs: the
        tables of a package may lie above it, as in a checkout; its exercises may have lines of
        code; a wheel of the site carries it as it stands. A kernel there is told where a folder
        lies.
        """
        return (self.folder / "__init__.py").is_file()

    @property
    def code(self) -> list[str]:
        """What of its folder is code, and is run."""
        modules = [target.partition(":")[0] for target in self.hooks.values()]
        return foreign.code_of(self.folder, self.source, modules)

    @property
    def key(self) -> str:
        """What its pages keep a reader's answers under, and what its answer lines are checked by:
        its id; without one the name of its folder, which another seminar can have, too.
        """
        return self.id or self.package

    @property
    def named(self) -> str:
        """The name of what is taught with it; its own title where that has none."""
        return self.seminar or self.title

    @property
    def month(self) -> str:
        """The month of the article, in words: its name and the year."""
        month = calendar.month_name[self.day.month]
        return f"{catalogues.catalogue(self.language).text(month)} {self.day.year}"

    @property
    def on(self) -> str:
        """The day of the article, in words."""
        form = catalogues.catalogue(self.language).text("{day} {month}")
        return form.format(day=self.day.day, month=self.month)

    @property
    def place(self) -> float:
        """The day on an axis of years."""
        return self.day.year + self.day.timetuple().tm_yday / 365

    @property
    def letters(self) -> str:
        """The letters of its claims."""
        return "".join(
            dict.fromkeys(section.letter for section in self.sections.values() if section.letter)
        )

    @property
    def notebooks(self) -> dict[str, str]:
        """{section: the name of its notebook}, as the notebooks come."""
        return {
            name: section.notebook for name, section in self.sections.items() if section.notebook
        }

    @property
    def opening(self) -> str:
        """The notebook to begin with, which has the words explained where the article names it."""
        return self.first or next(iter(self.notebooks.values()), "")

    @cached_property
    def variables(self) -> dict[str, str]:
        """Its own variables of the environment, by what they name."""
        begins = self.package.rpartition(".")[2].upper()
        return {name: f"{begins}_{name}" for name in ("DATA", "DIARY")}

    @cached_property
    def rooms(self) -> str:
        """The package of its sections: its own where they have no folders."""
        apart = self.source and (self.folder / self.source).is_dir()
        return f"{self.package}.{self.source}" if apart else self.package


DATA: str  # names of variables of the environment: PACKAGE_DATA and PACKAGE_DIARY
DIARY: str

_open: list[Article] = []
_in_use: ContextVar[Article | None] = ContextVar("_in_use", default=None)  # in place of that
_loaded: set[tuple[Path, str, str | None]] = set()  # of which article `load` imported what
ANNOUNCE: list[Callable[[str], object]] = []  # what a command line says of an article's code


def __getattr__(name: str) -> str:
    if name in ("DATA", "DIARY"):
        return current().variables[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# --- read ------------------------------------------------------------------------------------


def read_article(path: Path, package: str) -> Article:
    """An article from its article.toml. Raises Problem, which names file, key and remedy."""
    try:
        content = foreign.load_toml(path)
    except FileNotFoundError:
        raise Problem(f"{path} is missing: an article is a folder with that file in it") from None
    except ValueError as error:
        raise Problem(f"{path}: {error}: mend that line") from None
    if fault := next(_faults(content, path.parent, package), None):
        raise Problem(f"{path}: {fault}")
    sections = {
        name: Section(name, **attributes)
        for name, attributes in content.pop("sections", {}).items()
    }
    if (path.parent / CLAIMS).is_file() and not content.get("ledger"):
        content["ledger"] = next(
            (name for name, section in sections.items() if not section.letter), ""
        )
    return Article(folder=path.parent, package=package, sections=sections, **content)


def _faults(content: dict[str, Any], folder: Path, package: str) -> Iterator[str]:
    """What is wrong with a read article.toml, a sentence each."""
    by_name = {
        attribute.name: attribute for attribute in fields(Article) if attribute.name not in GIVEN
    }
    yield from _unknown(content, by_name, "")
    for name, attribute in by_name.items():
        bare = attribute.default is MISSING and attribute.default_factory is MISSING
        if bare and name not in content:
            yield f"{name} is missing: write it at the top of the file"
        if name in content and (fault := _misfit(content[name], attribute.type)):
            yield f"{name} {fault}"
    yield from _unknown(content.get("hooks", {}), dict.fromkeys(HOOKS), "[hooks] ")
    for name, target in content.get("hooks", {}).items():
        if not target.partition(":")[2]:
            yield f'[hooks] {name} is "{target}": write it as "module:function"'
        elif target.partition(":")[0].split(".")[0] != package.split(".")[0]:
            remedy = f'name a module of this article, such as "{package}.own:{name}"'
            yield f'[hooks] {name} is "{target}", and no other package is run: {remedy}'
    if "id" in content and not re.fullmatch(ID, content["id"]):
        yield f'id is "{content["id"]}": write small letters, digits and -, at most 40'
    if content.get("language", "") not in ("", *(known := catalogues.languages())):
        hint = did_you_mean(content["language"], known, f"There are {', '.join(known)}.")
        yield f'language is "{content["language"]}", which has no catalogue here. {hint}'
    if fault := foreign.name_fault(content.get("source", "sections") or "sections", ""):
        yield f'source "{content["source"]}" {fault}'
    if not content.get("sections"):
        yield "no section: write [sections.NAME], with its letter and its notebook"
    source = folder / content.get("source", Article.source)
    yield from _section_faults(content.get("sections", {}), source if source.is_dir() else None)


def _section_faults(sections: dict[str, Any], source: Path | None) -> Iterator[str]:
    """source: where their folders lie; None where they have none."""
    letters: dict[str, str] = {}
    by_name = {
        attribute.name: attribute for attribute in fields(Section) if attribute.name != "name"
    }
    for name, entry in sections.items():
        where = f"[sections.{name}] "
        if not isinstance(entry, dict):
            yield f"sections.{name} is not a table: write [sections.{name}], and its keys below it"
            continue
        yield from _unknown(entry, by_name, where)
        for key, value in entry.items():
            if not isinstance(value, str):
                yield f"{where}{key} is not in quotes"
                return
        notebook = entry.get("notebook", "")
        if fault := "/" in notebook and "has a slash: write its name alone":
            yield f'{where}notebook "{notebook}" {fault}'
        if fault := notebook and foreign.name_fault(notebook, "notebooks/"):
            yield f'{where}notebook "{notebook}" {fault}'
        letter = entry.get("letter", "")
        if letter and not (len(letter) == 1 and "A" <= letter <= "Z"):
            yield f'{where}letter is "{letter}": write one capital letter, A to Z'
        if letter in letters:
            yield f'{where}letter {letter} is that of "{letters[letter]}": choose another'
        letters |= {letter: name} if letter else {}
        if source and entry.get("notebook") and not (source / name).is_dir():
            place = f"{source.name}/{name}" if source.name else name
            yield f"{where}there is no folder {place}: make it, or delete this section's notebook"


def _unknown(keys: Mapping[str, Any], allowed: Mapping[str, Any], where: str) -> Iterator[str]:
    """A sentence on each key that nobody reads."""
    for key in keys:
        if key not in allowed:
            hint = did_you_mean(key, list(allowed), f"There are {', '.join(allowed)}.")
            yield f'{where}nothing reads the key "{key}". {hint}'


def _misfit(value: Any, wanted: Any) -> str:
    """What is wrong with the kind of a value; "" where nothing is."""
    if wanted is date:
        plain = isinstance(value, date) and not hasattr(value, "hour")
        return "" if plain else "is not a date: write it without quotes as year-month-day"
    if wanted is str:
        return "" if isinstance(value, str) else "is not in quotes"
    if wanted == list[str]:
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return "" if fits else "is not a list of words in quotes"
    if not isinstance(value, dict):
        return "is not a table: write [NAME], and its keys below it"
    if wanted == dict[str, str]:
        bad = [key for key, item in value.items() if not isinstance(item, str)]
        return f'has a value that is not in quotes: "{bad[0]}"' if bad else ""
    if wanted == dict[str, dict[str, str]]:
        bad = [
            key for key, item in value.items() if not isinstance(item, dict) or "choice" not in item
        ]
        return f'has no choice = "..." in its table "{bad[0]}"' if bad else ""
    if wanted == dict[str, list[str]]:
        bad = [key for key, item in value.items() if not isinstance(item, list)]
        return f'has a value that is not a list: "{bad[0]}"' if bad else ""
    return ""


# --- the one that is open --------------------------------------------------------------------


def current() -> Article:
    """The article that is open: the one imported; else the one that the environment names, a
    package or a folder; else that of the folder in which we work, or of one above it; else, on a
    command line, the one installed.

    A notebook never gets the one installed: a copy of another article's notebook would be held
    against figures that are not its own. Raises Problem.
    """
    if in_use := _in_use.get():
        return in_use
    if not _open:
        if noted.NOTED:
            package, where = noted.NOTED[0]
            _opened(Path(where), package)
        elif name := os.environ.get(NAMED):
            _from(name)
        elif folder := next((path for path in _above() if (path / "article.toml").is_file()), None):
            of_folder(folder, found=True)
        else:
            _from(_installed())
    return _open[0]


@contextmanager
def using(other: Article) -> Iterator[Article]:
    """Another article is the one that is open for whatever is done inside: both keep what they
    remember. other: as `read_folder` gives it. Processes that are started inside, and widgets that
    answer later, hold to the first one.
    """
    before = _in_use.set(other)
    try:
        yield other
    finally:
        _in_use.reset(before)


class PerArticle(UserDict[str, V]):
    """A dict of which each article has its own: what two of them register under one name, such as
    the tests of their claims, is kept apart.
    """

    def __init__(self) -> None:
        self._each: dict[Path, dict[str, V]] = {}

    @property
    def data(self) -> dict[str, V]:  # type: ignore[override]
        """The dict of the article that is open."""
        return self._each.setdefault(current().folder, {})


def _trust(folder: Path) -> str:
    return f"if you have read its code and trust it, name it in {NAMED}={folder}"


def _above() -> list[Path]:
    here = Path.cwd()
    return [here, *here.parents]


def _installed() -> str:
    """The package of the only article that is installed. Raises Problem."""
    from importlib.metadata import entry_points  # 15 ms, which nobody needs who has one open

    packages = [entry.value for entry in entry_points(group="heldto.articles")]
    if "ipykernel" not in sys.modules:
        if len(packages) == 1:
            return packages[0]
        if not packages:
            raise Problem(
                f"no article is open: go to the folder of one, name its folder in {NAMED}, "
                "or begin one with heldto new"
            )
    import_it = (
        f"write import {packages[0]} in the first cell" if packages else "import its package"
    )
    raise Problem(f"no article is open: {import_it}, or name its folder in {NAMED}")


def _opened(folder: Path, package: str) -> Article:
    """Open an article: it is the current one, here and in the processes that we start."""
    if not _open:
        _open.append(read_article(folder / "article.toml", package))
        os.environ[NAMED] = package
    return _open[0]


def _from(name: str) -> None:
    """Open the article that a package or a folder holds. Raises Problem."""
    if (Path(name) / "article.toml").is_file():
        of_folder(Path(name))
        return
    try:
        import_module(name)
    except ImportError as error:
        raise Problem(f"{NAMED} is {name}, which holds no article: {error}") from None
    if not noted.NOTED:
        raise Problem(
            f"{name} is not an article: it must call heldto.noted.note with name and folder"
        )
    _opened(Path(noted.NOTED[0][1]), name)


def of_folder(folder: Path, found: bool = False) -> Article:
    """Open the article of a folder that is no package: its Python is imported from there, and
    `announce` says so before. found: nobody named the folder. Raises Problem, also where another
    article is open, and where a found one is another user's.
    """
    folder = folder.resolve()
    package = _package_of(folder)
    if found:  # before anything is read
        foreign.refuse_anothers(folder, _trust(folder))
    new = read_article(folder / "article.toml", package)
    if found:
        foreign.refuse_anothers(folder, _trust(folder), [*new.code, "notebooks"])
    try:
        noted.note(package, str(folder))
    except ImportError as error:
        raise Problem(str(error)) from None
    foreign.make_importable(package, folder, bool(new.code))
    if not _open:
        _open.append(new)
        if new.code:
            for announce in ANNOUNCE:
                announce(f"article: {folder} (runs {', '.join(new.code)})")
    os.environ[NAMED] = str(folder)
    return _open[0]


def read_folder(folder: Path) -> Article:
    """The article of a folder that is no package, to be used beside the one that is open: see
    `using`. Its Python can be imported from then on. Raises Problem.
    """
    folder = folder.resolve()
    package = _package_of(folder)
    new = read_article(folder / "article.toml", package)
    foreign.make_importable(package, folder, bool(new.code))
    return new


def _package_of(folder: Path) -> str:
    """The name under which the Python of a folder is imported. Raises Problem."""
    package = folder_name(folder)
    if _taken(package, folder):
        raise Problem(
            f"{folder}: {package} is already the name of another package: rename the folder"
        )
    return package


def folder_name(folder: Path) -> str:
    """The name of the folder of an article, as Python can have it. Raises Problem."""
    name = folder.name.replace("-", "_")
    if not name.isidentifier():
        raise Problem(
            f"{folder.name}: use only letters, digits, - and _ in the name of a folder, "
            "and begin with a letter"
        )
    if fault := foreign.name_fault(name, ""):
        raise Problem(f"{folder.name}: it {fault}")
    return name


def _taken(package: str, folder: Path) -> bool:
    """Whether a name is that of something else than a folder, which Python takes for a package too
    where we work beside it.
    """
    if package in foreign.IMPORTED:
        return foreign.IMPORTED[package] != folder
    spec = find_spec(package)
    places = [
        Path(location).resolve() for location in (spec and spec.submodule_search_locations) or ()
    ]
    return spec is not None and not (spec.origin is None and places == [folder])


# --- what it lends ---------------------------------------------------------------------------


def face() -> ModuleType:
    """The package of the article, as a notebook imports it: the engine's own where it has none."""
    module = import_module(current().package)
    return module if hasattr(module, "__all__") else import_module("heldto")


def section_dir(section: str) -> Path:
    """Folder of a section's TOML files: that of the article where it has none of its own."""
    here = current()
    own = here.folder / here.source / section
    return own if own.is_dir() else here.folder


def owns(module: str) -> bool:
    """Whether a module is the engine's or the article's, and no cell's."""
    return module.split(".")[0] in ("heldto", current().package.split(".")[0])


def hook(name: str) -> Callable[..., Any] | None:
    """What the article adds under a name of HOOKS; None where it adds nothing. Raises Problem."""
    if not (target := current().hooks.get(name, USUAL.get(name, ""))):
        return None
    module, _, function = target.partition(":")
    try:
        return getattr(import_module(module), function)
    except (ModuleNotFoundError, AttributeError) as error:
        where = current().folder / "article.toml"
        raise Problem(f'{where}: [hooks] {name} is "{target}": {error}') from None


def claim_files() -> dict[Path, str]:
    """{each claims.toml: the notebook of its claims}: that beside article.toml, whose claims follow
    the letters of the sections (""), and those of the sections.
    """
    here = current()
    places = {here.folder / CLAIMS: ""}
    for section, notebook in here.notebooks.items():
        places.setdefault(section_dir(section) / CLAIMS, notebook)
    return {path: notebook for path, notebook in places.items() if path.is_file()}


def bar(section: str) -> Bar:
    """What a section's actor bar offers: everybody, where the article says nothing else."""
    name = f"{current().rooms}.bars"
    return import_module(name).BARS.get(section, Bar()) if find_spec(name) else Bar()


def notebooks() -> dict[str, str]:
    """{section: the name of its notebook}, as the notebooks come."""
    return current().notebooks


def section_of_notebook(notebook: str) -> str:
    """The section whose notebook it is; "" where it is the notebook of none."""
    return next((section for section, name in notebooks().items() if name == notebook), "")


def load(kind: str, section: str | None = None) -> None:
    """Import the module `kind` ("claims" or "exercises") of a section, or of every one that has it,
    in their order; and `own.py` beside article.toml, where there is one.
    """
    here = current()
    if (wanted := (here.folder, kind, section)) in _loaded:
        return
    if (here.folder / "own.py").is_file():
        import_module(f"{here.package}.own")
    for name in [section] if section else notebooks():
        if (here.folder / here.source / name / f"{kind}.py").is_file():
            import_module(f"{here.rooms}.{name}.{kind}")
    _loaded.add(wanted)
