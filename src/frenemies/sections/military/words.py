"""How this section writes actors, shares and windows of years."""

import pandas as pd

from frenemies.evidence import actors

SHORT = {"USA": "USA", "other": "others"}


def name(code):
    """An actor's name, short enough for a label; "others" for suppliers that are no actors."""
    return SHORT.get(code) or actors.name(code)


def percent(share):
    """A share (0 to 1) in per cent: "70 %", "8.5 %" where it is under a tenth, and "no figure" where it is NaN."""
    if pd.isna(share):
        return "no figure"
    return f"{share * 100:.0f} %" if share >= 0.1 or not share else f"{share * 100:.1f} %"


def span(end):
    """The five years to `end`: "2014-18", and "1999-2003" across the century."""
    return f"{end - 4}-{end % 100:02d}" if end % 100 > 3 else f"{end - 4}-{end}"
