"""Who votes with whom: recorded votes on resolutions of the UN General Assembly, 1992 to 2024.

Sources: tables geopolitical/agreement, roll_calls, group_agreement, ideal_points.
"""

import numpy as np
import pandas as pd

from frenemies import evidence
from frenemies.errors import NotHeld, Problem, did_you_mean
from frenemies.evidence import actors

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


def known_measure(word):
    """The word itself where agreement is measured that way. Raises UnknownMeasure."""
    if word not in MEASURES:
        raise UnknownMeasure(
            f'"{word}" is no measure of agreement here: choose {", ".join(MEASURES)}'
        )
    return word


def agreement(a, b, vintage=None):
    """Agreement of two actors in the UN General Assembly by year, recorded votes on resolutions.

    Columns: year, common (roll calls both voted on), agree, same, opposed (shares, 0 to 1), kappa (-1 to 1; 0 is chance).
    Raises UnknownActor; NoVotes for Taiwan (no member), or for an actor and itself. Source: geopolitical/agreement.
    """
    first, second = sorted((actors.find(a), actors.find(b)))
    frame = evidence.table("geopolitical/agreement", vintage).query(
        "actor_a == @first and actor_b == @second"
    )
    if frame.empty:
        lack = f"no figure for votes of {actors.name(first)} and {actors.name(second)}"
        raise NoVotes(lack, "choose two different members of the United Nations")
    return frame.drop(columns=["actor_a", "actor_b"]).reset_index(drop=True)


def from_roll_calls(a, b, first, last=None, important=False):
    """The same measures worked out afresh from single votes: dict of common, agree, same, opposed (0 to 1), kappa (-1 to 1).

    All roll calls of the years first to last together; important: only those the US State Department lists (1992-2017).
    Raises UnknownActor, UnknownYear, NoVotes. Source: geopolitical/roll_calls.
    """
    a, b, votes = actors.find(a), actors.find(b), evidence.table("geopolitical/roll_calls")
    first, last = (evidence.known_year(votes, year, "vote") for year in (first, last or first))
    votes = votes[votes.year.between(first, last) & (votes.important | (not important))]
    pair = pd.DataFrame(
        {code: votes.get(code, pd.Series(dtype=str)).map(WEIGHTS) for code in dict.fromkeys((a, b))}
    ).dropna()
    if a == b or pair.empty:
        lack = f"no figure for such votes of {actors.name(a)} and {actors.name(b)} in these years"
        remedy = "choose two different members of the United Nations; the list of important votes ends in 2017"
        raise NoVotes(lack, remedy)
    gap = (pair[a] - pair[b]).abs()
    chance = np.abs(np.subtract.outer(pair[a].to_numpy(), pair[b].to_numpy())).mean()
    kappa = float(1 - gap.mean() / chance) if chance else float("nan")
    return {
        "common": len(pair),
        "agree": float(1 - gap.mean()),
        "same": float(gap.eq(0).mean()),
        "opposed": float(gap.eq(1).mean()),
        "kappa": kappa,
    }


def split_votes(a, b, year):
    """The resolutions of one year on which two actors voted yes against no. Columns: resolution, title, issues, and the two votes.

    The two votes: Y yes, A abstained, N no. Raises UnknownActor, UnknownYear, NoVotes. Source: geopolitical/roll_calls.
    """
    a, b = actors.find(a), actors.find(b)
    agreement(a, b)
    votes = evidence.table("geopolitical/roll_calls")
    votes = votes[votes.year.eq(evidence.known_year(votes, year, "vote"))]
    split = votes[a].map(WEIGHTS).sub(votes[b].map(WEIGHTS)).abs().eq(1)
    return votes.loc[split, ["resolution", "title", "issues", a, b]].reset_index(drop=True)


def agreement_with_group(actor, group, vintage=None):
    """Mean agreement of an actor with the other members of EU, NATO, CIS, EAEU or ASEAN by year, outsiders of the 24 included.

    Columns: year, members, agree (mean), lowest, highest (0 to 1). Raises UnknownActor, NoVotes, Problem.
    Source: geopolitical/group_agreement.
    """
    actor, known = actors.find(actor), evidence.table("geopolitical/group_agreement", vintage)
    one_of(known.group, group, "group")
    found = known[known.actor.eq(actor) & known.group.eq(group)]
    if found.empty:
        raise NoVotes(f"no figure for votes of {actors.name(actor)} and the members of {group}")
    return found.drop(columns=["actor", "group"]).reset_index(drop=True)


def ideal_distance(a, b, vintage=None):
    """Distance between two actors' ideal points by session. Columns: year, distance (scale of the estimates).

    Raises UnknownActor; NoVotes for Taiwan (no member). Source: geopolitical/ideal_points.
    """
    a, b = actors.find(a), actors.find(b)
    wide = evidence.table("geopolitical/ideal_points", vintage).pivot(
        index="year", columns="actor", values="ideal_point"
    )
    both = wide.reindex(columns=[a, b]).dropna()
    if both.empty:
        lack = f"no figure for ideal points of {actors.name(a)} and {actors.name(b)}"
        raise NoVotes(lack, "choose members of the United Nations")
    return both.iloc[:, 0].sub(both.iloc[:, 1]).abs().rename("distance").reset_index()


def standing(year, measure="kappa"):
    """All pairs of one year, nearest first. Columns: rank, actor_a, actor_b, common (roll calls) and the measure (0 to 1; kappa -1 to 1).

    A pair that always voted yes has no kappa and is left out of that ranking.
    Raises UnknownMeasure, UnknownYear. Source: geopolitical/agreement.
    """
    known, away = evidence.table("geopolitical/agreement"), known_measure(measure) == "opposed"
    evidence.known_year(known, year, "vote")
    pairs = (
        known[known.year.eq(year)]
        .dropna(subset=[measure])
        .sort_values(measure, ascending=away, kind="stable")
    )
    place = pairs[measure].rank(ascending=away, method="min").astype(int)
    return pairs.assign(rank=place)[["rank", "actor_a", "actor_b", "common", measure]].reset_index(
        drop=True
    )


def rank_of(a, b, year, measure="kappa"):
    """Rank of one pair among all pairs of a year, nearest first, an integer. Raises as `standing`, and NoVotes."""
    first, second = sorted((actors.find(a), actors.find(b)))
    found = standing(year, measure).query("actor_a == @first and actor_b == @second")
    if found.empty:
        raise NoVotes(
            f"no figure for votes of {actors.name(first)} and {actors.name(second)} in {year}"
        )
    return int(found["rank"].iloc[0])


def one_of(column, word, what):
    """The word itself where a column holds it. Raises Problem."""
    words = sorted(set(column))
    if word not in words:
        near = did_you_mean(word, {one: one for one in words})
        raise Problem(f'"{word}" is no {what} here: choose {", ".join(words)}. {near}'.strip())
    return word
