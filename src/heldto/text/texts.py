"""The texts of sections, which stand in TOML files beside the Python that works their figures out:
`claims.toml`, `pictures.toml`, `exercises.toml`.

A text names its figures in the one language of `heldto.text.language`, "{{ value | number(1) }}".
A slip is a TextError that names file, key and field, and the word that was meant. It is never taken
for a gap in the data.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from heldto import article
from heldto.errors import TextError
from heldto.foreign import load_toml
from heldto.text.language import Writer, instead
from heldto.tr import tr

ENGINE = Path(article.__file__).parent


def file_in_messages(path: Path) -> str:
    """A file of texts as a message names it, "sections/economic/claims.toml"; that of a plain
    article by its name alone.
    """
    if path.is_relative_to(ENGINE):
        return "/".join(path.parts[-3:])
    folder = article.current().folder
    own = path.relative_to(folder).parts if path.is_relative_to(folder) else path.parts[-3:]
    return "/".join(own)


def read(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises TextError with file and line where it cannot be read."""
    try:
        return load_toml(path)
    except FileNotFoundError:
        raise TextError(
            f"{file_in_messages(path)} is missing: make it, even if it is empty"
        ) from None
    except ValueError as error:
        raise TextError(f"{file_in_messages(path)}: {error}: mend that line") from None


def slips(path: Path, but: Collection[str] = ()) -> Iterator[str]:
    """What is wrong with the texts of a TOML file, whatever their figures are: a line each.

    but: fields that are no texts.
    """
    try:
        entries = read(path)
    except TextError as slip:
        yield str(slip)
        return
    for key, entry in entries.items():
        for where, text in _each(f"{file_in_messages(path)}, [{key}]", entry, but):
            try:
                Writer(where).look_over(text)
            except TextError as slip:
                yield str(slip)


def _each(where: str, entry: Any, but: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every text in a table or a list, and where it stands."""
    if isinstance(entry, str):
        yield where, entry
    elif isinstance(entry, Mapping):
        for name, value in entry.items():
            if name not in but:
                yield from _each(f"{where}, {name}", value, but)
    elif isinstance(entry, list):
        for value in entry:
            yield from _each(where, value, but)


class Entries(Mapping[str, Any]):
    """A table of texts whose missing entries are named: entries["reason"].

    where: file and key, as a message begins; what: what an entry is, such as "sentence".
    """

    def __init__(self, where: str, held: Mapping[str, Any], what: str) -> None:
        self.where, self.held, self.what = where, held, what

    def __getitem__(self, name: str) -> Any:
        """An entry. Raises TextError with what may have been meant."""
        if name in self.held:
            return self.held[name]
        raise TextError(f'{self.where}: no {self.what} "{name}". {instead(name, self.held)}')

    def get(self, name: str, default: Any = None) -> Any:
        """An entry, or another thing where it is not there."""
        return self[name] if name in self.held else default

    def fill(self, name: str, /, **figures: Any) -> str:
        """A text with its figures. Raises TextError where it is not there, or names what is not."""
        return Writer(f"{self.where}, {name}").fill(self[name], figures)

    def __contains__(self, name: object) -> bool:
        return name in self.held

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


class OursEntries(Entries):
    """The same of the engine's own, in the language of the article."""

    def __getitem__(self, name: str) -> Any:
        """An entry in the language of the article. Raises TextError as Entries do."""
        entry = super().__getitem__(name)
        return tr(entry) if isinstance(entry, str) else entry


class Captions(Entries):
    """What the pictures of a section always say: fields of each by its key.

    Of a key that is not there only the slip is held, which is raised when that picture is asked
    for: the others of its module can be drawn.
    """

    def __getitem__(self, key: str) -> dict[str, Any]:
        try:
            fields = super().__getitem__(key)
        except TextError as slip:
            return {"key": key, "slip": slip}
        return {"key": key, "where": f"{self.where}, [{key}]", **fields}


def of_section(section: str | Path, kind: str, what: str) -> Entries:
    """The tables of a TOML file of a section, or of a folder, such as "claims"; what: what one is.
    Raises TextError where it cannot be read.
    """
    folder = section if isinstance(section, Path) else article.section_dir(section)
    path = folder / f"{kind}.toml"
    return Entries(file_in_messages(path), read(path), what)


def captions(section: str | Path) -> Captions:
    """What the pictures of a section, or of a folder, always say, from its `pictures.toml`. Raises
    TextError where the file cannot be read as TOML.
    """
    entries = of_section(section, "pictures", "picture")
    pictures = {key: fields for key, fields in entries.items() if key not in ("words", "docs")}
    return Captions(entries.where, pictures, entries.what)


def pictures_in_docs(section: str) -> dict[str, Entries]:
    """What the documents say of the pictures of a section, by their places on its page: the table
    `docs` of its `pictures.toml`; {} without it. Raises TextError where the file cannot be read,
    and, when it is asked for, for a field that is not there.
    """
    path = article.section_dir(section) / "pictures.toml"
    by_place = read(path).get("docs", {}) if path.is_file() else {}
    where = f"{file_in_messages(path)}, [docs."
    return {
        place: Entries(f"{where}{place}]", fields, "field") for place, fields in by_place.items()
    }


def labels(section: str) -> Entries:
    """What stands on the pictures of a section by itself: the table `words` of that file. Raises
    TextError where there is none, and for a word that is not there.
    """
    entries = of_section(section, "pictures", "table")
    return _nested_entries(f"{entries.where}, [words]", entries["words"])


def beside(module: str) -> Entries:
    """The sentences that a module says, from the TOML file of its name beside it, a table of them
    too: beside(__file__). Raises TextError.
    """
    path = Path(module).with_suffix(".toml")
    return _nested_entries("/".join(path.parts[-3:]), read(path), OursEntries)


def _nested_entries(where: str, table: Mapping[str, Any], kind: type[Entries] = Entries) -> Entries:
    """A table of words, and the tables in it, whose missing words are named."""
    inside = {
        name: _nested_entries(f"{where}, {name}", value, kind) if isinstance(value, dict) else value
        for name, value in table.items()
    }
    return kind(where, inside, "word")


def fill_caption(caption: Mapping[str, Any], field: str, **figures: Any) -> str:
    """A field of a picture's caption with its figures. Raises TextError."""
    if "slip" in caption:
        raise caption["slip"]
    return Entries(caption["where"], caption, "field").fill(field, **figures)
