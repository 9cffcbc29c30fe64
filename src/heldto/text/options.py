"""What the options of a reading, and a reader's switches, stand for."""

import re
from collections.abc import Mapping
from typing import Any

from heldto import evidence
from heldto.errors import NotHeld, Problem, is_second
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.arguments import one_of


def picked(options: Mapping[str, Any], word: str, what: str) -> Any:
    """What an option of a reading stands for; what: of which choice, in words. Raises Problem."""
    return options[one_of(options, word, what)]


def span_of(words: str) -> tuple[int, int]:
    """The first and the last year of "2013-14", or of "2014". Raises Problem."""
    if not re.fullmatch(r"\d{4}(-(\d\d){1,2})?", words):
        raise Problem(
            f'"{words}" is neither a year nor a span of years: write it like 2014, or 2013-14'
        )
    first, last = words[:4], words[5:] or words[:4]
    return int(first), int(first[: 4 - len(last)] + last)


@cached
def year_of(table: str, vintage: Vintage, option: str = "") -> int:
    """The year that an option of a reading names, among all years of a table; the last one of the
    vintage where it is "". Raises NotHeld for a later year where the table ends with the article's
    day; Problem.
    """
    years = {str(year): int(year) for year in evidence.table(table).year.unique()}
    last = int(evidence.table(table, vintage).year.max())
    if option.isdecimal() and option not in years:
        if max(years.values()) <= evidence.CUTS["annual"] < int(option):
            raise NotHeld(f"no year {option} in {table}")
        span = f"{min(years.values())} to {max(years.values())}"
        raise Problem(
            f'"{option}" has no rows in {table}, which has {span}: add them, or choose another year'
        )
    return picked({"": last} | years, option, "year")


def as_one(word: str) -> bool:
    """Whether a reader's switch has those shown as one: "apart" or "together". Raises Problem."""
    return is_second(word, "apart", "together")
