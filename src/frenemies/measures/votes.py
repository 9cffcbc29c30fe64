"""Who votes with whom: recorded votes on resolutions of the UN General Assembly, 1992 to 2024.

Sources: tables geopolitical/agreement, roll_calls, ideal_points.
"""

from typing import Annotated

import numpy as np
import pandas as pd

from heldto import evidence
from heldto.errors import NotHeld, Problem
from heldto.evidence import actors
from heldto.text.arguments import Actor, When, Year, measure

MEASURES = {
    "agree": "agreement",
    "same": "share of same votes",
    "opposed": "share of opposed votes",
    "kappa": "agreement beyond chance",
}
WEIGHTS = {"Y": 1.0, "A": 0.5, "N": 0.0}


class NoVotes(NotHeld):
    """The two never voted together in the General Assembly, or one of them is no member."""


class UnknownMeasure(Problem):
    """Agreement is not measured that way here."""


def known_measure(word: object) -> str:
    """The word itself where agreement is measured that way. Raises UnknownMeasure."""
    if isinstance(word, str) and word in MEASURES:
        return word
    raise UnknownMeasure(f'"{word}" is no measure of agreement here: choose {", ".join(MEASURES)}')


Agreement = Annotated[str, known_measure]


@measure
def agreement(a: Actor, b: Actor, *, vintage: When = None) -> pd.DataFrame:
    """Agreement of two actors in the UN General Assembly by year, recorded votes on resolutions.

    Columns: year, common (roll calls both voted on), agree, same, opposed (shares, 0 to 1), kappa
    (-1 to 1; 0 is chance). Raises UnknownActor; NoVotes for Taiwan (no member), or for an actor and
    itself. Source: geopolitical/agreement.
    """
    first, second = sorted((a, b))
    votes = evidence.where("geopolitical/agreement", vintage, actor_a=first, actor_b=second)
    what = f"votes of {actors.name(first)} and {actors.name(second)}"
    evidence.some(votes, what, "choose two different members of the United Nations", NoVotes)
    return votes.drop(columns=["actor_a", "actor_b"]).reset_index(drop=True)


@measure
def from_roll_calls(
    a: Actor, b: Actor, first: Year, last: Year | None = None, *, important: bool = False
) -> dict[str, float]:
    """The same measures worked out afresh from single votes: dict of common, agree, same, opposed
    (0 to 1), kappa (-1 to 1).

    All roll calls of the years first to last together; important: only those the US State
    Department lists (1992-2017). Raises UnknownActor, UnknownYear, NoVotes. Source:
    geopolitical/roll_calls.
    """
    votes = evidence.table("geopolitical/roll_calls")
    first, last = (evidence.known_year(votes, year, "vote") for year in (first, last or first))
    votes = votes[votes.year.between(first, last) & (votes.important | (not important))]
    cast = {code: votes.get(code, pd.Series(dtype=str)).map(WEIGHTS) for code in (a, b)}
    pair = pd.DataFrame(cast).dropna()
    if a == b or pair.empty:
        lack = f"no figure for such votes of {actors.name(a)} and {actors.name(b)} in these years"
        choose = "choose two different members of the United Nations"
        raise NoVotes(lack, f"{choose}; the list of important votes ends in 2017")
    gap = (pair[a] - pair[b]).abs()
    chance = np.abs(np.subtract.outer(pair[a].to_numpy(), pair[b].to_numpy())).mean()
    return {
        "common": len(pair),
        "agree": float(1 - gap.mean()),
        "same": float(gap.eq(0).mean()),
        "opposed": float(gap.eq(1).mean()),
        "kappa": float(1 - gap.mean() / chance) if chance else float("nan"),
    }


@measure
def split_votes(a: Actor, b: Actor, year: Year) -> pd.DataFrame:
    """The resolutions of one year on which two actors voted yes against no. Columns: resolution,
    title, issues, and the two votes.

    The two votes: Y yes, A abstained, N no. Raises UnknownActor, UnknownYear, NoVotes. Source:
    geopolitical/roll_calls.
    """
    agreement(a, b)
    votes = evidence.table("geopolitical/roll_calls")
    votes = votes[votes.year.eq(evidence.known_year(votes, year, "vote"))]
    split = votes[a].map(WEIGHTS).sub(votes[b].map(WEIGHTS)).abs().eq(1)
    return votes.loc[split, ["resolution", "title", "issues", a, b]].reset_index(drop=True)


@measure
def ideal_distance(a: Actor, b: Actor, *, vintage: When = None) -> pd.DataFrame:
    """Distance between two actors' ideal points by session. Columns: year, distance (scale of the
    estimates).

    Raises UnknownActor; NoVotes for Taiwan (no member). Source: geopolitical/ideal_points.
    """
    points = evidence.table("geopolitical/ideal_points", vintage)
    points = points.pivot(index="year", columns="actor", values="ideal_point")
    both = points.reindex(columns=[a, b]).dropna()
    what = f"ideal points of {actors.name(a)} and {actors.name(b)}"
    evidence.some(both, what, "choose members of the United Nations", NoVotes)
    return both.iloc[:, 0].sub(both.iloc[:, 1]).abs().rename("distance").reset_index()


@measure
def standing(year: Year, measure: Agreement = "kappa") -> pd.DataFrame:
    """All pairs of one year, nearest first. Columns: rank, actor_a, actor_b, common (roll calls)
    and the measure (0 to 1; kappa -1 to 1).

    A pair that always voted yes has no kappa and is left out of that ranking.
    Raises UnknownMeasure, UnknownYear. Source: geopolitical/agreement.
    """
    votes, away = evidence.table("geopolitical/agreement"), measure == "opposed"
    votes = votes[votes.year.eq(evidence.known_year(votes, year, "vote"))].dropna(subset=[measure])
    pairs = votes.sort_values(measure, ascending=away, kind="stable", ignore_index=True)
    place = pairs[measure].rank(ascending=away, method="min").astype(int)
    return pairs.assign(rank=place)[["rank", "actor_a", "actor_b", "common", measure]]


@measure
def rank_of(a: Actor, b: Actor, year: Year, measure: Agreement = "kappa") -> int:
    """Rank of one pair among all pairs of a year, nearest first, an integer. Raises as `standing`,
    and NoVotes.
    """
    first, second = sorted((a, b))
    pairs = standing(year, measure).query("actor_a == @first and actor_b == @second")
    what = f"votes of {actors.name(first)} and {actors.name(second)} in {year}"
    return int(evidence.some(pairs, what, lack=NoVotes)["rank"].iloc[0])
