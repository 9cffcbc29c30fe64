"""A ranking of countries as bars."""

import pandas as pd
from matplotlib.axes import Axes

from heldto.evidence import actors
from heldto.pictures import marks
from heldto.pictures.labels import width


def of_those_shown(ranked: pd.DataFrame, most: int, own: str, shown: marks.Shown) -> pd.DataFrame:
    """The first `most` of a ranking without the actors that are switched off; few actors that are
    shown are all among them. All keep their ranks; without `own` nothing is left.

    ranked: columns rank and partner, the first first; own: whose ranking it is, without whom
    nothing is left.
    """
    if shown is None:
        return ranked.head(most)
    if own not in shown:
        return ranked.head(0)
    left = ranked[~ranked["partner"].isin({*actors.ALL} - {*shown})]
    is_actor = left["partner"].isin(shown)
    if is_actor.sum() > most:
        return left.head(most)
    others = left[~is_actor].head(most - is_actor.sum())
    return left[is_actor | left.index.isin(others.index)]


def room_for_names(rows: pd.DataFrame) -> float:
    """How many inches the names and ranks of some rows take at the left of their bars."""
    names = rows["name"] + "  " + rows["rank"].astype(str)
    return 0.15 + max(map(width, names)) / 72


def draw_ranking(
    ax: Axes, rows: pd.DataFrame, column: str, pair: tuple[str, str], tell: str, since: bool = False
) -> None:
    """A bar a country, longest first: its rank beside its name, its figure at its end; those of
    actors are dark.

    rows: columns rank, partner, name and that of the figure; pair: whose ranking it is, and who is
    heavy in it; tell: what a bar tells, with the names of columns in braces; since: whether it
    tells of what came after August 2019.
    """
    own, heavy = pair
    for place, row in enumerate(rows.to_dict("records")):
        code, value = row["partner"], row[column]
        known, bold = code in actors.ALL, code == heavy
        look: marks.Look = {"fontweight": "bold"} if bold else {}
        whose = (own, code) if known else (own,)
        mark = marks.Tagged(ax, *whose, since=since, tell=tell.format_map(row))
        colour = actors.colour(code) if bold else "#8FA3AD" if known else "#D5D8DB"
        looks = dict(color=colour, height=0.75, linewidth=0)  # an edge would hide short ones
        mark.barh(-place, value, **looks)
        mark.beside(value, -place, f"{value:,.0f}", **look)
        mark.row_name(-place, f"{row['name']}  {row['rank']}", **look)
    ax.set(yticks=[], ylim=(0.5 - len(rows), 0.5))
