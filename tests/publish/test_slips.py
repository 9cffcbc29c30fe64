"""Slips of an updater, each of a kind of its own, which turns a verdict: what `validate` sees by checks of its own.

Counts of rows are left out, because one command accepts them all. What it cannot see is named in UNSEEN.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pandas as pd
import pytest

from frenemies.consistency import core, published
from heldto import evidence
from heldto.claims import ledger, rows
from heldto.errors import Problem

Spoil = Callable[[pd.DataFrame], pd.DataFrame]  # cells as text, as the file has them


class Slip(NamedTuple):
    kind: str
    table: str
    spoil: Spoil
    claim: str


def put(query: str, **cells: Callable[[str], str] | str) -> Spoil:
    """Other cells in the rows that fit; a function is given the cell, `@column` is the cell there."""

    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame.query(query).index
        assert len(rows), query
        spoilt = frame.copy()
        for column, what in cells.items():
            if callable(what):
                spoilt.loc[rows, column] = frame.loc[rows, column].map(what)
            elif what.startswith("@"):
                spoilt.loc[rows, column] = frame.loc[rows, what[1:]]
            else:
                spoilt.loc[rows, column] = what
        return spoilt

    return spoil


def times(factor: float, digits: int | None = None) -> Callable[[str], str]:
    return lambda cell: (
        cell
        and (
            str(round(float(cell) * factor))
            if digits is None
            else f"{float(cell) * factor:.{digits}f}"
        )
    )


def moved(query: str, column: str, steps: int = 1) -> Spoil:
    """The figures of a series stand at the next row (steps 1) or at the row before (-1)."""

    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame.query(query)[column]
        assert len(rows) > 1, query
        end = rows.iloc[0 if steps > 0 else -1]
        spoilt = frame.copy()
        spoilt.loc[rows.index, column] = rows.shift(steps).fillna(end)
        return spoilt

    return spoil


def exchanged(first: str, second: str, on: str, *columns: str) -> Spoil:
    """Two series have changed places, wherever both have a row (alike in `on`)."""

    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        one, other = (frame.query(query).reset_index().set_index(on) for query in (first, second))
        both = one.index.intersection(other.index)
        assert len(both), (first, second)
        spoilt = frame.copy()
        for column in columns:
            spoilt.loc[one.loc[both, "index"], column] = other.loc[both, column].to_numpy()
            spoilt.loc[other.loc[both, "index"], column] = one.loc[both, column].to_numpy()
        return spoilt

    return spoil


def by_product(change: Callable[[pd.Series], pd.Series]) -> Spoil:
    """What becomes of the months of each product's exports."""

    def spoil(frame: pd.DataFrame) -> pd.DataFrame:
        values = frame.value_usd.astype(float)
        spoilt = values.groupby(frame["product"], group_keys=False).apply(change)
        return frame.assign(value_usd=spoilt.round().astype(int).astype(str))

    return spoil


T, G, F = "economic/trade", "economic/trade_groups", "economic/energy_imports"
CUSTOMS, US, DUTY = "economic/china_customs", "economic/us_energy_exports", "economic/tariffs"
ARMS, TOTALS, DEALS = "military/arms_transfers", "military/arms_totals", "military/deals"
EXERCISES, INF, OPINION = "military/exercises", "military/inf_timeline", "geopolitical/opinion"
PLEDGES, RIVALS, WARS = "geopolitical/pledges", "geopolitical/rivalries", "military/wars"
DAYS, RELIGION, SANCTIONS = (
    "geopolitical/engagement_days",
    "geopolitical/religion",
    "geopolitical/sanctions",
)

SLIPS = [  # kind, table, what is done, the claim whose verdict turns
    Slip("a series is a year late", T, moved("reporter == 'CHN' and partner == 'RUS' and flow == 'import'", "value_usd"), "E4"),
    Slip("a series is a year late, the partner's", T, moved("reporter == 'RUS' and partner == 'CHN' and flow == 'export'", "value_usd"), "F3"),
    Slip("exports for imports, all years", T, exchanged("reporter == 'CHN' and partner == 'RUS' and flow == 'export'", "reporter == 'CHN' and partner == 'RUS' and flow == 'import'", "year", "value_usd"), "E4"),
    Slip("both flows under one", T, put("reporter == 'CHN' and partner == 'DEU' and year == '2018' and flow == 'export'", value_usd=times(0.31)), "E3"),
    Slip("tonnes for cubic metres, a whole year", F, put("commodity == 'LNG' and year == '2018'", quantity=times(0.735, 4)), "E9"),
    Slip("a neighbour's row", F, exchanged("commodity == 'LNG' and origin == 'Russia'", "commodity == 'LNG' and origin == 'Malaysia'", "year", "quantity"), "E6"),
    Slip("another calendar: shipped for paid", US, by_product(lambda months: months.shift(9).bfill()), "E8"),
    Slip("shares for per cent, a whole series", DUTY, put("reporter == 'CHN'", tariff_pct=times(0.01, 3)), "E15"),
    Slip("shares for per cent, since the tariffs", DUTY, put("reporter == 'USA' and month >= '2018-07'", tariff_pct=times(0.01, 3)), "E15"),
    Slip("the tariff on all partners", DUTY, put("reporter == 'CHN' and month >= '2018-04'", tariff_pct="6.7"), "E15"),
    Slip("another indicator: per head", "economic/gdp_population", put("actor == 'RUS'", gdp_usd=times(1 / 146e6)), "E14"),
    Slip("another indicator: one sector's output", "economic/gdp_population", put("actor == 'RUS'", gdp_usd=times(0.12)), "E14"),
    Slip("one flow for both", CUSTOMS, put("partner == 'RUS' and year == '2023'", export_bn="54.0", import_bn="67.0", total_bn="121.0"), "E3"),
    Slip("the partner's favour and disfavour exchanged, all years", OPINION, put("actor == 'VNM'", favourable="@unfavourable", unfavourable="@favourable"), "M15"),
    Slip("a share for per cent", OPINION, put("actor == 'VNM' and year == '2017'", favourable="0.100", unfavourable="0.872"), "M15"),
    Slip("two groups exchanged", RELIGION, exchanged("actor == 'PAK' and group == 'Shia'", "actor == 'PAK' and group == 'Sunni'", "actor", "low", "high"), "G15"),
    Slip("two groups exchanged, the ruling one's", RELIGION, put("actor == 'IRN'", group=lambda cell: {"Shia": "Sunni", "Sunni": "Shia"}[cell]), "G14"),
    Slip("of citizens for all", RELIGION, put("actor == 'PAK' and group == 'Sunni'", low="41", high="46"), "G15"),
    Slip("another leader's days", DAYS, put("leader == 'Xi Jinping' and partner == 'RUS'", days=times(0.6)), "F2"),
    Slip("a block of occasions of another year", "geopolitical/meetings", put("date >= '2019'", date=lambda day: day.replace("2019", "2020"), until=lambda day: day.replace("2019", "2020")), "F1"),
    Slip("another kind of pledge, all of one guarantor", PLEDGES, put("actor_b == 'USA' and pledge == 'defence'", pledge="neutrality"), "M13"),
    Slip("a neighbour's pledge", PLEDGES, put("actor_a == 'CHN' and actor_b == 'RUS' and pledge == 'defence' and start_year == '1942'", end_year="", note=""), "M11"),
    Slip("a rivalry that is on, as the one above", RIVALS, put("actor_a == 'CHN' and actor_b == 'VNM'", end_year=""), "M19"),
    Slip("a rivalry with an end from elsewhere", RIVALS, put("actor_a == 'CHN' and actor_b == 'IND'", end_year="1988"), "M19"),
    Slip("a rivalry of the neighbours", RIVALS, put("actor_a == 'IRN' and actor_b == 'SAU'", end_year="1988"), "G19"),
    Slip("the list of another source", WARS, put("list == 'COW' and actor_a == 'CHN' and actor_b == 'VNM'", list="UCDP"), "M7"),
    Slip("the adversary of the row above", WARS, put("number == '160'", actor_b="PAK"), "M7"),
    Slip("a kind of sanction under another, all years", SANCTIONS, put("sender == 'EU' and target == 'RUS'", trade="false", arms="false", military="false", financial="false"), "F10"),
    Slip("the years of a series", SANCTIONS, put("sender == 'EU' and target == 'RUS'", year=lambda year: str(int(year) + 5)), "F10"),
    Slip("a kind of conflict, all years", "geopolitical/conflicts", put("side_a == 'UKR' and kind == 'internal with foreign troops'", kind="internal", helper_b=""), "M14"),
    Slip("another indicator: ordered for delivered", ARMS, moved("supplier == 'RUS' and recipient == 'IND'", "tiv", -4), "M6"),
    Slip("a neighbour's deliveries", ARMS, exchanged("supplier == 'USA' and recipient == 'KOR'", "supplier == 'USA' and recipient == 'JPN'", "year", "tiv"), "G10"),
    Slip("exports for imports, an actor's totals", TOTALS, put("actor == 'SYR' and role == 'imports'", tiv=times(3, 2)), "G6"),
    Slip("a total that is the first supplier's", TOTALS, put("actor == 'VNM' and role == 'imports' and year > '2013' and year < '2019'", tiv=times(1.7, 2)), "M5"),
    Slip("ordered for delivered", DEALS, put("recipient == 'VNM' and weapon == 'Project-636E' and year == '2017'", year="2020"), "M8"),
    Slip("the sea of another exercise", EXERCISES, put("date > '2019-01' and date < '2019-07-24'", sea=lambda sea: {"Yellow Sea": "Baltic Sea", "East China Sea": "Black Sea"}.get(sea, "Mediterranean")), "M2"),
    Slip("naval or not, all of one name", EXERCISES, put("name.str.startswith('Joint Sea') and date < '2019'", naval="false"), "M3"),
    Slip("announced, not held", EXERCISES, put("date > '2019-01' and date < '2019-08'", status="announced"), "M2"),
    Slip("a kind of event for another", INF, put("kind == 'refusal'", kind="statement"), "M10"),
    Slip("a sign of a document under another part", "documents", put("claim == 'G17'", shows="by others=for"), "G17"),
    Slip("a document read otherwise", "documents", put("claim == 'G20'", shows="China=for"), "G20"),
    Slip("a document's sign gone", "documents", put("claim == 'F9'", shows="day=for"), "F9"),
    Slip("a document that names another place", "documents", put("claim == 'M18'", shows="elsewhere=for"), "M18"),
    Slip("a document of a neighbour", "documents", put("claim == 'F8'", shows="no friend=for"), "F8"),
    Slip("a document's praise", "documents", put("claim == 'M17'", shows="partnership named=for"), "M17"),
    Slip("an aim and a vote", "geopolitical/iran_votes", put("date == '2015-07-20'", CHN="N"), "G9"),
    Slip("a neighbour's series", T, exchanged("reporter == 'UZB' and partner == 'CHN'", "reporter == 'UZB' and partner == 'KAZ'", ["year", "flow"], "value_usd"), "G1"),
    Slip("tonnes of coal for tonnes of oil", "economic/coal_editions", put("edition == '2019' and year == '2018'", coal=times(1.4286, 1)), "E7"),
    Slip("barrels a day for tonnes, a whole year", F, put("commodity == 'crude oil' and year == '2017'", quantity=times(20.08, 4)), "E5"),
    Slip("the year to date for the month", US, put("month >= '2019-01' and month <= '2019-07'", value_usd=times(5)), "E8"),
    Slip("another pair's row", "geopolitical/agreement", exchanged("actor_a == 'CHN' and actor_b == 'RUS'", "actor_a == 'CHN' and actor_b == 'USA'", "year", "agree", "same", "opposed", "kappa", "common"), "F5"),
    Slip("two cities for one visit", DAYS, put("leader == 'Xi Jinping' and partner == 'USA'", days=times(2)), "F2"),
    Slip("two partners' days exchanged", DAYS, exchanged("leader == 'Xi Jinping' and partner == 'RUS'", "leader == 'Xi Jinping' and partner == 'USA'", "year", "days"), "F2"),
    Slip("a neighbour's poll", OPINION, put("actor == 'IND' and year == '2018'", favourable="17.7", unfavourable="78.4"), "M15"),
    Slip("another sender", SANCTIONS, put("sender == 'EU' and target == 'RUS'", sender="DEU"), "F10"),
    Slip("a weapon of another deal", DEALS, put("recipient == 'VNM' and weapon == 'Project-636E' and year > '2015'", weapon="Gepard-3.9"), "M8"),
    Slip("a share of another whole", RELIGION, put("actor == 'SYR' and group.str.startswith('Alawi')", low="52", high="52"), "G14"),
    Slip("a capacity for a delivery", F, put("commodity == 'pipeline gas' and origin == 'Russia' and year == '2018'", quantity="38.0"), "E6"),
    Slip("a supplier's neighbour", ARMS, exchanged("supplier == 'UKR' and recipient == 'CHN'", "supplier == 'RUS' and recipient == 'CHN'", "year", "tiv"), "G3"),
    Slip("a document under another claim", "documents", put("claim == 'F9'", claim="F8"), "F9"),
    Slip("an end that was announced only", PLEDGES, put("actor_a == 'PHL' and actor_b == 'USA' and pledge == 'defence'", end_year="2016"), "M13"),
    Slip("a document of after the article", "documents", put("claim == 'F8'", date="2019-09-04"), "F8"),
    Slip("a document of after the article, the last of its publisher", "documents", put("claim == 'M17'", date="2019-09-24"), "M17"),
    Slip("a delivery before its pipeline, with the total", F, put("commodity == 'pipeline gas' and year == '2018' and origin in ['Russia', 'Total']", quantity=lambda cell: f"{float(cell) + 15:.4f}"), "E6"),
    Slip("the last of a series, two years late", DEALS, put("recipient == 'VNM' and weapon == 'Project-636E' and year == '2017'", year="2019"), "M8"),
    Slip("consultation for defence", PLEDGES, put("actor_a == 'CHN' and actor_b == 'RUS' and pledge == 'consultation'", pledge="defence"), "M11"),
    Slip("seas that count for nobody", "military/seas", put("pacific != 'no'", pacific="no"), "M2"),
    Slip("seas that count, but for the disputed one", "military/seas", put("pacific == 'yes'", pacific="no"), "M3"),
    Slip("landed for shipped, all years", T, put("reporter == 'CHN' and partner == 'RUS' and flow == 'import'", value_usd=times(1.15)), "E4"),
]  # fmt: skip

UNSEEN = {  # no other table or column tells of them
    "a neighbour's row",
    "the partner's favour and disfavour exchanged, all years",
    "a block of occasions of another year",
}
GOAL = 34 / 40  # that are seen


@cache
def shipped(table):
    return evidence.check_table(table).rename_axis("row").reset_index()


def faults(table):
    """(the check, its line) for each fault that a check of its own finds in a table as it stands."""
    try:
        frame = evidence.check_table(table).rename_axis("row").reset_index()
    except Problem as fault:
        yield "cells", str(fault)
        return
    for check, names in core.IDENTITIES.items():
        if table in names:
            frames = [frame if name == table else shipped(name) for name in names]
            for odd in check(*frames):
                yield from ((check.__name__, line) for line in core._lines(names[0], odd))
    if table not in core.NO_ORDER:
        for odd in core._out_of_order(table, frame):
            yield from (("order", line) for line in core._lines(table, odd))


def judged(claim):
    return [ledger.judge(claim, vintage).verdict for vintage in ("then", "since")]


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{slip.kind} ({slip.claim})" for slip in SLIPS])
def test_a_slip_that_turns_a_verdict_is_seen_and_its_row_and_remedy_named(slip, mutate):
    for names in core.IDENTITIES.values():
        if slip.table in names:
            [*map(shipped, names)]  # read before anything is spoilt
    before = judged(slip.claim)
    mutate(slip.table, slip.spoil)
    assert judged(slip.claim) != before
    found = [*faults(slip.table)]
    slips_of_rows = [*map(str, rows.row_slips(slip.claim))]
    assert bool(found or slips_of_rows) == (slip.kind not in UNSEEN)
    for _, line in found[:3]:
        where, _, rest = line.partition(": ")
        assert where.startswith("data/") and ("row" in where or "more rows" in rest), line
        assert rest.count(": ") >= 1, line  # what it should be, and a remedy


def test_nearly_all_of_them_are_seen():
    seen = sum(slip.kind not in UNSEEN for slip in SLIPS)
    assert len(SLIPS) >= 40 and seen >= GOAL * len(SLIPS)
    assert len({(slip.kind, slip.claim) for slip in SLIPS}) == len(SLIPS)


@pytest.mark.parametrize(
    ("name", "table", "spoil"),
    [
        ("origins_are_in_their_pact", F, put("origin == 'Canada'", us_pact="")),
        ("editions_agree_nearly", "economic/coal_editions", put("edition == '2026'", coal="79.9")),
        ("tariffs_are_in_per_cent", DUTY, put("month == '2016-03'", tariff_pct=times(0.01, 4))),
        ("a_refusal_is_chinas_and_is_said", INF, put("kind == 'refusal'", china="false")),
        (
            "tariffs_do_not_fall_at_once",
            DUTY,
            put("reporter == 'USA' and month < '2018-07'", tariff_pct="14.0"),
        ),
        ("roll_calls_have_issues", "geopolitical/roll_calls", put("year == '2018'", issues="")),
        (
            "words_of_a_subject_stand_in_a_title",
            "geopolitical/title_subjects",
            put("words == 'nuclear'", words="nucleer"),
        ),
        ("rivals_were_rivals_when_they_fought", RIVALS, put("actor_b == 'UKR'", start_year="2022")),
    ],
)
def test_what_no_slip_above_needs_is_seen_by_its_own_check(name, table, spoil, mutate):
    mutate(table, spoil)
    assert name in {check for check, _ in faults(table)}


def test_every_published_figure_is_held_against_its_rows():
    names = {check.__name__ for check in core.IDENTITIES}
    assert {f"published: {name}" for name in published.PUBLISHED} <= names
    for name, entry in published.PUBLISHED.items():
        check = next(one for one in core.IDENTITIES if one.__name__ == f"published: {name}")
        frames = [shipped(table).copy() for table in core.IDENTITIES[check]]
        assert not [*check(*frames)], name
        meant = frames[0].query(entry["where"]).index
        frames[0] = frames[0].astype({entry["of"]: float})
        frames[0].loc[meant, entry["of"]] *= 3
        frames[0].loc[meant, entry["of"]] += 1
        (odd,) = check(*frames)
        (line,) = core._lines(entry["table"], odd)
        assert entry["page"] in line and line.endswith(published.REMEDY), name
