"""The texts of sections, which stand in TOML files beside the Python that works their figures out:
`claims.toml`, `pictures.toml`, `exercises.toml`.

A sentence names its figures as str.format does, "{value:.1f}". A slip is a TextError that names
file, key and field, and the word that was meant. It is never taken for a gap in the data.
"""

import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from heldto.errors import Problem, TextError, did_you_mean

REMEDY = "write a figure as {name} or {name:.1f}, and any other brace twice"
LISTED = 12  # names that a message lists where none is near


def place(path: Path) -> str:
    """A file of texts as a message names it, "sections/economic/claims.toml"."""
    return "/".join(path.parts[-3:])


def read(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises TextError with file and line where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TextError(f"{place(path)}: {error}: mend that line") from None


def instead(word: object, known: Iterable[str]) -> str:
    """What may have been meant in place of a word, as a sentence: the nearest one, else all."""
    names = [str(one) for one in known]
    there = ", ".join(names[:LISTED]) + (", ..." if len(names) > LISTED else "")
    return did_you_mean(word, names, f"There are {there}." if there else "There is none.")


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

    def __contains__(self, name: object) -> bool:
        return name in self.held

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


class Filler(string.Formatter):
    """Fills the figures into a text. where: file, key and field of it, as a message begins."""

    def __init__(self, where: str) -> None:
        self.where = where

    def fill(self, template: Any, figures: Mapping[str, Any]) -> str:
        """A text with its figures. Raises TextError where it names one that is not there, or
        writes one as it cannot be written.
        """
        if not isinstance(template, str):
            raise self.error(f'{template} is no text: put it in "quotes"')
        try:
            return self.vformat(template, (), figures)
        except Problem:
            raise
        except (TypeError, ValueError) as error:
            raise self.error(f"{error}: {REMEDY}") from None

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """The figure that a name begins with."""
        name = str(key)
        if name not in kwargs:
            raise self.error(f'"{name}" is no figure here. {instead(name, kwargs)}')
        return kwargs[name]

    def get_field(self, name: str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """A pair: the figure of a name with what stands in brackets or after a dot, and what it
        begins with.
        """
        try:
            return super().get_field(name, args, kwargs)
        except (LookupError, AttributeError, TypeError) as error:
            first = name.partition("[")[0].partition(".")[0]
            inside = kwargs[first] if isinstance(kwargs[first], Mapping) else {}
            near = did_you_mean(name.removeprefix(first).strip("[]."), map(str, inside))
            says = f'"{name}" is no figure here ({type(error).__name__}: {error}). {near}'
            raise self.error(says.strip()) from None

    def error(self, what: str) -> TextError:
        """A slip in this text."""
        return TextError(f"{self.where}: {what}")
