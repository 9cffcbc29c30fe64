"""Whole series, and what a second table or column says of the same: a series that is another's, in
another unit or of another category agrees with itself, so only something outside it can tell.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from frenemies.consistency.core import LOOK, OPPOSITE, Violation, differs, identity
from frenemies.consistency.records import BOTH
from heldto import evidence
from heldto.evidence import actors

# Trade and energy

LAST = 12  # years of a series that are compared
LARGE = 3e8  # US dollars: of smaller partners the two books tell too little
EXCHANGED = 0.6  # log by which the partners' books come nearer where two series change places
TRANSIT = {"HKG", "BLR"}  # through which goods of others go
NEARER_AS_SOURCED = {("CHN", "KGZ", "UZB", "export"), ("KAZ", "DEU", "UKR", "export")}


@identity("economic/trade")
def series_are_not_of_another_partner(rows: pd.DataFrame) -> Iterator[Violation]:
    """A reporter's series with two partners do not fit these partners' books better where they
    change places.
    """
    recent = rows[rows.year.gt(rows.year.max() - LAST) & rows.value_usd.gt(0)]
    for flow, opposite in OPPOSITE.items():
        own = _by_year(recent[recent.flow.eq(flow)], "reporter", "partner")
        mirror = _by_year(recent[recent.flow.eq(opposite)], "partner", "reporter")
        for reporter in sorted(
            {*own.index.get_level_values(0)} & {*mirror.index.get_level_values(0)}
        ):
            for first, second in _nearer(own.loc[reporter], mirror.loc[reporter]):
                if (reporter, first, second, flow) not in NEARER_AS_SOURCED:
                    odd = rows.query(
                        "reporter == @reporter and partner == @first and flow == @flow"
                    ).tail(1)
                    says = (
                        f"the {flow}s of {reporter} fit the partners' books if those with {first} "
                        f"and {second} change places in all years"
                    )
                    yield Violation("value_usd", odd, says, "look up whose series each is")


def _by_year(rows: pd.DataFrame, side: str, other: str) -> pd.DataFrame:
    """Logs of a flow, a row for each pair and a column for each year."""
    wide = rows.pivot(index=[side, other], columns="year", values="value_usd")
    return np.log(wide)


def _nearer(own: pd.DataFrame, mirror: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Pairs of partners whose series fit better where they change places."""
    large = own.index[own.median(axis=1).gt(np.log(LARGE))]
    partners = [one for one in large if one in mirror.index and one not in TRANSIT]
    if len(partners) < 2:
        return
    ours = own.loc[partners].to_numpy()
    theirs = mirror.loc[partners].reindex(columns=own.columns).to_numpy()
    gaps = np.ma.median(np.ma.masked_invalid(abs(ours[:, None] - theirs[None])), axis=2).filled(0)
    for (at, first), (other_at, second) in combinations(enumerate(partners), 2):
        straight = gaps[at, at] + gaps[other_at, other_at]
        if straight - gaps[at, other_at] - gaps[other_at, at] > EXCHANGED:
            yield first, second


PACTS = {  # whose defence pact with the USA an origin of fuels is in
    "Australia": "ANZUS", "Brazil": "Rio Pact", "Canada": "NATO", "Colombia": "Rio Pact",
    "Norway": "NATO", "Peru": "Rio Pact", "Trinidad & Tobago": "Rio Pact",
    "United Kingdom": "NATO",
}  # fmt: skip


@identity("economic/energy_imports")
def origins_are_in_their_pact(rows: pd.DataFrame) -> Iterator[Violation]:
    """An origin has the pact with the USA that its treaties say, and no other has one."""
    rows = rows.assign(pact=rows.origin.map(PACTS).fillna(""))
    odd = rows[rows.us_pact.fillna("").ne(rows.pact)]
    says = "the treaties of {origin} say: {pact}, where blank is none ({commodity}, {year})"
    yield Violation("us_pact", odd.assign(pact=odd.pact.replace("", "blank")), says)


MTOE = 0.041868  # exajoules
SAME, NEXT = 5e-4, 0.02  # seen: 2019 and 2020 alike to 0.0002; 2020 and 2021 to 0.0165
LATEST = 2026  # the edition that energy_use is of


@identity("economic/coal_editions", "economic/energy_use")
def editions_agree_nearly(editions: pd.DataFrame, use: pd.DataFrame) -> Iterator[Violation]:
    """What an edition says of a year the next one says nearly; the first two say the same."""
    rows = editions.assign(ej=editions.coal.where(editions.unit.eq("EJ"), editions.coal * MTOE))
    rows = rows.sort_values(["year", "edition"])
    before = rows.groupby("year")[["ej", "edition"]].shift().add_suffix("_before")
    rows = rows.join(before)
    allowed = np.where(rows.edition.eq(2020), SAME, NEXT)
    first = rows[rows.edition_before.le(2020)]
    odd = first[(first.ej / first.ej_before - 1).abs() > allowed[rows.edition_before.le(2020)]]
    says = "the edition of {edition_before} has {ej_before} EJ of {year}"
    yield Violation("coal", odd, says, "look up both editions")
    china = use[use.actor.eq("CHN")][["year", "coal_ej"]]
    latest = rows[rows.edition.eq(LATEST)].merge(china, on="year")
    says = "data/economic/energy_use.csv, of the same edition, has {coal_ej} EJ of {year}"
    yield Violation("coal", latest[differs(latest.ej, latest.coal_ej, SAME)], says)


MOVES = 0.2  # of a total, from one report to the next: seen 0.07


@identity("economic/china_customs")
def reports_of_one_partner_follow_each_other(rows: pd.DataFrame) -> Iterator[Violation]:
    """A partner's total does not leap from one report to the next."""
    rows = rows.sort_values(["partner", "year"])
    before = rows.groupby("partner")[["total_bn", "year"]].shift().add_suffix("_before")
    rows = rows.join(before)
    later = rows[rows.year.gt(2023)]
    odd = later[differs(later.total_bn, later.total_bn_before, MOVES)]
    says = "{year_before} has {total_bn_before} ({partner}, {year})"
    yield Violation("total_bn", odd, says, "look up both years: the currency, and both flows")


@identity("economic/tariffs")
def tariffs_are_in_per_cent(rows: pd.DataFrame) -> Iterator[Violation]:
    """No average tariff of the two lies between nought and one per cent."""
    odd = rows[rows.tariff_pct.gt(0) & rows.tariff_pct.lt(1)]
    says = "the two have 3 to 26 per cent: is it a share? ({reporter} on {partner}, {month})"
    yield Violation("tariff_pct", odd, says, "write it in per cent")


# Ties


@identity("documents", "second_reader")
def documents_are_read_twice(rows: pd.DataFrame, second: pd.DataFrame) -> Iterator[Violation]:
    """What a document shows is what it was coded as when a second reader had read it: `ours` of
    data/second_reader.csv, or `second` where that corrected it.
    """
    read = second[second.task.eq("document")]
    agreed = read.ours.where(read.outcome.ne("corrected"), read.second)
    by_page: dict[tuple[str, str], dict[str, str]] = {}
    for claim, page, part, sign in zip(read.claim, read.page, read.part, agreed, strict=True):
        by_page.setdefault((claim, page), {})[part] = sign
    found = {
        row.row: _unlike(_signs(row.shows), by_page.get((row.claim, row.page), {}))
        for row in rows.itertuples()
    }
    rows = rows.assign(unlike=rows.row.map(found))
    says = "data/second_reader.csv has {unlike} ({claim}, {date})"
    remedy = "read the document again, and write the same in both"
    yield Violation("shows", rows[rows.unlike.ne("")], says, remedy)


def _signs(shows: str) -> dict[str, str]:
    """{part: sign} of a cell such as "both=for;height both=for"."""
    parts = (part.partition("=") for part in shows.split(";") if part)
    return {name.strip(): sign.strip() for name, _, sign in parts}


def _unlike(shown: dict[str, str], read: dict[str, str]) -> str:
    """The parts that the two readings have otherwise, as the second one has them."""
    parts = dict.fromkeys([*read, *shown])
    lines = [
        f"{part}={read.get(part, 'nothing')}"
        for part in parts
        if shown.get(part, "nothing") != read.get(part, "nothing")
    ]
    return "; ".join(lines)


@identity("geopolitical/pledges", "military/us_laws")
def allies_by_law_have_a_pledge(rows: pd.DataFrame, laws: pd.DataFrame) -> Iterator[Violation]:
    """A state that US law calls an ally has a defence pledge of the USA, but for Taiwan, with which
    it ended in 1979; a pledge from before the record begins has ended.
    """
    allies = [*laws[laws.law.eq("non-NATO ally") & laws.actor.ne("TWN")].actor]
    with_us = rows[rows.actor_b.eq("USA") & rows.actor_a.isin(allies)]
    pledged = with_us[with_us.pledge.eq("defence") & with_us.end_year.isna()].actor_a
    odd = with_us[~with_us.actor_a.isin(pledged)].drop_duplicates("actor_a")
    says = "data/military/us_laws.csv calls {actor_a} an ally, and no row has a defence pledge"
    yield Violation("pledge", odd, says)
    odd = rows[rows.start_year.lt(RECORD) & rows.end_year.isna()]
    says = "it began in {start_year}, and what still holds begins with the record, in 1990"
    yield Violation("end_year", odd, f"{says} ({{actor_a}}, {{actor_b}}, {{pledge}})")


RECORD = 1990  # ATOP's pledges that hold are listed from here on


@identity("geopolitical/rivalries", "military/wars")
def rivals_do_not_fight_after_their_rivalry(
    rows: pd.DataFrame, wars: pd.DataFrame
) -> Iterator[Violation]:
    """A rivalry that is over had no war, nor a fight over territory, after it."""
    last = wars.groupby(["actor_a", "actor_b"])["end"].max().rename("fought")
    rows = rows.join(last, on=["actor_a", "actor_b"])
    odd = rows[rows.fought > rows.end_year]
    says = "data/military/wars.csv has a fight of the two in {fought} ({actor_a}, {actor_b})"
    yield Violation("end_year", odd, says)


XI = "Xi Jinping"


@identity("geopolitical/engagement_days", "geopolitical/meetings")
def days_are_as_many_as_meetings(days: pd.DataFrame, meetings: pd.DataFrame) -> Iterator[Violation]:
    """Xi's days with Russia in a year are twice as many as their meetings listed from the same
    source at least, for calls and envoys count as well: seen 2 (2017), up to 4 (2013).
    """
    listed = meetings[meetings.source.eq("China Vitae")].date.str[:4].astype(int).value_counts()
    rows = days[days.leader.eq(XI) & days.partner.eq("RUS")]
    rows = rows.assign(listed=rows.year.map(listed))
    odd = rows[rows.days < FEWEST * rows.listed]
    says = "data/geopolitical/meetings.csv has {listed} meetings from the same source in {year}"
    yield Violation("days", odd, says)


FEWEST = 2


SHARES = re.compile(r"^([\d.]+)-([\d.]+) % of the ([\d.]+) % Muslim")


@identity("geopolitical/religion")
def shares_are_those_of_their_note(rows: pd.DataFrame) -> Iterator[Violation]:
    """A note that gives the share of Muslims gives low and high: 85 of 96.4 per cent are 82. Of two
    groups of an actor the note stands with the one that it is about.
    """
    given = rows.note.str.extract(SHARES).astype(float)
    for column, place in (("low", 0), ("high", 1)):
        noted = (given[place] * given[2] / 100).round()
        odd = rows.assign(noted=noted)[(rows[column] - noted).abs() > 1]
        yield Violation(column, odd, "its note, {note}, gives {noted} ({actor}, {group})", BOTH)
    ruling = rows.assign(usual=rows.actor.map(RULERS))
    odd = ruling[ruling.rulers.eq(True) & ruling.usual.notna() & (ruling.group != ruling.usual)]
    yield Violation("group", odd, "the rulers of {actor} are {usual}", LOOK)


RULERS = {"IRN": "Shia"}


@identity("geopolitical/sanctions")
def money_and_arms_go_with_trade(rows: pd.DataFrame) -> Iterator[Violation]:
    """Where the USA and the EU both have sanctions on a state, what the USA restrict in trade and
    money the EU restrict as well, if they do so in any year.
    """
    us, eu = (rows[rows.sender.eq(who)].set_index(["target", "year"]) for who in ("USA", "EU"))
    both = eu.join(us[["trade", "financial"]].add_suffix("_us")).dropna(subset=["trade_us"])
    both = both.reset_index()
    both = both[both.target.isin(TOGETHER)]
    for flag in ("trade", "financial"):
        odd = both[both[f"{flag}_us"].astype(bool) & ~both[flag]]
        yield Violation(flag, odd, f"the USA have it, {{{flag}_us}} ({{target}}, {{year}})", BOTH)
    odd = both[~both.arms & both.military]
    yield Violation("arms", odd, "military assistance is {military} ({target}, {year})", BOTH)

    listed = rows[rows.source.eq(GLOBAL_LIST) & rows.year.gt(LIST_ENDS)]
    says = f"{GLOBAL_LIST} ends in {LIST_ENDS} ({{sender}} on {{target}})"
    yield Violation("year", listed, says, "look up the year, or name the page of the row")


GLOBAL_LIST, LIST_ENDS = "GSDB 3", 2022
TOGETHER = {"RUS"}  # on whom the two decided together, in 2014

# Arms, exercises, treaties


ALL_NAMED = ["IRN", "SYR"]  # all of whose suppliers are actors here, in all years


@identity("military/arms_totals", "military/arms_transfers")
def all_suppliers_of_some_are_named(
    totals: pd.DataFrame, transfers: pd.DataFrame
) -> Iterator[Violation]:
    """What Iran and Syria had is what the actors here delivered."""
    had = transfers.groupby(["recipient", "year"]).tiv.sum().rename("had")
    rows = totals[totals.role.eq("imports") & totals.actor.isin(ALL_NAMED)]
    rows = rows.join(had, on=["actor", "year"])
    odd = rows[differs(rows.tiv, rows.had, amount=0.006)]
    says = "its suppliers in data/military/arms_transfers.csv have {had} ({actor}, {year})"
    yield Violation("tiv", odd, says)


AT = {  # a place, and the seas at which it lies
    "Qingdao": {"Yellow Sea"}, "Shandong": {"Yellow Sea"}, "Peter the Great": {"Sea of Japan"},
    "Vladivostok": {"Sea of Japan", "Sea of Okhotsk", "Yellow Sea"},
    "Shanghai": {"East China Sea"}, "Zhoushan": {"East China Sea"},
    "Zhanjiang": {"South China Sea"}, "Baltiysk": {"Baltic Sea"}, "St Petersburg": {"Baltic Sea"},
    "Novorossiysk": {"Black Sea", "Mediterranean"},
    "Cape Town": {"Indian Ocean", "South Atlantic"}, "Durban": {"Indian Ocean"},
}  # fmt: skip


@identity("military/exercises", "military/seas")
def exercises_are_at_the_sea_of_their_place(
    rows: pd.DataFrame, seas: pd.DataFrame
) -> Iterator[Violation]:
    """A place that names a sea, or lies at one, has it; "Joint Sea" is held at sea; what was only
    announced has no end, and its place says so.
    """
    rows = rows.assign(seas=rows.place.map(lambda place: _seas_of(place, [*seas.sea])))
    at_sea = rows[rows.sea.ne("on land") & rows.seas.ne("")]
    lies = [sea in named.split("; ") for sea, named in zip(at_sea.sea, at_sea.seas, strict=True)]
    says = "{place} lies at: {seas} ({name})"
    yield Violation("sea", at_sea[[not one for one in lies]], says, BOTH)
    joint = rows[rows.name.str.startswith("Joint Sea")]
    odd = joint[~joint.naval & joint.status.eq("held")]
    yield Violation("naval", odd, "{name} is an exercise of navies", BOTH)
    announced = rows.status.eq("announced")
    ended = rows.end.fillna("").ne("") | ~rows.place.str.contains("announced")
    yield Violation("status", rows[announced & ended], "it ended on {end} ({name})", BOTH)


def _seas_of(place: str, seas: list[str]) -> str:
    """The seas that a place names, or at which it lies."""
    named = [sea for sea in seas if sea in place]
    lying = [sea for name, at in AT.items() if name in place for sea in sorted(at)]
    return "; ".join(dict.fromkeys([*named, *lying]))


REFUSES = re.compile(
    r"\bagainst (?:making|a treaty|US)|will not (?:take|agree)|no basis|no interest|opposes"
)


@identity("military/inf_timeline")
def a_refusal_is_chinas_and_is_said(rows: pd.DataFrame) -> Iterator[Violation]:
    """What is coded as a refusal has China's mark, and an event whose words refuse is coded so."""
    refusal = rows.kind.eq("refusal")
    yield Violation("china", rows[refusal & ~rows.china], "it is a refusal ({date})", BOTH)
    refuses = rows.event.str.contains(REFUSES) & rows.china
    says = "its words refuse: {event} ({date})"
    yield Violation("kind", rows[refuses & ~refusal], says, BOTH)


@identity("geopolitical/conflicts", "geopolitical/rivalries")
def foreign_troops_are_those_of_a_rival(
    rows: pd.DataFrame, rivalries: pd.DataFrame
) -> Iterator[Violation]:
    """A fight over territory within a state whose rivalry with another is over territory, and began
    with that fight, has the rival's troops in it.
    """
    rivals = rivalries[rivalries.spatial & rivalries.end_year.isna()]
    sides = zip(rivals.actor_a, rivals.actor_b, rivals.start_year, strict=True)
    began = {(other, year): rival for rival, other, year in sides}
    first = rows.groupby("conflict").year.transform("min")
    rival = [began.get(key, "") for key in zip(rows.side_a, first, strict=True)]
    rows = rows.assign(rival=rival)
    inside = rows.kind.eq("internal") & rows.over.eq("territory")
    says = "its rivalry with {rival} over territory began with it ({conflict}, {year})"
    yield Violation("kind", rows[inside & rows.rival.ne("")], says, BOTH)


FALL = 2.2  # percentage points in a month: seen 2.11, China's in January 2019


@identity("economic/tariffs")
def tariffs_do_not_fall_at_once(rows: pd.DataFrame) -> Iterator[Violation]:
    """No month's tariff is far below that of the month before it."""
    rows = rows.sort_values(["reporter", "partner", "month"])
    before = rows.groupby(["reporter", "partner"]).tariff_pct.shift()
    rows = rows.assign(before=before)
    odd = rows[rows.before - rows.tariff_pct > FALL]
    says = "it was {before} the month before ({reporter} on {partner}, {month})"
    yield Violation("tariff_pct", odd, says, "look up both months")


BLANK = 0.35  # of a year's roll calls without an issue: seen 0.31, in 1992
CODED_TO = 2018  # all of it; the year after it in part


@identity("geopolitical/roll_calls")
def roll_calls_have_issues(rows: pd.DataFrame) -> Iterator[Violation]:
    """The source gives most roll calls of a year that it coded an issue."""
    coded = rows[rows.year.le(CODED_TO)]
    blank = coded.issues.fillna("").eq("").groupby(coded.year).transform("mean")
    coded = coded.assign(blank=blank).drop_duplicates("year")
    says = "{blank} of the roll calls of {year} have none"
    yield Violation("issues", coded[coded.blank > BLANK], says, "put them back there")


@identity("geopolitical/title_subjects", "geopolitical/roll_calls")
def words_of_a_subject_stand_in_a_title(
    subjects: pd.DataFrame, calls: pd.DataFrame
) -> Iterator[Violation]:
    """The words by which a roll call without an issue gets one occur in some title."""
    titles = " | ".join(calls.title).lower()
    lacking = [words not in titles for words in subjects.words]
    yield Violation("words", subjects[lacking], "no title has them", "mend the spelling")


@identity("geopolitical/rivalries", "geopolitical/conflicts")
def rivals_were_rivals_when_they_fought(
    rows: pd.DataFrame, fights: pd.DataFrame
) -> Iterator[Violation]:
    """A rivalry has begun when the first fight of the two over territory is on record."""
    sides = [fights[["side_a", side, "year"]].set_axis(["one", "other", "year"], axis=1)
             for side in ("side_b", "helper_b")]  # fmt: skip
    met = pd.concat(sides).replace("", np.nan).dropna()
    pairs = pd.Series(map(frozenset, zip(met.one, met.other, strict=True)), met.index)
    first = met.year.groupby(pairs).min()
    both = pd.Series(map(frozenset, zip(rows.actor_a, rows.actor_b, strict=True)), rows.index)
    rows = rows.assign(fought=both.map(first))
    says = "data/geopolitical/conflicts.csv has a fight of {actor_a} and {actor_b} in {fought}"
    yield Violation("start_year", rows[rows.start_year > rows.fought], says)


# What the codebook, a note or a number in an address says


def _in_codebook(table: str, words: str) -> list[tuple[str, ...]]:
    """What a pattern finds in the description and the traps of a table."""
    entry = evidence.describe(table)
    text = "\n".join([entry.get("description", ""), *entry.get("traps", ())])
    return [match.groups() for match in re.finditer(words, text)]


def _of_pair(rows: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """The rows of a pair of actors, called by their names."""
    first, second = sorted(str(actors.known(name.strip())) for name in names)
    return rows.actor_a.eq(first) & rows.actor_b.eq(second)


CODEBOOK = "data/README.md says of {actor_a} and {actor_b}"
EITHER = "look up which of the two is wrong, and mend it"


@identity("geopolitical/rivalries")
def rivalries_end_as_the_codebook_says(rows: pd.DataFrame) -> Iterator[Violation]:
    """A pair of which the codebook names the last year ends in it; those that it calls rivals when
    the record ended have no end.
    """
    table = "geopolitical/rivalries"
    for first, second, year in _in_codebook(table, r"(\w+) and (\w+) are not after (\d{4})"):
        odd = rows[_of_pair(rows, [first, second]) & rows.end_year.ne(int(year))]
        yield Violation("end_year", odd, f"{CODEBOOK} that they are not after {year}", EITHER)
    for (pairs,) in _in_codebook(table, r"Still rivals when it ended: (.+)\."):
        for pair in pairs.split(";"):
            odd = rows[_of_pair(rows, pair.split(" and ")) & rows.end_year.notna()]
            yield Violation("end_year", odd, f"{CODEBOOK}: still rivals when it ended", EITHER)


@identity("geopolitical/pledges")
def defence_pledges_are_those_of_the_codebook(rows: pd.DataFrame) -> Iterator[Violation]:
    """Of a pair whose defence pledges the codebook lists with their years, there are no others."""
    words = r"defence pledges between (\w+) and (\w+) \(([\d and-]+)"
    for first, second, listed in _in_codebook("geopolitical/pledges", words):
        spans = re.findall(r"(\d{4})-(\d{4})", listed)
        known = {(int(start), float(end)) for start, end in spans}
        held = rows[_of_pair(rows, [first, second]) & rows.pledge.eq("defence")]
        years = zip(held.start_year, held.end_year, strict=True)
        odd = held[[span not in known for span in years]]
        says = f"{CODEBOOK} defence pledges of {listed.strip()} alone ({{start_year}})"
        yield Violation("pledge", odd, says, EITHER)


@identity("military/seas")
def seas_count_as_the_codebook_says(rows: pd.DataFrame) -> Iterator[Violation]:
    """The disputed sea is the one that the codebook names, and the ranks of the picture go from
    the seas that count, by the disputed one, to all others.
    """
    disputed = {sea for (sea,) in _in_codebook("military/seas", r"the (\w[\w ]*) is the disputed")}
    odd = rows[rows.pacific.eq("disputed") != rows.sea.isin(disputed)]
    says = f"data/README.md calls this disputed: {', '.join(sorted(disputed))} ({{sea}})"
    yield Violation("pacific", odd, says, EITHER)
    rows = rows.sort_values("rank")
    places = rows.pacific.map(["yes", "disputed", "no"].index)
    above, below = places.cummax().shift(fill_value=0), places[::-1].cummin()[::-1].shift(-1)
    odd = rows[(places < above) | (places > below)]
    says = "seas that count have the first ranks, those that do not the last ({sea}, {rank})"
    yield Violation("pacific", odd, says, BOTH)


NONE_BEFORE = re.compile(r"before \w+ (\d{4}) there was no (\w+) (pipeline gas|LNG|coal)")
OF_STATES = {"Russian": "Russia", "Australian": "Australia"}


@identity("economic/energy_imports", "documents")
def nothing_came_before_its_time(rows: pd.DataFrame, told: pd.DataFrame) -> Iterator[Violation]:
    """Where the note of a document says since when a fuel came from a state, none came before."""
    for note, said in zip(told.note, told.note.map(NONE_BEFORE.search), strict=True):
        if not said:
            continue
        year, adjective, fuel = said.groups()
        of_it = rows.commodity.eq(fuel) & rows.origin.eq(OF_STATES.get(adjective, adjective))
        odd = rows[of_it & rows.year.lt(int(year)) & rows.quantity.gt(0)]
        says = (
            f"a note in data/documents.csv says: {note} ({{commodity}} from {{origin}}, {{year}})"
        )
        yield Violation("quantity", odd, says, BOTH)


NUMBERED = re.compile(r"\b(tass\.com|globaltimes\.cn)/\w+/(\d{6,})")


@identity("documents", "claims")
def a_document_is_of_the_time_of_its_claim(
    rows: pd.DataFrame, told: pd.DataFrame
) -> Iterator[Violation]:
    """What decides a claim about its own time was there on the article's day; and of pages that
    their publisher numbers, a later one has a higher number.
    """
    day = evidence.CUTS["date"]
    coded = told.unit.eq("documents") & told.rule.eq("coded")
    late = rows.date.gt(day) & rows.shows.ne("") & rows.claim.isin(told.id[coded & ~told.standing])
    says = f"{{claim}} is about its own time, and the article is of {day} ({{page}})"
    yield Violation("date", rows[late], says, BOTH)
    pages = rows.page.str.extractall(NUMBERED).set_axis(["host", "number"], axis=1)
    numbered = rows.join(pages.droplevel("match"), how="inner").astype({"number": int})
    numbered = numbered.sort_values(["host", "number"], ascending=False)
    later = numbered.groupby("host").date.transform(lambda dates: dates.cummin().shift())
    numbered = numbered.assign(later=later)
    says = "a page of {host} with a higher number is of {later} ({claim}: {page})"
    yield Violation("date", numbered[numbered.date > numbered.later.fillna("9")], says, BOTH)
