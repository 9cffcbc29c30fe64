"""The one language in which our texts name their figures: Jinja2, in which nothing may be missing.

Two braces name a figure, and what stands behind a bar says how it is written:
"{{ value | number(1) }} billion dollars". What may stand there, `filters` says.

A slip is a TextError that names file, key and field, and the word that was meant. It is never taken
for a gap in the data.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Template, TemplateError
from jinja2.environment import TemplateExpression

from heldto.errors import NotHeld, Problem, Slip, TextError, did_you_mean
from heldto.text import filters
from heldto.text.lacking import WRITER, Lacking
from heldto.text.words import enough_digits
from heldto.tr import numerals

REMEDY = "write a figure as {{ name }}, or {{ name | number(1) }}"
LISTED = 12  # names that a message lists where none is near
LONGEST = 20_000  # characters of a text, which bound what filling it can cost
MOST_WRITTEN = 200_000  # characters that one text gives, whatever its loops repeat
MOST_SAID = 200_000  # characters of all words that one text has written with `said`
ONE_BRACE = re.compile(r"(?<!\{)\{([A-Za-z_][\w.\[\]+*/ -]*)?(:[^{}\"' ]*)?\}(?!\})")


_left: ContextVar[list[int]] = ContextVar("left")  # of MOST_SAID, for the text being filled


def instead(word: object, known: Iterable[str]) -> str:
    """What may have been meant in place of a word, as a sentence: the nearest one, else all."""
    names = [str(one) for one in known]
    listed = ", ".join(names[:LISTED]) + (", ..." if len(names) > LISTED else "")
    return did_you_mean(word, names, f"There are {listed}." if listed else "There is none.")


@cache
def _environment() -> filters.Texts:
    return filters.text_environment()


@cache
def _template(text: str) -> Template:
    return _environment().from_string(text)


@cache
def _one_brace(text: str) -> str:
    """What stands in a text with one brace on either side, as figures did in str.format; or ""."""
    data = (part for _, kind, part in _environment().lex(text) if kind == "data")
    return next((found[0] for part in data if (found := ONE_BRACE.search(part))), "")


@cache
def _expression(text: str) -> TemplateExpression:
    return _environment().compile_expression(text, undefined_to_none=False)


@dataclass(frozen=True)
class Writer:
    """Fills the figures into the texts of one place.

    where: file, key and field of it, as a message begins; edges: thresholds, near which a figure
    has more digits; words: what the filter `said` writes a figure as, by name: a text for each
    value, or one text for each of several rows; gaps: whether a figure that the tables lack is
    NotHeld, and no slip.
    """

    where: str
    edges: Collection[float] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    gaps: bool = False

    def fill(self, text: Any, figures: Mapping[str, Any]) -> str:
        """A text with its figures. Raises TextError where it names one that is not there, or writes
        one as it cannot be written; NotHeld.
        """
        if not isinstance(text, str):
            raise self.error(f'{text} is not a text: put it in "quotes"')
        if "{" not in text:
            return text
        self.look_over(text)
        with self._slips_named(text, figures):
            return self._joined(_template(text).generate({**figures, WRITER: self}))

    def _joined(self, parts: Iterable[str]) -> str:
        """What a text gives, which may not be without end. Raises TextError."""
        written, left = [], MOST_WRITTEN
        for part in parts:
            written.append(part)
            left -= len(part)
            if left < 0:
                raise self.error(f"it writes more than {MOST_WRITTEN:,} characters: repeat less")
        return "".join(written)

    def _fill_words(self, text: str, figures: Mapping[str, Any]) -> str:
        """Words of `said`, which may have others said, but not without end. Raises TextError."""
        left = _left.get(None) or [MOST_SAID]
        left[0] -= len(text) + 1
        if left[0] < 0:
            raise self.error("its words have other words said, without end: write them out")
        token = _left.set(left)
        try:
            return self.fill(" ".join(text.split()), figures)
        finally:
            _left.reset(token)

    def look_over(self, text: str) -> None:
        """Raise TextError where a text cannot be read, whatever its figures are."""
        if len(text) > LONGEST:
            raise self.error(f"{len(text):,} characters: a text has at most {LONGEST:,}")
        with self._slips_named(text, {}):
            if ONE_BRACE.search(text) and (once := _one_brace(text)):
                raise self.error(f"{once} has one brace on either side: {REMEDY}")
            _template(text)

    def figure(self, name: str, figures: Mapping[str, Any]) -> Any:
        """A figure by its name, or what several give: "share[2018] - share[2013]". Raises
        TextError, NotHeld.
        """
        with self._slips_named(f"{{{{ {name} }}}}", figures):
            value = _expression(name)({**figures, WRITER: self})
            if isinstance(value, _environment().undefined):
                str(value)  # raises what it lacks
            return value

    def number(self, value: Any, form: str) -> str:
        """A figure in a form of Python, such as ",.1f"; with more digits near an edge. Raises
        NotHeld.
        """
        near = float(self.held(value))
        return numerals(
            format(value, enough_digits(form, near, self.edges) if self.edges else form)
        )

    def held(self, value: Any) -> Any:
        """A figure itself. Raises NotHeld where the tables may lack it, and do."""
        if self.gaps and isinstance(value, float) and math.isnan(value):
            raise NotHeld(f"no figure for its {self.where.rpartition(', ')[2]}")
        return value

    def said(self, value: Any, name: str, figures: Mapping[str, Any]) -> str:
        """A figure as `words` writes it. Raises TextError where nothing there does."""
        if name not in self.words:
            raise self.error(f'there are no words "{name}". {instead(name, self.words)}')
        texts = self.words[name]
        if isinstance(texts, str):
            return "; ".join(self._fill_words(texts, row) for row in value)
        if str(value) not in texts:
            raise self.error(f'words, {name}: no text for "{value}". {instead(value, texts)}')
        return self._fill_words(texts[str(value)], figures)

    def error(self, what: str) -> TextError:
        """A slip in this text."""
        return TextError(f"{self.where}: {what}")

    @contextmanager
    def _slips_named(self, text: str, figures: Mapping[str, Any]) -> Iterator[None]:
        """What goes wrong while a text is put together or filled, told with its place."""
        try:
            yield
        except Problem as problem:  # without gaps only a name in the text itself can be a problem
            if self.gaps or isinstance(problem, Slip):
                raise
            raise self.error(str(problem)) from None
        except Lacking as gap:
            raise self._lacking(gap, text, figures) from None
        except (TypeError, ValueError, ArithmeticError) as error:
            raise self.error(f"{error}: {REMEDY}") from None
        except (RecursionError, SyntaxError, MemoryError):
            says = "its brackets or words stand too deep in others: write it plainly"
            raise self.error(says) from None
        except TemplateError as error:
            says = str(error.message).rstrip(".")
            if found := re.match(r"No filter named '(\w+)'", says):
                hint = instead(found[1], _environment().own)
                raise self.error(f'nothing writes a figure as "{found[1]}". {hint}') from None
            raise self.error(f"{says}: {REMEDY}") from None

    def _lacking(self, gap: Lacking, text: str, figures: Mapping[str, Any]) -> TextError | NotHeld:
        """What to say of a name that is not there: a slip, or a gap in the tables."""
        owner, name = gap.args
        if owner is None:
            return self.error(f'"{name}" is not a figure here. {instead(name, figures)}')
        path = _environment().path_to(text, name)
        if self.gaps:
            return NotHeld(f'no figure for "{path}"')
        names = map(str, owner) if isinstance(owner, Mapping) else ()
        return self.error(
            f'"{path}" is not a figure here. {did_you_mean(str(name), names)}'.strip()
        )
