"""Who votes with whom: recorded votes on resolutions of the UN General Assembly, 1992 to 2024.

Sources: tables geopolitical/agreement, roll_calls, ideal_points.
"""

from typing import Annotated, Any

import numpy as np
import pandas as pd

from heldto import evidence
from heldto.errors import NotHeld, Problem
from heldto.evidence import actors
from heldto.evidence.caching import cached
from heldto.text.arguments import Actor, When, Year, measure

MEASURES = {
    "agree": "agreement",
    "same": "share of same votes",
    "opposed": "share of opposed votes",
    "kappa": "agreement beyond chance",
}
WEIGHTS = {"Y": 1.0, "A": 0.5, "N": 0.0}
DRAWS, SEED, FEWEST = (
    2000,
    2019,
    10,
)  # of an interval: draws, their seed, and roll calls it asks for


class NoVotes(NotHeld):
    """The two never voted together in the General Assembly, or one of them is no member."""


class UnknownMeasure(Problem):
    """Agreement is not measured that way here."""


def known_measure(word: object) -> str:
    """Return the word unchanged if agreement is measured that way. Otherwise it raises
    UnknownMeasure.
    """
    if isinstance(word, str) and word in MEASURES:
        return word
    raise UnknownMeasure(f'"{word}" is not a measure of agreement: choose {", ".join(MEASURES)}')


Agreement = Annotated[str, known_measure]


@measure
def agreement(a: Actor, b: Actor, *, vintage: When = None) -> pd.DataFrame:
    """Return the agreement of two actors in the UN General Assembly by year, in recorded votes on
    resolutions.

    Columns: year, common (roll calls both voted on), agree, same, opposed (shares, 0 to 1), kappa
    (-1 to 1; 0 is chance). Raises UnknownActor; NoVotes for Taiwan (no member), or for an actor and
    itself. Source: geopolitical/agreement.
    """
    first, second = sorted((a, b))
    votes = evidence.where("geopolitical/agreement", vintage, actor_a=first, actor_b=second)
    subject = f"votes of {actors.name(first)} and {actors.name(second)}"
    evidence.some(votes, subject, "choose two different members of the United Nations", NoVotes)
    return votes.drop(columns=["actor_a", "actor_b"]).reset_index(drop=True)


@measure
def from_roll_calls(
    a: Actor, b: Actor, first: Year, last: Year | None = None, *, important: bool = False
) -> dict[str, float]:
    """Compute the same measures again from single votes: a dict of common, agree, same, opposed (0
    to 1), kappa (-1 to 1).

    It uses all roll calls of the years first to last together. important: use only those that the
    US State Department lists (1992-2017). Raises UnknownActor, UnknownYear, NoVotes. Source:
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
def interval(
    a: Actor,
    b: Actor,
    year: Year,
    measure: Agreement = "kappa",
    *,
    less: Actor | None = None,
    since: Year | None = None,
    important: bool = False,
    coarse: bool = False,
) -> dict[str, float]:
    """Return how far chance moves the agreement of two actors in a year: a dict of low, high (95 %
    of the draws are between them, on the scale of the measure), calls (roll calls on which both
    voted), subjects (which are drawn one by one).

    The roll calls of the year are drawn again 2,000 times, with a fixed seed. Roll calls on one
    subject are drawn together, because they do not depend on chance separately. The source codes
    subjects to January 2020; for later years words of the title tell them. less: the agreement of
    the first actor with this one is subtracted, in the same draws. since: the roll calls of several
    years, from this one to `year`. important: only those that the US State Department lists
    (1992-2017). coarse: nuclear weapons and other arms are one subject. Raises UnknownActor,
    UnknownMeasure, UnknownYear, NoVotes; NotHeld if the two share fewer than ten roll calls.
    Sources: geopolitical/roll_calls, geopolitical/title_subjects.
    """
    votes = evidence.table("geopolitical/roll_calls")
    first, last = (evidence.known_year(votes, one, "vote") for one in (since or year, year))
    asked = (first, last, important, coarse)
    values, calls = _draws(a, b, asked, measure)
    if less is not None:
        other_values, common = _draws(a, less, asked, measure)
        values, calls = values - other_values, min(calls, common)
    low, high = np.nanpercentile(values, [2.5, 97.5])
    subjects = len(set(_subjects(*asked)))
    return {"low": float(low), "high": float(high), "calls": calls, "subjects": subjects}


Asked = tuple[int, int, bool, bool]  # the first and the last year, important ones alone, coarse


def _calls(first: int, last: int, important: bool, coarse: bool) -> pd.DataFrame:
    """The roll calls of some years."""
    votes = evidence.table("geopolitical/roll_calls")
    return votes[votes.year.between(first, last) & (votes.important | (not important))]


def source_codes(year: int) -> bool:
    """Whether the source codes subjects of roll calls of a year."""
    return bool(_calls(year, year, False, False).issues.fillna("").ne("").any())


@cached
def _subjects(first: int, last: int, important: bool, coarse: bool) -> list[str]:
    """The subject of each roll call: as the source codes it; in a year in which it codes none, by
    words of its title; its own number where neither tells it.
    """
    votes = _calls(first, last, important, coarse)
    coded = votes.issues.fillna("")
    by_title = ~votes.year.isin(votes.year[coded.ne("")])
    coded = coded.mask(by_title, votes.title.map(subject_of_title))
    if coarse:
        coded = coded.mask(coded.str.contains("di|nu"), "di|nu")
    return coded.where(coded.ne(""), votes.vote).tolist()


def subject_of_title(title: str) -> str:
    """The subjects that words of a title tell, as the source writes them: "di|nu"; "" where none
    does. Source: geopolitical/title_subjects.
    """
    words = evidence.table("geopolitical/title_subjects").itertuples()
    return "|".join(sorted({row.issue for row in words if row.words in title.lower()}))


@cached
def _weights(*asked: Any) -> np.ndarray:
    """How often each roll call of some years is drawn: a row a draw."""
    places, subjects = pd.factorize(np.array(_subjects(*asked), dtype=object))
    equal = np.full(len(subjects), 1 / len(subjects))
    counts = np.random.default_rng(SEED).multinomial(len(subjects), equal, size=DRAWS)
    return counts[:, places]


def _draws(a: str, b: str, asked: Asked, measure: str) -> tuple[np.ndarray, int]:
    """A measure of agreement under each draw, and how many roll calls both voted on."""
    agreement(a, b)
    votes = _calls(*asked)
    votes_a, votes_b = (votes[code].map(WEIGHTS).to_numpy(dtype=float) for code in (a, b))
    common = ~(np.isnan(votes_a) | np.isnan(votes_b))
    if (calls := int(common.sum())) < FEWEST:
        pair, (first, last) = f"{actors.name(a)} and {actors.name(b)}", asked[:2]
        years = first if first == last else f"{first} to {last}"
        problem = f"{calls} common roll calls of {pair} in {years} are too few for an interval"
        raise NotHeld(problem, f"choose a year with {FEWEST} or more")
    weights, votes_a, votes_b = _weights(*asked)[:, common], votes_a[common], votes_b[common]
    weights = weights / weights.sum(axis=1, keepdims=True)
    gap = np.abs(votes_a - votes_b)
    if measure == "kappa":
        return 1 - (weights @ gap) / _by_chance(weights, votes_a, votes_b), calls
    scores = {"agree": 1 - gap, "same": gap == 0, "opposed": gap == 1}[measure]
    return weights @ scores.astype(float), calls


def _by_chance(weights: np.ndarray, votes_a: np.ndarray, votes_b: np.ndarray) -> np.ndarray:
    """How far apart two would lie by chance under each draw, each with its own habit kept."""
    levels = np.array([*WEIGHTS.values()])
    habits = [weights @ (cast[:, None] == levels).astype(float) for cast in (votes_a, votes_b)]
    gaps = np.abs(np.subtract.outer(levels, levels))
    chance = np.einsum("di,ij,dj->d", habits[0], gaps, habits[1])
    return np.where(chance > 0, chance, np.nan)


@measure
def split_votes(a: Actor, b: Actor, year: Year) -> pd.DataFrame:
    """Return the resolutions of one year on which one actor voted yes and the other no. Columns:
    resolution, title, issues, and the two votes.

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
    """Return the distance between two actors' ideal points by session. Columns: year, distance,
    low, high (scale of the estimates).

    low, high: the source's own 90 % intervals of the two points, combined as if their errors were
    independent. Raises UnknownActor; NoVotes for Taiwan (no member). Source:
    geopolitical/ideal_points.
    """
    points = evidence.table("geopolitical/ideal_points", vintage)
    wide = points.pivot(index="year", columns="actor")
    points_of_pair = wide["ideal_point"].reindex(columns=[a, b]).dropna()
    subject = f"ideal points of {actors.name(a)} and {actors.name(b)}"
    evidence.some(points_of_pair, subject, "choose members of the United Nations", NoVotes)
    difference = points_of_pair.iloc[:, 0].sub(points_of_pair.iloc[:, 1])
    half = (wide["high"] - wide["low"])[[a, b]].loc[points_of_pair.index] / 2
    margin = np.hypot(half.iloc[:, 0], half.iloc[:, 1])
    low, high = (difference.abs() - margin).clip(lower=0), difference.abs() + margin
    return pd.DataFrame({"distance": difference.abs(), "low": low, "high": high}).reset_index()


@measure
def pair_ranking(year: Year, measure: Agreement = "kappa") -> pd.DataFrame:
    """Rank all pairs of one year, the closest first. Columns: rank, actor_a, actor_b, common (roll
    calls) and the measure (0 to 1; kappa -1 to 1).

    A pair that always voted yes has no kappa and is not in the ranking by kappa. Raises
    UnknownMeasure, UnknownYear. Source: geopolitical/agreement.
    """
    votes, ascending = evidence.table("geopolitical/agreement"), measure == "opposed"
    votes = votes[votes.year.eq(evidence.known_year(votes, year, "vote"))].dropna(subset=[measure])
    pairs = votes.sort_values(measure, ascending=ascending, kind="stable", ignore_index=True)
    place = pairs[measure].rank(ascending=ascending, method="min").astype(int)
    return pairs.assign(rank=place)[["rank", "actor_a", "actor_b", "common", measure]]


@measure
def rank_of_pair(a: Actor, b: Actor, year: Year, measure: Agreement = "kappa") -> int:
    """Return the rank of one pair among all pairs of a year, the closest first, an integer. Raises
    the errors of `pair_ranking`, and NoVotes.
    """
    first, second = sorted((a, b))
    pairs = pair_ranking(year, measure).query("actor_a == @first and actor_b == @second")
    subject = f"votes of {actors.name(first)} and {actors.name(second)} in {year}"
    return int(evidence.some(pairs, subject, lack=NoVotes)["rank"].iloc[0])
