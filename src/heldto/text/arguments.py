"""How every measure reads its arguments: who, with whom, when, and as known at which vintage.

A public measure is decorated with `measure` and annotated with the kinds below; a slip (an actor in
a list, a year in quotes, None) is answered by one sentence, a Problem, before anything is worked
out.
"""

import inspect
import re
from collections.abc import Callable, Iterable
from functools import partial, wraps
from numbers import Real
from types import UnionType
from typing import Annotated, Any, ParamSpec, TypeVar, Union, get_args, get_origin

import numpy as np
import pandas as pd

from heldto.errors import Problem, did_you_mean
from heldto.evidence import Vintage, actors, examples, known_vintage, own_copy
from heldto.evidence.caching import cached

P = ParamSpec("P")
R = TypeVar("R")


def read_word(word: object) -> str:
    """The word itself. Raises Problem where it is none."""
    if not isinstance(word, str):
        raise Problem(f'give a word in quotes, such as "{examples.actor()}", not {word!r}')
    return word


def read_actor(word: object) -> str:
    """ISO3 of an actor by code, name or alias. Raises UnknownActor with a suggestion."""
    if not isinstance(word, str):
        raise actors.UnknownActor(f'give one actor, such as "{examples.actor()}", not {word!r}')
    return actors.find(word)


def read_year(year: object) -> int:
    """A year as an integer; 2015.0, as a row of a table holds it, is one. Raises Problem."""
    if isinstance(year, bool):
        raise Problem(f"a year is a whole number, such as {examples.year()}, not {year!r}")
    if isinstance(year, (int, float, np.number)) and float(year).is_integer():
        return int(year)
    raise Problem(
        f"a year is a whole number without quotes, such as {examples.year()}, not {year!r}"
    )


def read_month(month: object) -> str:
    """A month as the tables write it, "2015-06". Raises Problem."""
    if isinstance(month, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        return month
    raise Problem(f'a month is written "{examples.month()}", not {month!r}')


def read_count(number: object) -> int:
    """A whole number of years, at least 0. Raises Problem."""
    if isinstance(number, (int, np.integer)) and not isinstance(number, bool) and number >= 0:
        return int(number)
    raise Problem(f"give a whole number, such as 5, not {number!r}")


def read_net(net: object) -> object:
    """A network, as `network.graph` makes one. Raises Problem."""
    if hasattr(net, "adj"):
        return net
    raise Problem(f"give a network, such as graph(signed_ties({examples.year()})), not {net!r}")


def one_of(words: Iterable[str], word: str, what: str) -> str:
    """The word itself where it is one of these; what: what it should be, in words. Raises
    Problem.
    """
    allowed = sorted(set(words))
    if word not in allowed:
        says = f'"{word}" is no {what} here: choose {", ".join(filter(None, allowed))}.'
        raise Problem(f"{says} {did_you_mean(word, {one: one for one in allowed})}".strip())
    return word


Word = Annotated[str, read_word]
Actor = Annotated[str, read_actor]
Year = Annotated[int, read_year]
Month = Annotated[str, read_month]
Count = Annotated[int, read_count]
When = Annotated[Vintage, known_vintage] | None  # as known at which; None: all that is held


def measure(function: Callable[P, R]) -> Callable[P, R]:
    """A public measure: each argument is read by what it is annotated as. Raises Problem, or what
    the reader of its kind raises. What it finds is remembered, and whoever asks gets a copy; what
    is asked about a table or a network is worked out each time.
    """
    signature = inspect.signature(function)
    readers = {name: _read_as(parameter) for name, parameter in signature.parameters.items()}
    kinds = [parameter.annotation for parameter in signature.parameters.values()]
    changing = any(kind is pd.DataFrame or read_net in get_args(kind) for kind in kinds)
    work_out = function if changing else cached(function)

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        bound = signature.bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            bound.arguments[name] = readers[name](value)
        bound.apply_defaults()  # it is the same question, whether they are given or not
        return own_copy(work_out(*bound.args, **bound.kwargs))

    return ask


def _read_as(parameter: inspect.Parameter) -> Callable[[Any], Any]:
    """What reads the argument of a parameter: each of them, where there may be several."""
    read = _reader(parameter.annotation)
    several = parameter.kind is inspect.Parameter.VAR_POSITIONAL
    return (lambda values: tuple(map(read, values))) if several else read


def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads an argument of that annotation."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return inside[1]
    if origin in (Union, UnionType):
        read = _reader(inside[0])
        return lambda value: None if value is None else read(value)
    if origin is not None:
        return partial(_several, _reader(inside[0]))
    return partial(_of_type, Real if kind is float else kind)


def _several(read: Callable[[Any], Any], values: object) -> tuple[Any, ...]:
    if isinstance(values, Iterable) and not isinstance(values, str):
        return tuple(map(read, values))
    raise Problem(f"give a list, such as [{examples.two()}], not {values!r}")


def _of_type(kind: type, value: object) -> object:
    if isinstance(value, kind) or (kind is bool and isinstance(value, np.bool_)):
        return value
    names = {pd.DataFrame: "a table, as a measure returns it", bool: "True or False"}
    raise Problem(f"give {names.get(kind, f'a {kind.__name__}')}, not {value!r}")
