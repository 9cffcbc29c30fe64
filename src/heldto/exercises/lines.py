"""Answers in code: what lines of pandas give, and what they give with a likely slip in them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pandas as pd

from heldto import article
from heldto.errors import Problem

Slip = Mapping[str, str]  # what stands `for` something else is `put` there, and `why` that is off


def run_lines(lines: str) -> Any:
    """The answer that some lines of Python give."""
    names: dict[str, Any] = {"fr": article.face(), "pd": pd}
    exec(lines, names)
    return names["answer"]


def slipped(lines: str, slip: Slip) -> tuple[Any, str]:
    """The answer that lines give with a slip in them, and why it is off.

    Raises Problem where the lines have no such part, and whatever they raise then.
    """
    if slip["for"] not in lines:
        raise Problem(f'no line has "{slip["for"]}"')
    return run_lines(lines.replace(slip["for"], slip["put"])), slip["why"]


@dataclass(frozen=True)
class Slips:
    """Wrong answers to a question, and why they are off, worked out when they are looked at.

    One that the data at hand do not give is left out.
    """

    lines: str
    slips: Sequence[Slip]

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        for slip in self.slips:
            with suppress(Exception):
                yield slipped(self.lines, slip)
