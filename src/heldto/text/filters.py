"""How figures, days and actors are written in a text: what stands behind a bar in two braces.

    {{ value | number(1) }}     8.5             {{ value | signed(1) }}      +8.5
    {{ value | thousands(0) }}  8,500           {{ value | plain }}          as few digits as do
    {{ share | percent }}       85 %, of 0.85   {{ date | day }}             28 June 2019
    {{ count | word }}          three           {{ place | rank }}           third
    {{ gain | point }}          3 points        {{ share | part }}           a third
    {{ code | name }}           an actor's name, as on a label in `short`, as in a sentence in `the`
    {{ code | possessive }}     whose something is
    {{ codes | actors }}        several as in a sentence, with "and" before the last
    {{ codes | names }}         their names with commas between, or "or" in names("or")
    {{ words | listed }}        words or numbers so: one, other; listed("or") is one or other
    {{ text | capital }}        with a capital at its beginning
    {{ value | said("sign") }}  as the words of that name write it, which stand beside the text

A sum stands in brackets: {{ (share[2018] - share[2013]) | number(1) }}.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.utils import missing

from heldto.evidence import actors
from heldto.text import words
from heldto.text.language import WRITER, Lacking


class Missing(StrictUndefined):
    """A name that is not there: whoever writes it raises Lacking."""

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, *args: Any
    ) -> None:
        owner = None if obj is missing else obj
        super().__init__(hint, obj, name, lambda _: Lacking(owner, name))  # type: ignore[arg-type]


class Texts(Environment):
    """The environment of all texts. own: our own filters by name."""

    own: dict[str, Callable[..., str]]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a dot asks for: what stands in a table under that name comes before what Python does
        with the table.
        """
        if isinstance(obj, (Mapping, pd.Series, pd.DataFrame)) and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What brackets ask for."""
        try:
            return obj[argument]
        except (LookupError, AttributeError):
            return self.undefined(obj=obj, name=argument)
        except TypeError:
            if hasattr(obj, "__getitem__"):
                raise
            return self.undefined(obj=obj, name=argument)

    def path_to(self, text: str, name: Any) -> str:
        """Where a text asks for a name, as it stands there: "books.RUS.total"."""
        for node in self.parse(text).find_all((nodes.Getattr, nodes.Getitem)):
            if _last(node) == name:
                return _written(node)
        return str(name)


def text_environment() -> Texts:
    """The environment in which every text is filled: nothing is escaped, and nothing missing."""
    environment = Texts(undefined=Missing, keep_trailing_newline=True, finalize=_held)
    environment.own = FILTERS
    environment.filters.update(FILTERS)
    return environment


def _last(node: nodes.Node) -> Any:
    """What a node asks for: a name after a dot, or what stands in brackets."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return node.arg.value
    return None


def _written(node: nodes.Node) -> str:
    """A name as it stands in a text."""
    if isinstance(node, nodes.Name):
        return node.name
    if not isinstance(node, (nodes.Getattr, nodes.Getitem)):
        return "(...)"
    last = _last(node)
    return _written(node.node) + (f".{last}" if isinstance(node, nodes.Getattr) else f"[{last!r}]")


@pass_context
def _held(context: Context, value: Any) -> Any:
    """What is written as it is: never a figure that the tables lack."""
    return context[WRITER].held(value)


@pass_context
def _number(context: Context, value: Any, digits: int) -> str:
    return context[WRITER].number(value, f".{digits}f")


@pass_context
def _signed(context: Context, value: Any, digits: int) -> str:
    return context[WRITER].number(value, f"+.{digits}f")


@pass_context
def _thousands(context: Context, value: Any, digits: int) -> str:
    return context[WRITER].number(value, f",.{digits}f")


@pass_context
def _plain(context: Context, value: Any) -> str:
    return f"{context[WRITER].held(value):g}"


@pass_context
def _percent(context: Context, share: Any) -> str:
    return words.percent(float(share), context[WRITER].edges)


@pass_context
def _said(context: Context, value: Any, name: str) -> str:
    return context[WRITER].said(value, name, context.get_all())


def _possessive(code: str) -> str:
    return words.possessive(actors.the(code))


def _names(codes: Iterable[str], between: str = "") -> str:
    return _listed(map(actors.name, codes), between)


def _listed(items: Iterable[Any], between: str = "") -> str:
    """Words or numbers in a row, 2018.0 as "2018"; "none" where there are none."""
    texts = (f"{item:g}" if isinstance(item, float) else str(item) for item in items)
    return (f" {between} " if between else ", ").join(texts) or "none"


FILTERS: dict[str, Callable[..., str]] = {
    "number": _number,
    "signed": _signed,
    "thousands": _thousands,
    "plain": _plain,
    "percent": _percent,
    "word": words.word,
    "rank": words.rank_in_words,
    "point": words.points,
    "part": words.part,
    "day": words.format_day,
    "name": actors.name,
    "the": actors.the,
    "short": words.short_name,
    "possessive": _possessive,
    "actors": words.join_names,
    "names": _names,
    "listed": _listed,
    "capital": words.capital,
    "said": _said,
}
