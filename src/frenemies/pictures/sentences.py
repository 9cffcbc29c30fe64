"""What a picture says: sentences split where August 2019 lies, and tables of years."""

import re
import textwrap

from frenemies import evidence
from frenemies.evidence import actors
from frenemies.pictures.style import THEN


def then_and_since(who, name, early, late=""):
    """The sentences of one mark: what was known in August 2019, and what came after. who: its actors."""
    return [(who, f"{name}: {early}.")] * bool(early) + [
        ((*who, "since"), f"{name} since: {late}.")
    ] * bool(late)


def told(who, name, frame, column, years, form="{:,.0f}"):
    """`then_and_since` of the figures of some years, those that are known: "Russia: 71.6 in 2018." and, apart, what came after."""
    known = frame.set_index("year")[column].dropna()
    words = {year: f"{form.format(known[year])} in {year}" for year in years if year in known}
    early, late = (
        ", ".join(text for year, text in words.items() if (year > THEN) == after)
        for after in (False, True)
    )
    return then_and_since(who, name, early, late)


def told_each(frame, by, column, years, form="{:,.0f}", others=(), about=""):
    """`told` of each actor of column `by`, in the order of the frame; others: without whom none of it shows; about: said after the name."""
    for code, rows in frame.groupby(by, sort=False):
        yield from told((code, *others), actors.name(code) + about, rows, column, years, form)


def needed(frame, column, codes, what):
    """The frame itself where it has rows of each of these actors. Raises NotHeld; what: of what, in words."""
    for code in codes:
        evidence.some(frame[frame[column].eq(code)], f"{what} of {actors.name(code)}")
    return frame


def since(year):
    """The word that marks a sentence about what came after August 2019: ("since",) or ()."""
    return ("since",) * bool(year > THEN)


def by_year(frame, column, values, digits=1):
    """A table of years with a column for each of `column`, actors by their names."""
    named = {
        code: actors.name(code) for code in frame[column].unique() if code in (*actors.ALL, "EU")
    }
    wide = frame.pivot(index="year", columns=column, values=values)
    return wide.rename(columns=named).rename_axis(columns=None).round(digits).reset_index()


def in_short(title, subtitle, lead, most=200):
    """What is heard of a picture after its title: the lead as far as whole sentences fit, the subtitle where the lead is the title."""
    sentences = re.split(r"(?<=\.) (?=[A-Z])", lead)
    told, *more = [one for one in sentences if one.rstrip(".") != title] or [subtitle]
    for sentence in more:
        if len(told) + len(sentence) >= most:
            break
        told += f" {sentence}"
    return textwrap.shorten(told.rstrip(".") + ".", most, placeholder=" ...")


def slug(*words):
    """Words as one key of a picture: slug("exercises", "left out") is "exercises-left-out"."""
    return re.sub(r"[^A-Za-z0-9]+", "-", "-".join(map(str, words))).strip("-")
