"""How figures, days and actors are written in a text: what stands behind a bar in two braces.

    {{ value | number(1) }}     8.5             {{ value | signed(1) }}      +8.5
    {{ value | thousands(0) }}  8,500           {{ value | plain }}          as few digits as do
    {{ share | percent }}       85 %, of 0.85   {{ date | day }}             28 June 2015
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

A text is data, though a stranger may have written it. So this language has figures, sums, filters,
`if` and one `for` over figures, and nothing else: no calls, no variables, no powers. What a text
can cost is therefore bounded by its length and by the figures that it names.
"""

from collections.abc import Callable, Iterable, Mapping
from numbers import Number
from typing import Any

import pandas as pd
from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from heldto.evidence import actors
from heldto.text import words
from heldto.text.lacking import WRITER, Lacking
from heldto.tr import numerals, tr

STATEMENTS = (nodes.Template, nodes.Output, nodes.If, nodes.For)
EXPRESSIONS = (
    *(nodes.Name, nodes.Const, nodes.TemplateData, nodes.List, nodes.Tuple, nodes.Slice),
    *(nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Keyword),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat),
)
MEANT = {  # what a message calls the parts of Jinja2 that a text may not use
    nodes.Call: "a call",
    nodes.Pow: "a power",
    nodes.Assign: "{% set %}",
    nodes.Macro: "{% macro %}",
    nodes.Include: "{% include %}",
    nodes.Import: "{% import %}",
}
DIGITS = 12  # after the point, at most


class Missing(StrictUndefined):
    """A name that is not there: whoever writes it raises Lacking."""

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, *args: Any
    ) -> None:
        owner = None if obj is missing else obj
        super().__init__(hint, obj, name, lambda _: Lacking(owner, name))  # type: ignore[arg-type]


class Texts(ImmutableSandboxedEnvironment):
    """The environment of all texts. own: our own filters by name."""

    own: dict[str, Callable[..., str]]
    intercepted_binops = frozenset("*%")

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        """What Jinja2 calls with every text that was read, before it becomes code."""
        alone = source.body[0] if len(source.body) == 1 else None
        _refuse_code(alone.node if isinstance(alone, nodes.Assign) else source)  # an expression
        return super()._generate(source, *args, **options)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A product or a rest of numbers, and of nothing else: of words it could fill the
        memory.
        """
        if not (_is_figure(left) and _is_figure(right)):
            raise TypeError(f"{operator} stands between numbers only")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a dot asks for: what stands in a table under that name comes before what Python does
        with the table.
        """
        if isinstance(obj, (Mapping, pd.Series, pd.DataFrame)) and attribute in obj:
            return obj[attribute]
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            return self.getitem(obj, attribute)
        return (
            value
            if self.is_safe_attribute(obj, attribute, value)
            else self.undefined(obj=obj, name=attribute)
        )

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
                return _name_in_text(node)
        return str(name)


def text_environment() -> Texts:
    """The environment in which every text is filled: nothing is escaped, and nothing missing."""
    environment = Texts(undefined=Missing, keep_trailing_newline=True, finalize=_held)
    environment.own = FILTERS
    environment.filters = {**FILTERS, "length": len}
    environment.globals.clear()
    return environment


def _refuse_code(node: nodes.Node, in_loop: bool = False) -> None:
    """Raise TypeError where a text has a part that is no figure, no sum and no sentence."""
    if not isinstance(node, (*STATEMENTS, *EXPRESSIONS)):
        what = MEANT.get(type(node), f"{type(node).__name__.lower()} of Jinja2")
        raise TypeError(f"{what} cannot stand in a text, which is data and no program")
    if isinstance(node, nodes.For):
        if in_loop or node.recursive:
            raise TypeError("one {% for %} cannot stand in another")
        in_loop = True
    for child in node.iter_child_nodes():
        _refuse_code(child, in_loop)


def _last(node: nodes.Node) -> Any:
    """What a node asks for: a name after a dot, or what stands in brackets."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return node.arg.value
    return None


def _name_in_text(node: nodes.Node) -> str:
    """A name as it stands in a text."""
    if isinstance(node, nodes.Name):
        return node.name
    if not isinstance(node, (nodes.Getattr, nodes.Getitem)):
        return "(...)"
    last = _last(node)
    return _name_in_text(node.node) + (
        f".{last}" if isinstance(node, nodes.Getattr) else f"[{last!r}]"
    )


@pass_context
def _held(context: Context, value: Any) -> Any:
    """What is written as it is: never a figure that the tables lack."""
    return context[WRITER].held(value)


@pass_context
def _number(context: Context, value: Any, digits: int) -> str:
    return context[WRITER].number(value, f".{_digits(digits)}f")


@pass_context
def _signed(context: Context, value: Any, digits: int) -> str:
    return context[WRITER].number(value, f"+.{_digits(digits)}f")


@pass_context
def _thousands(context: Context, value: Any, digits: int) -> str:
    return context[WRITER].number(value, f",.{_digits(digits)}f")


def _is_figure(value: Any) -> bool:
    """Whether a value is a number, a column of numbers, or a gap, which says so itself."""
    is_column = isinstance(value, pd.Series) and pd.api.types.is_numeric_dtype(value)
    return is_column or isinstance(value, (Number, Missing))


def _digits(digits: Any) -> int:
    if digits not in range(DIGITS + 1):
        raise ValueError(f"digits after the point are 0 to {DIGITS}, not {str(digits)[:20]}")
    return int(digits)


@pass_context
def _in_general_form(context: Context, value: Any) -> str:
    return numerals(f"{context[WRITER].held(value):g}")


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
    """Words or numbers in a row, 2015.0 as "2015"; "none" where there are none."""
    texts = (numerals(f"{item:g}") if isinstance(item, float) else str(item) for item in items)
    return (f" {between} " if between else ", ").join(texts) or tr("none")


FILTERS: dict[str, Callable[..., str]] = {
    "number": _number,
    "signed": _signed,
    "thousands": _thousands,
    "plain": _in_general_form,
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
