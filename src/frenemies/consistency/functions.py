"""What must agree with what, where it takes steps that no entry of declared.toml can say."""

from collections.abc import Iterator
from itertools import combinations, product

import pandas as pd

from frenemies.consistency.core import Violation, differs, identity, outside

WHERE = "({reporter} with {partner}, {flow}, {year})"
UNION = {"EAEU4": ["ARM", "BLR", "KAZ", "KGZ"], "EAEU5": ["ARM", "BLR", "KAZ", "KGZ", "RUS"]}


@identity("economic/trade_groups", "economic/trade")
def unions_are_their_members(groups: pd.DataFrame, trade: pd.DataFrame) -> Iterator[Violation]:
    """The Eurasian union is the sum of its members' rows."""
    for union, members in UNION.items():
        for side, far_side in (("reporter", "partner"), ("partner", "reporter")):
            within = trade[trade[side].isin(members) & ~trade[far_side].isin(members)]
            sums = within.groupby([far_side, "year", "flow"]).value_usd.agg(["sum", "size"])
            rows = groups[groups[side].eq(union)].join(sums, on=[far_side, "year", "flow"])
            says = "its members' rows in data/economic/trade.csv"
            odd = rows[differs(rows.value_usd, rows["sum"])]
            yield Violation("value_usd", odd, f"{says} add up to {{sum}} {WHERE}")
            odd = rows[differs(rows.members, rows["size"])]
            yield Violation("members", odd, f"{says} are {{size}} {WHERE}")


MTOE = 0.041868  # exajoules
EDITIONS_OF_COAL = 0.029  # of 2016: 80.2 EJ in the edition of 2021, 78.0 in that of 2026


@identity("economic/energy_use", "economic/coal_editions")
def editions_of_coal_agree(use: pd.DataFrame, editions: pd.DataFrame) -> Iterator[Violation]:
    """China's coal is what each edition says, nearly."""
    china = use[use.actor.eq("CHN")]
    exajoules = editions.coal.where(editions.unit.eq("EJ"), editions.coal * MTOE)
    editions = editions.assign(given=exajoules)
    rows = china.merge(editions[["year", "given", "edition"]], on="year")
    says = "the edition of {edition} in data/economic/coal_editions.csv has {given} EJ ({year})"
    yield Violation("coal_ej", rows[differs(rows.coal_ej, rows.given, EDITIONS_OF_COAL)], says)


WEIGHT = {"Y": 1.0, "A": 0.5, "N": 0.0}
PAIR = ["actor_a", "actor_b", "year"]
ROUNDED = {"common": 0, "agree": 6e-5, "same": 6e-5, "opposed": 6e-5, "kappa": 6e-4}
VOTES = {"yes": "Y", "abstain": "A", "no": "N"}
MEMBERS = 193  # of the United Nations


def _counts(votes: pd.DataFrame) -> pd.DataFrame:
    """{pair of votes: how often}, by pair of actors, of the roll calls of one year."""
    cast = {vote: votes.eq(vote).astype(int) for vote in WEIGHT}
    both = {
        (first, second): cast[first].T @ cast[second] for first, second in product(WEIGHT, WEIGHT)
    }
    pairs = pd.MultiIndex.from_product([votes.columns, votes.columns])
    return pd.DataFrame({key: counts.to_numpy().ravel() for key, counts in both.items()}, pairs)


def _measures(counts: pd.DataFrame) -> pd.DataFrame:
    """Agreement and kappa from the counts of pairs of votes."""
    gap = {key: abs(WEIGHT[key[0]] - WEIGHT[key[1]]) for key in counts}
    common = counts.sum(axis=1)
    mine, theirs = (counts.T.groupby(level=level).sum().T for level in (0, 1))
    observed = sum(counts[key] * gap[key] for key in counts) / common
    both = sum(mine[first] * theirs[second] * gap[first, second] for first, second in counts)
    chance = both / common**2
    return pd.DataFrame({
        "common": common,
        "agree": 1 - observed,
        "same": sum(counts[vote, vote] for vote in WEIGHT) / common,
        "opposed": (counts["Y", "N"] + counts["N", "Y"]) / common,
        "kappa": 1 - observed / chance.where(chance > 0),
    })  # fmt: skip


@identity("geopolitical/agreement", "geopolitical/roll_calls")
def agreement_is_counted_from_votes(
    agreement: pd.DataFrame, calls: pd.DataFrame
) -> Iterator[Violation]:
    """Every figure of every pair follows from the single votes."""
    members = [column for column in calls if column.isupper()]
    years = {year: _measures(_counts(votes[members])) for year, votes in calls.groupby("year")}
    recounted = pd.concat(years, names=["year", "actor_a", "actor_b"]).add_suffix("_again")
    rows = agreement.join(recounted, on=["year", "actor_a", "actor_b"])
    for column, amount in ROUNDED.items():
        says = f"the votes in data/geopolitical/roll_calls.csv give {{{column}_again}}"
        odd = _suspect(rows[differs(rows[column], rows[f"{column}_again"], amount=amount)])
        says_who = "{pairs} of {who}'s pairs are off that year"
        yield Violation(column, odd, f"{says} ({{actor_a}} and {{actor_b}}, {{year}}; {says_who})")


LEAST = 10  # votes in common: a pair with fewer in a year has no row


@identity("geopolitical/roll_calls", "geopolitical/agreement")
def pairs_that_voted_have_a_row(
    calls: pd.DataFrame, agreement: pd.DataFrame
) -> Iterator[Violation]:
    """Every pair that has votes in common in a year has a row of agreement."""
    members = [column for column in calls if column.isupper()]
    known_rows = {*agreement[["year", *PAIR[:2]]].itertuples(index=False, name=None)}
    for year, votes in calls.groupby("year"):
        cast = votes[members].isin([*WEIGHT]).astype(int)
        common = cast.T @ cast
        lacking = [
            f"{first} and {second}"
            for first, second in combinations(sorted(members), 2)
            if common.loc[first, second] >= LEAST and (year, first, second) not in known_rows
        ]
        rows = votes.head(1).assign(lacking=", ".join(lacking))
        says = "data/geopolitical/agreement.csv has no row of {lacking} in that year"
        yield Violation("year", rows[rows.lacking.ne("")], says, "put it back there")


def _suspect(odd: pd.DataFrame) -> pd.DataFrame:
    """The one of each pair that is off with more others in the year, and with how many: a vote
    that is wrong is wrong in all pairs of its state.
    """
    sides = [odd[["year", side]].set_axis(["year", "who"], axis=1) for side in PAIR[:2]]
    often = pd.concat(sides).value_counts().rename("pairs")
    first, second = (side.join(often, on=["year", "who"]) for side in sides)
    return odd.assign(
        who=first.who.where(first.pairs >= second.pairs, second.who),
        pairs=first.pairs.where(first.pairs >= second.pairs, second.pairs),
    )


@identity("geopolitical/roll_calls")
def votes_are_within_the_membership(calls: pd.DataFrame) -> Iterator[Violation]:
    """The actors' own votes are within the counts, and these within the membership."""
    members = [column for column in calls if column.isupper()]
    cast = calls[[*VOTES]].sum(axis=1)
    for column, vote in VOTES.items():
        rows = calls.assign(ours=calls[members].eq(vote).sum(axis=1))
        says = "{ours} of the actors alone voted so ({resolution}, {year})"
        yield Violation(column, rows[rows[column] < rows.ours], says)
    rows = calls.assign(cast=cast, absent=calls[members].eq("").sum(axis=1))
    says = "yes, no and abstentions are {cast}, with {absent} actors absent: of 193 members"
    odd = rows[rows.cast > MEMBERS]
    yield Violation("yes", odd, f"{says} ({{resolution}}, {{year}})", "look up the three counts")


# the mean over a group, less the mean over its members that are actors, or all but one of them
FROM_OURS = {"ASEAN": 0.13, "CIS": 0.09, "EU": 0.05}  # not NATO: the USA stand far from the rest


@identity("geopolitical/group_agreement", "geopolitical/agreement", "groups")
def groups_agree_as_their_members(
    groups: pd.DataFrame, agreement: pd.DataFrame, spells: pd.DataFrame
) -> Iterator[Violation]:
    """A group's mean, lowest and highest follow from its members, as far as they are actors."""
    where = "({actor} with {group}, {year})"
    rows = groups.merge(_known(groups, agreement, spells), on=["actor", "group", "year"])
    for column, known, is_off in (
        ("lowest", "least", rows.lowest > rows.least + 1e-4),
        ("highest", "greatest", rows.highest < rows.greatest - 1e-4),
        ("agree", "mean", (rows.agree - rows["mean"]).abs() > rows.group.map(FROM_OURS)),
    ):
        says = f"its members in data/geopolitical/agreement.csv give {{{known}}} {where}"
        yield Violation(column, rows[is_off], says)
    whole = rows[rows["size"].eq(rows.members)]
    for column, known in (("lowest", "least"), ("highest", "greatest"), ("agree", "mean")):
        says = f"all its members in data/geopolitical/agreement.csv give {{{known}}} {where}"
        yield Violation(column, whole[differs(whole[column], whole[known], amount=1e-4)], says)
    others = rows[rows["size"] < rows.members]
    left = others.members * others.agree - others["size"] * others["mean"]
    others = others.assign(left=left / (others.members - others["size"]))
    odd = others[outside(others.left, others.lowest - 2e-3, others.highest + 2e-3)]
    says = "that leaves {left} for members that are not actors; it must be {lowest} to {highest}"
    yield Violation("agree", odd, f"{says} {where}")


def _known(groups: pd.DataFrame, agreement: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Agreement of an actor with the members of a group that are actors, by year: least, mean,
    greatest and their number.
    """
    turned = agreement.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})
    pairs = pd.concat([agreement, turned])[[*PAIR, "agree"]]
    full = spells[spells.status.eq("full")][["group", "member", "start", "end"]]
    rows = pairs.merge(full, left_on="actor_b", right_on="member")
    rows = rows[rows.year.ge(rows.start) & ~rows.year.gt(rows.end)]
    agree = rows.rename(columns={"actor_a": "actor"}).groupby(["actor", "group", "year"]).agree
    return agree.agg(least="min", mean="mean", greatest="max", size="size").reset_index()


@identity("geopolitical/meetings")
def occasions_are_apart(meetings: pd.DataFrame) -> Iterator[Violation]:
    """An occasion ends after it begins, within a week, and the next is more than three days off."""
    rows = meetings.sort_values("date")
    first, last = pd.to_datetime(rows.date), pd.to_datetime(rows.until)
    rows["days"] = (last - first).dt.days
    odd = rows[outside(rows.days, 0, 7)]
    yield Violation(
        "until", odd, "the first day is {date}", "an occasion has a week at most: mend a day"
    )
    rows["earlier"] = rows.until.shift().fillna("")
    odd = rows[(first - last.shift()).dt.days <= 3]
    join = (
        "three days or less are one: look up both days, and join the two if they are one occasion"
    )
    yield Violation("date", odd, "the occasion before ends on {earlier}", join)
    odd = rows[rows.places > rows.days + 2]
    yield Violation("places", odd, "the occasion has {days} nights", "look up the cities")


COUNTED = (0.9, 1.4)  # others' counts over the occasions listed; 42 in 2023, with video, over 32


@identity("geopolitical/meeting_counts", "geopolitical/meetings")
def counts_follow_the_list(counts: pd.DataFrame, meetings: pd.DataFrame) -> Iterator[Violation]:
    """What others counted is near the number of occasions listed by that day."""
    listed = [int((meetings.date <= day).sum()) for day in counts.date]
    rows = counts.assign(listed=listed)
    says = "data/geopolitical/meetings.csv lists {listed} by {date}"
    yield Violation("count", rows[outside(rows["count"] / rows.listed, *COUNTED)], says)


@identity("geopolitical/memberships", "groups")
def memberships_begin_as_in_groups(rows: pd.DataFrame, groups: pd.DataFrame) -> Iterator[Violation]:
    """They begin in the same year as in groups.csv; the EU's, in COW, in 1993."""
    ours, theirs = ["org", "actor", "status"], ["group", "member", "status"]
    same = rows.merge(groups.drop(columns="row"), left_on=ours, right_on=theirs)
    says = "data/groups.csv has {start} ({actor} in {org})"
    yield Violation("start_year", same[same.start_year.ne(same.start) & same.org.ne("EU")], says)
