"""What a record says twice: a name or an address that holds a date, an outcome and its votes, a
flag and its neighbours. So a wrong date, letter, flag or code is seen, and not only a wrong amount.
"""

import calendar
import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from frenemies.consistency.core import LOOK, OPPOSITE, Violation, identity
from heldto.claims.proof import LATE

YEAR = r"((?:19|20)\d\d)"
NUMBER = {month: number for number, month in enumerate(calendar.month_name) if number}
IN_WORDS = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(NUMBER)}) {YEAR}\b")
IN_DIGITS = re.compile(r"(?<!\d)(20[012]\d)[-/]?([01]\d)[-/]?([0-3]\d)(?!\d)")
BOTH = "look up which of the two is wrong"
P5 = ["CHN", "RUS", "USA"]


# Names and addresses that hold a date


@identity("military/exercises")
def a_name_with_a_year_is_of_that_year(rows: pd.DataFrame) -> Iterator[Violation]:
    """ "Joint Sea-2017" was held in 2017."""
    rows = rows.assign(named=rows.name.str.extract(YEAR)[0], year=rows.date.str[:4])
    odd = rows[rows.named.notna() & rows.named.ne(rows.year)]
    yield Violation("date", odd, "its name is {name}", BOTH)


@identity("geopolitical/roll_calls")
def a_resolution_is_of_its_session(rows: pd.DataFrame) -> Iterator[Violation]:
    """A/RES/73/... is of session 73, which began in 2018 and ended in 2019."""
    session = pd.to_numeric(rows.resolution.str.extract(r"^A/RES/(\d+)/")[0])
    rows = rows.assign(began=session + 1945)
    odd = rows[(rows.year - rows.began).gt(1) | rows.year.lt(rows.began)]
    yield Violation("year", odd, "{resolution} is of a session that began in {began}", BOTH)


@identity("geopolitical/vetoes")
def a_draft_is_of_its_year_and_was_vetoed(rows: pd.DataFrame) -> Iterator[Violation]:
    """S/2017/315 is of 2017; one of the three at least voted against it."""
    rows = rows.assign(named=rows.draft.str.extract(r"^S/(\d{4})/")[0], year=rows.date.str[:4])
    odd = rows[rows.named.notna() & rows.named.ne(rows.year)]
    yield Violation("date", odd, "the draft is {draft}", BOTH)
    odd = rows[~rows[P5].any(axis=1)]
    yield Violation("draft", odd, "no column has the veto of one of the three")


def _dates(text: str) -> list[str]:
    """The days that an address or a note names, as ISO."""
    words = [
        f"{year}-{NUMBER[month]:02}-{int(day):02}" for day, month, year in IN_WORDS.findall(text)
    ]
    digits = [f"{year}-{month}-{day}" for year, month, day in IN_DIGITS.findall(text)]
    return [date for date in [*words, *digits] if "00" not in date.split("-")[1:]]


LATER = 15  # days: a page may report an event later; seen 12, Putin's of 2018
MUCH_LATER = {"2011-08-03", "2021-06-28"}


@identity("documents")
def a_page_is_not_older_than_what_it_tells(rows: pd.DataFrame) -> Iterator[Violation]:
    """The address of a page that holds a day holds that of the event, or one soon after it."""
    dated = _dated_pages(rows)
    far = dated.later.lt(-1) | dated.later.gt(LATER)
    odd = dated[far & ~dated.date.isin(MUCH_LATER)]
    yield Violation("date", odd, "its page is from {named} ({claim}: {page})", BOTH)


NO_WORD = {  # show nothing, and their notes say why in other words
    ("F2", "2019-06-05"),
    ("G2", "2019-07-04"),
    ("G2", "2025-12-31"),
    ("G4", "2019-03-12"),
    ("G13", "2019-06-07"),
}


@identity("documents")
def a_document_shows_something_or_stands_for_context(rows: pd.DataFrame) -> Iterator[Violation]:
    """One that no verdict rests on says so in its note, and no other does."""
    context = rows.note.str.startswith("for context")
    odd = rows[context & rows.shows.ne("")]
    yield Violation("shows", odd, "its note has {note} ({claim}, {date})", BOTH)
    silent = rows[rows.shows.eq("") & ~rows.note.str.contains("for context")]
    known = [place in NO_WORD for place in zip(silent.claim, silent.date, strict=True)]
    says = "its note does not say that it stands for context ({claim}, {date})"
    yield Violation("shows", silent[[not is_known for is_known in known]], says, BOTH)


def _dated_pages(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose page has a day in its address, with that day (`named`) and how many days after
    the event it lies (`later`).
    """
    days = rows.page.map(_dates)
    dated = rows.assign(named=days.str[-1].fillna(""))[days.str.len() > 0]
    passed = pd.to_datetime(dated.named, errors="coerce") - pd.to_datetime(dated.date)
    return dated.assign(later=passed.dt.days)


ANNOUNCED = "announced"  # and reported before it was to be held


@identity("military/exercises")
def an_exercise_is_reported_when_it_was_held(rows: pd.DataFrame) -> Iterator[Violation]:
    """The address of a page that holds a day holds none before the exercise."""
    held = rows[rows.status.ne(ANNOUNCED)]
    yield from _reported_early(held, "its page is from {named} ({name})")


@identity("military/inf_timeline")
def what_happened_is_reported_later(rows: pd.DataFrame) -> Iterator[Violation]:
    """The address of a page that holds a day holds none before the event."""
    yield from _reported_early(rows, "its page is from {named} ({kind})")


def _reported_early(rows: pd.DataFrame, says: str) -> Iterator[Violation]:
    dated = _dated_pages(rows)
    yield Violation("date", dated[dated.later.lt(-1)], says, BOTH)


@identity("military/us_laws")
def a_law_is_in_force_since_the_year_of_its_note(rows: pd.DataFrame) -> Iterator[Violation]:
    """The note on a law has the day of its signing or its coming into force."""
    years = rows.note.map(lambda note: [int(day[-1]) for day in IN_WORDS.findall(note)])
    rows = rows.assign(named=years.map(lambda years_named: max(years_named, default=np.nan)))
    odd = rows[rows.named.notna() & rows.named.ne(rows.since)]
    yield Violation("since", odd, "its note has a day of {named} ({actor}, {law})", BOTH)


@identity("fixed")
def a_rule_that_was_fixed_late_says_so(rows: pd.DataFrame) -> Iterator[Violation]:
    """Since the first claim was added late each one is; what is of one commit is of one day."""
    late = rows.note.str.startswith(LATE)
    first = rows[late].day.min()
    odd = rows[~late & rows.day.ge(first)].assign(first=first)
    says = f"{{claim}} is of {{day}}, and since {{first}} each was {LATE}"
    yield Violation("note", odd, f"{says} the first verdicts")
    usual = rows.groupby("commit").day.transform(lambda days: days.mode().iloc[0])
    rows = rows.assign(usual=usual)
    yield Violation("day", rows[rows.day.ne(usual)], "others of {commit} are of {usual} ({claim})")


# Votes and their outcome


@identity("geopolitical/iran_votes")
def an_outcome_follows_from_the_votes(rows: pd.DataFrame) -> Iterator[Violation]:
    """Fifteen votes; a draft is adopted by nine and no veto; letters are within the counts."""
    counts = rows.outcome.str.extract(r"(\d+)-(\d+)(?:-(\d+))?").astype(float).fillna(0)
    rows = rows.assign(yes=counts[0], no=counts[1], abstained=counts[2])
    says = "{yes} in favour, {no} against, {abstained} abstaining ({item})"
    whole = counts.sum(axis=1).eq(15)
    yield Violation("outcome", rows[~whole], f"{says} are not the fifteen members")
    for letter, count in (("Y", "yes"), ("N", "no"), ("A", "abstained")):
        cast = rows[P5].eq(letter).sum(axis=1)
        for member in P5:
            odd = rows[rows[member].eq(letter) & (cast > rows[count])]
            yield Violation(member, odd, f"its outcome has {says}")
    everybody = rows.yes.eq(15) | rows.no.eq(15)
    vetoed = rows[P5].eq("N").any(axis=1)
    adopted = rows.outcome.str.startswith("adopted")
    yield Violation(
        "outcome", rows[adopted & (vetoed | rows.yes.lt(9))], f"{says}: no draft is adopted so"
    )
    yield Violation(
        "outcome", rows[~adopted & ~vetoed & rows.yes.ge(9)], f"{says}: that is adopted"
    )
    for member in P5:
        named = rows.note.str.contains(rf"\b{NAMES[member]}", regex=True)
        favour = rows.note.str.startswith("In favour:")
        odd = rows[favour & (named != rows[member].eq("Y")) & ~everybody]
        yield Violation(member, odd, "its note has {note}", BOTH)


NAMES = {"CHN": "China", "RUS": "Russia", "USA": "USA"}


@identity("geopolitical/iran_votes")
def resolutions_are_numbered_as_they_come(rows: pd.DataFrame) -> Iterator[Violation]:
    """A later resolution of the Security Council has a higher number."""
    number = pd.to_numeric(rows["item"].str.extract(r"^Resolution (\d+)")[0])
    rows = rows.assign(number=number).dropna(subset=["number"]).sort_values("date")
    before = rows.number.cummax().shift()
    yield Violation(
        "date", rows[rows.number < before], "an earlier one has a higher number ({item})", BOTH
    )


# Spells and their ends


LAST_OF_ATOP = 2018
GONE = {"Soviet": 1991, "Russian Empire": 1917}


@identity("geopolitical/pledges")
def pledges_end_with_who_gave_them(rows: pd.DataFrame) -> Iterator[Violation]:
    """One with a state that is gone has ended; ATOP's end in 2018; a source that has the year of a
    treaty has that of its start or, where it came into force later, one no later.
    """
    for gone, year in GONE.items():
        with_it = rows.note.str.contains(f"with the {gone}")
        odd = rows[with_it & ~rows.end_year.le(year)]
        yield Violation(
            "end_year", odd, f"it was {{note}}, which ended in {year} ({{actor_a}}, {{actor_b}})"
        )
    atop = rows.source.str.startswith("ATOP")
    odd = rows[atop & rows.start_year.gt(LAST_OF_ATOP)]
    yield Violation("start_year", odd, "ATOP 5.1 ends in 2018 ({actor_a}, {actor_b}, {pledge})")
    odd = rows[atop & rows.end_year.gt(LAST_OF_ATOP)]
    yield Violation("end_year", odd, "ATOP 5.1 ends in 2018 ({actor_a}, {actor_b}, {pledge})")
    years = rows.source.str.findall(rf"\b\d{{1,2}} (?:{'|'.join(NUMBER)}) {YEAR}")
    first = years.map(lambda named: int(named[0]) if named else np.nan)
    rows = rows.assign(named=first)
    odd = rows[~atop & rows.named.notna() & rows.named.ne(rows.start_year)]
    yield Violation("start_year", odd, "its source is {source}", BOTH)


RECORD_ENDS = 2014  # of COW's memberships: an end after it is from elsewhere


@identity("geopolitical/memberships", "groups")
def memberships_end_as_in_groups(rows: pd.DataFrame, groups: pd.DataFrame) -> Iterator[Violation]:
    """An end that either list has, to the year in which the record ends, the other has as well."""
    ours, theirs = ["org", "actor", "status"], ["group", "member", "status"]
    same = rows.merge(groups.drop(columns="row"), left_on=ours, right_on=theirs)
    ended = same.end_year.le(RECORD_ENDS) | same.end.le(RECORD_ENDS)
    odd = same[ended & same.end_year.fillna(0).ne(same.end.fillna(0))]
    yield Violation("end_year", odd, "data/groups.csv has {end} ({actor} in {org})", BOTH)


@identity("military/wars", "geopolitical/conflicts")
def wars_of_the_list_are_years_of_the_record(
    wars: pd.DataFrame, years: pd.DataFrame
) -> Iterator[Violation]:
    """A fight of UCDP's list, from 1990 on, is in the record of conflicts in each of its years, and
    one of the record between two actors over territory is in the list, where the list has others of
    that number.
    """
    rows = wars[wars["list"].eq("UCDP") & wars.end.ge(1990)]
    known = {(number, year) for number, year in zip(years.conflict, years.year, strict=True)}
    lacking = [
        not all((number, year) in known for year in range(start, end + 1))
        for number, start, end in zip(rows.number, rows.start, rows.end, strict=True)
    ]
    says = "data/geopolitical/conflicts.csv lacks one of its years ({number}, {start} to {end})"
    yield Violation("end", rows[lacking], says)
    between = years.dropna(subset=["side_b"]).query("side_b != ''")
    sides = between[["conflict", "year", "side_a", "side_b"]]
    met = rows.merge(sides, left_on=["number", "start"], right_on=["conflict", "year"])
    for actor, side in (("actor_a", "side_a"), ("actor_b", "side_b")):
        says = f"data/geopolitical/conflicts.csv has {{{side}}} ({{number}}, {{start}})"
        yield Violation(actor, met[met[actor].ne(met[side])], says)


OF_STATE = {"Sino": "CHN", "Indian": "IND", "Vietnamese": "VNM"}


@identity("military/wars")
def a_name_of_two_states_is_of_its_sides(rows: pd.DataFrame) -> Iterator[Violation]:
    """ "Sino-Indian War" was fought by China and India."""
    words = rows.name.str.extract(r"^(\w+)-(\w+) ").apply(lambda word: word.map(OF_STATE))
    for actor in ("actor_a", "actor_b"):
        odd = rows[words.notna().all(axis=1) & rows[actor].ne(words[0]) & rows[actor].ne(words[1])]
        yield Violation(actor, odd, "its name is {name} ({start})", BOTH)


RECORD_OF_DISPUTES = (1990, 2014)
NO_DISPUTE = {("KAZ", "UZB")}  # rivals of Thompson's by their standing alone


@identity("geopolitical/rivalries", "geopolitical/disputes")
def rivals_have_had_a_dispute(rows: pd.DataFrame, disputes: pd.DataFrame) -> Iterator[Violation]:
    """Rivals of years that the record of militarized disputes covers have at least one there."""
    first, last = RECORD_OF_DISPUTES
    known = {*zip(disputes.actor_a, disputes.actor_b, strict=True)} | NO_DISPUTE
    covered = rows[rows.start_year.le(last) & ~rows.end_year.lt(first)]
    lacking = [pair not in known for pair in zip(covered.actor_a, covered.actor_b, strict=True)]
    says = "data/geopolitical/disputes.csv has none with {actor_a} ({start_year})"
    yield Violation("actor_b", covered[lacking], says)


# Flags


FLAGS = ["trade", "arms", "military", "financial", "travel", "other"]
LONE = {("USA", "IRN", 2017, "financial")}  # as its source has it: lifted in 2016, back in 2018


def _lone(rows: pd.DataFrame, by: list[str], flag: str) -> pd.Series:
    """Where a flag is otherwise than in the year before and the year after, which are alike."""
    ordered = rows.sort_values([*by, "year"])
    series = ordered.groupby(by)
    before, after = series[flag].shift(), series[flag].shift(-1)
    adjacent = series.year.shift().eq(ordered.year - 1) & series.year.shift(-1).eq(ordered.year + 1)
    lone = adjacent & before.eq(after) & before.ne(ordered[flag])
    return lone.reindex(rows.index)


@identity("geopolitical/sanctions")
def a_sanction_does_not_pause_for_a_year(rows: pd.DataFrame) -> Iterator[Violation]:
    """What was in force before and after a year was in force in it; each row has some measure."""
    for flag in FLAGS:
        odd = rows[_lone(rows, ["sender", "target"], flag)]
        places = odd[["sender", "target", "year"]].itertuples(index=False)
        odd = odd.loc[[(*place, flag) not in LONE for place in places]]
        says = "the year before and the year after have the other ({sender} on {target}, {year})"
        yield Violation(flag, odd, says)
    odd = rows[~rows[FLAGS].any(axis=1)]
    yield Violation("trade", odd, "the row has no measure at all ({sender} on {target}, {year})")


@identity("economic/trade")
def flags_stay_with_their_series(rows: pd.DataFrame) -> Iterator[Violation]:
    """What was shared out before and after a year was shared out in it; what is filled in is 1.06
    times the partner's figure, and large figures of which that is so are marked.
    """
    by = ["reporter", "partner", "flow"]
    says = (
        "the year before and the year after have the other ({reporter}, {partner}, {flow}, {year})"
    )
    yield Violation("allotted", rows[_lone(rows, by, "allotted")], says)
    turned = rows.assign(flow=rows.flow.map(OPPOSITE)).rename(
        columns={"reporter": "partner", "partner": "reporter", "value_usd": "mirror"}
    )
    keys = [*by, "year"]
    both = rows.merge(turned[[*keys, "mirror", "imputed"]], on=keys, suffixes=("", "_there"))
    times = (both.value_usd / both.mirror).where(
        both.flow.eq("import"), both.mirror / both.value_usd
    )
    filled = (times - 1.06).abs() < 1e-6
    odd = both[filled & ~both.imputed & ~both.imputed_there & both.value_usd.gt(1e7)]
    yield Violation(
        "imputed", odd, "it is 1.06 times the partner's {mirror} ({reporter}, {partner}, {year})"
    )


@identity("military/deals")
def a_deal_is_estimated_throughout(rows: pd.DataFrame) -> Iterator[Violation]:
    """What its source estimates before and after a year, it estimates in it."""
    odd = rows[_lone(rows, ["deal"], "estimate")]
    says = "the year before and the year after have the other (deal {deal}, {year})"
    yield Violation("estimate", odd, says)


KNOWN_ONCE = {("PHL", 2003), ("PHL", 2004)}  # as their source has them


@identity("military/spending")
def an_estimate_does_not_pause_for_a_year(rows: pd.DataFrame) -> Iterator[Violation]:
    """What SIPRI estimates before and after a year, it estimates in it; China's always."""
    odd = rows[_lone(rows, ["actor"], "estimate")]
    odd = odd.loc[[place not in KNOWN_ONCE for place in zip(odd.actor, odd.year, strict=True)]]
    says = "the year before and the year after have the other ({actor}, {year})"
    yield Violation("estimate", odd, says)
    odd = rows[rows.actor.eq("CHN") & ~rows.estimate]
    yield Violation("estimate", odd, "China's are estimates in all years ({year})")


@identity("geopolitical/religion")
def one_group_rules(rows: pd.DataFrame) -> Iterator[Violation]:
    """Of each actor at most one group is that of its rulers, and low is not above high."""
    ruling = rows.groupby("actor").rulers.transform("sum")
    yield Violation(
        "rulers", rows[rows.rulers & ruling.gt(1)], "{actor} has more than one such group"
    )
    yield Violation("low", rows[rows.low.gt(rows.high)], "high is {high} ({actor}, {group})")
    parts = rows.groupby("actor").low.transform("sum")
    yield Violation("low", rows[parts.gt(100)], "the groups of {actor} are more than all of it")


# Copies and exchanges


COPIED = 5e7  # US dollars: the largest flow that its source has twice running is 44 million


@identity("economic/trade")
def last_year_was_not_copied(rows: pd.DataFrame) -> Iterator[Violation]:
    """No large flow is to the dollar what it was the year before."""
    ordered = rows.sort_values(["reporter", "partner", "flow", "year"])
    series = ordered.groupby(["reporter", "partner", "flow"])
    same = ordered.value_usd.eq(series.value_usd.shift()) & series.year.shift().eq(ordered.year - 1)
    odd = ordered[same & ordered.value_usd.gt(COPIED)]
    says = "that is the figure of the year before, to the dollar ({reporter}, {partner}, {year})"
    yield Violation("value_usd", odd, says, "look up the year")


NEVER_TWICE = {  # tables of figures that are never twice the same running; by, at, column, floor
    "economic/china_customs": (["partner"], "year", "total_bn", 0),
    "economic/coal_editions": (["edition"], "year", "coal", 0),
    "economic/energy_use": (["actor"], "year", "coal_ej", 0),
    "economic/gdp_population": (["actor"], "year", "gdp_usd", 0),
    "economic/partners": (["reporter", "partner"], "year", "total_usd", 2.5e8),
    "economic/trade_groups": (["reporter", "partner", "flow"], "year", "value_usd", 0),
    "economic/trade_russia": (["partner", "flow"], "year", "value_usd", 0),
    "economic/us_energy_exports": (["product"], "month", "value_usd", 0),
    "geopolitical/ideal_points": (["actor"], "year", "low", -9),
    "geopolitical/opinion": (["about", "actor"], "year", "favourable", 0),
    "military/arms_totals": (["actor", "role"], "year", "tiv", 14),
    "military/spending": (["actor"], "year", "constant_usd", 0),
    "military/warheads": (["actor"], "year", "warheads", 3708),
}


def _never_twice(table: str, by: list[str], time: str, column: str, floor: float) -> None:
    @identity(table)
    def check(rows: pd.DataFrame) -> Iterator[Violation]:
        ordered = rows.sort_values([*by, time])
        before = ordered.groupby(by)[column].shift()
        odd = ordered[ordered[column].eq(before) & ordered[column].gt(floor)]
        where = ", ".join(f"{{{key}}}" for key in [*by, time])
        says = f"that is the figure before it, to the last digit ({where})"
        yield Violation(column, odd, says, "look it up: is it a copy, or in the wrong row?")

    check.__name__ = f"{table.replace('/', '_')}_is_not_copied"


for _table, (_by, _at, _column, _floor) in NEVER_TWICE.items():
    _never_twice(_table, _by, _at, _column, _floor)


# log of how much nearer the two books come where a side's export and import change places: seen
# 2.43 (USA and Belarus 2008), above a billion 1.11, above thirty billion 0.48
NEARER = [(1e8, 2.5), (1e9, 1.2), (3e10, 0.6)]


@identity("economic/trade")
def exports_and_imports_are_not_exchanged(rows: pd.DataFrame) -> Iterator[Violation]:
    """Two sides' books do not come nearer to each other where exports and imports change places."""
    sides = rows.pivot_table(
        index=["reporter", "partner", "year"], columns="flow", values="value_usd"
    )
    mirror = sides.rename_axis(["partner", "reporter", "year"]).reorder_levels(sides.index.names)
    mirror = mirror.rename(columns={"export": "their_export", "import": "their_import"})
    yield Violation("value_usd", *_exchanged(rows, sides.join(mirror).dropna()))


@identity("economic/china_customs", "economic/trade")
def customs_are_not_exchanged(customs: pd.DataFrame, trade: pd.DataFrame) -> Iterator[Violation]:
    """China's exports over its imports are nearer to those of 2020 than the other way round."""
    china = trade[trade.reporter.eq("CHN") & trade.year.eq(2020)]
    rows = customs.join(
        china.pivot(index="partner", columns="flow", values="value_usd"), on="partner"
    )
    now, then = np.log(rows.export_bn / rows.import_bn), np.log(rows.export / rows["import"])
    odd = rows[(now - then).abs() > (-now - then).abs()]
    says = "if import_bn, {import_bn}, replaces it, it fits 2020 ({partner}, {year})"
    yield Violation("export_bn", odd, says, BOTH)


def _apart(first: pd.Series, second: pd.Series) -> pd.Series:
    return np.log(first / second).abs()


def _exchanged(rows: pd.DataFrame, sides: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Rows of pairs whose two books fit better where one side's flows change places."""
    sides = sides[(sides > 0).all(axis=1)]
    straight = _apart(sides.export, sides.their_import) + _apart(
        sides["import"], sides.their_export
    )
    crossed = _apart(sides.export, sides.their_export) + _apart(sides["import"], sides.their_import)
    smallest = sides.min(axis=1)
    allowed = pd.Series(np.inf, sides.index)
    for floor, limit in NEARER:
        allowed = allowed.mask(smallest >= floor, limit)
    odd = sides[straight - crossed > allowed].reset_index()[["reporter", "partner", "year"]]
    says = (
        "with export and import exchanged the partner's books fit ({reporter}, {partner}, {year})"
    )
    return rows.merge(odd, on=["reporter", "partner", "year"]), says


JUMP = 16  # points by which the exchange is nearer to a neighbour: seen 14.8, India 2010


@identity("geopolitical/opinion")
def favourable_and_unfavourable_are_not_exchanged(rows: pd.DataFrame) -> Iterator[Violation]:
    """No year stands out in both by what exchanging them would explain."""
    ordered = rows.sort_values(["about", "actor", "year"])
    series = ordered.groupby(["about", "actor"])
    good = pd.concat([series.favourable.shift(step) for step in (1, -1)], axis=1)
    bad = pd.concat([series.unfavourable.shift(step) for step in (1, -1)], axis=1)
    straight = good.sub(ordered.favourable, axis=0).abs().min(axis=1)
    straight += bad.sub(ordered.unfavourable, axis=0).abs().min(axis=1)
    crossed = good.sub(ordered.unfavourable, axis=0).abs().min(axis=1)
    crossed += bad.sub(ordered.favourable, axis=0).abs().min(axis=1)
    odd = ordered[straight > crossed + JUMP]
    yield Violation(
        "favourable", odd, "unfavourable is {unfavourable} ({actor}, {year}): exchanged?", BOTH
    )


# Rows that others ask for


@identity("military/arms_transfers", "military/arms_totals")
def deliveries_have_a_total(rows: pd.DataFrame, totals: pd.DataFrame) -> Iterator[Violation]:
    """Whoever had something from another actor has a total of that year."""
    had = totals[totals.role.eq("imports")]
    known = pd.MultiIndex.from_frame(had[["actor", "year"]])
    odd = rows[~pd.MultiIndex.from_frame(rows[["recipient", "year"]]).isin(known)]
    says = "data/military/arms_totals.csv has no imports of it in {year} (from {supplier})"
    yield Violation("recipient", odd, says, "put the row back there, or delete this one")


# Names and codes


@identity("geopolitical/engagement_days", "economic/partner_names")
def a_partner_is_called_by_its_name(rows: pd.DataFrame, names: pd.DataFrame) -> Iterator[Violation]:
    """Code and name go together, as in the list of partners, and for each row of one list."""
    usual = rows.groupby("partner").name.agg(lambda values: values.mode().iloc[0])
    rows = rows.assign(usual=rows.partner.map(usual))
    odd = rows[rows.name.ne(rows.usual)]
    yield Violation("partner", odd, "other rows call it {usual}, this one {name} ({year})", LOOK)
    codes = rows.groupby("name").partner.agg(lambda values: values.mode().iloc[0])
    rows = rows.assign(usual=rows.name.map(codes))
    odd = rows[rows.partner.ne(rows.usual)]
    yield Violation("partner", odd, "{name} is {usual} in other rows ({year})", LOOK)
