"""Trade, energy, duties, output: what must agree with what."""

from collections.abc import Iterator

import pandas as pd

from frenemies.publish.identities.core import (
    OPPOSITE,
    Factors,
    Odd,
    apart,
    beyond,
    identity,
    leap,
    leaps,
    mirrored,
    within,
)

KEY = ["reporter", "partner", "year", "flow"]
WHERE = "({reporter} with {partner}, {flow}, {year})"
SERIES = ["reporter", "partner", "flow"]
UNION = {"EAEU4": ["ARM", "BLR", "KAZ", "KGZ"], "EAEU5": ["ARM", "BLR", "KAZ", "KGZ", "RUS"]}

ROUNDED = 50_000  # partners.csv is rounded by its source to 0.1 million
UNSAID = {"CHN": (0.95, 0.99), "RUS": (0.83, 1)}  # partners named, of all trade; 2000-20
EDITIONS = 2e-4  # trade_russia against trade: the world's 2016 differs by 0.00012
COPIED = 1.06, 6e-4  # how a book is filled in from the other; marked within 0.0005
ONE_FLOW = 2e8  # the largest that is missing between two years: India's imports from Russia, 1993
SHARED_OUT = 1e-3  # shares fixed: partners move by one factor, seen within 0.0007
# the widest peak or dip against the years beside, in the reporter's own books and against the
# partner's, by size of the flow; where the partner has no book, the own alone
PEAKS = ((1e8, 5.0), (1e9, 3.0), (1e10, 2.1), (1e11, 1.45))
PEAKS_OF_UNIONS = ((1e8, 4.0), (1e9, 2.2), (1e10, 1.6), (1e11, 1.2))
BOTH_UNIONS = ((1e8, 3.0), (1e9, 1.6), (1e10, 1.15))  # EU28 over EU27: what the United Kingdom adds
WHOLE = ((0, 2.0), (1e10, 1.17), (1e11, 1.07))  # what actors and the EU have of all trade


def _peaks_in_both_books(frame: pd.DataFrame, factors: Factors) -> Odd:
    """Flows that leap out of their years, also against the partner's books where it has any."""
    rows = frame.assign(mirror=mirrored(frame, "value_usd"))
    rows["gap"] = rows.value_usd / rows.mirror.where(rows.mirror > 0)
    own = leaps(rows, SERIES, "year", "value_usd", factors)
    seen = leaps(rows, SERIES, "year", "gap", factors, "value_usd")
    return leap("value_usd", own[own.row.isin(seen.row) | own.mirror.isna()])


def _bands(names: pd.Series, bands: dict[str, tuple[float, float]]) -> Iterator[pd.Series]:
    """The lower and the upper end of the band of each row, by its name."""
    return (names.map({name: band[at] for name, band in bands.items()}) for at in (0, 1))


def _eu(membership: pd.DataFrame) -> set[str]:
    """Who was ever a member: counted in EU28, never beside it."""
    return {*membership.member[membership.group.eq("EU")]}


@identity("economic/partners", "economic/trade")
def partners_are_exports_and_imports(partners: pd.DataFrame, trade: pd.DataFrame) -> Iterator[Odd]:
    """A partner's total is what the same reporter exports to it and imports from it."""
    keys = ["reporter", "partner", "year"]
    both = trade.groupby(keys).agg(
        sum=("value_usd", "sum"), size=("row", "size"), one=("row", "min"), other=("row", "max")
    )
    rows = partners.join(both[both["size"].eq(2)], on=keys)
    says = "data/economic/trade.csv, rows {one} and {other}, has export and import of {sum}"
    says += " ({reporter} with {partner}, {year})"
    yield Odd("total_usd", rows[apart(rows.total_usd, rows["sum"], amount=ROUNDED)], says)


@identity("economic/trade", "economic/partners")
def the_world_is_all_partners(trade: pd.DataFrame, partners: pd.DataFrame) -> Iterator[Odd]:
    """China's and Russia's partners together are nearly the world."""
    named = partners.groupby(["reporter", "year"]).total_usd.agg(["sum", "size"])
    world = trade[trade.partner.eq("WLD")].assign(
        both=lambda rows: rows.groupby(["reporter", "year"]).value_usd.transform("sum")
    )
    rows = world.join(named, on=["reporter", "year"])
    odd = rows[beyond(rows["sum"] / rows.both, *_bands(rows.reporter, UNSAID))]
    says = "with the other flow it is {both}, and all partners in data/economic/partners.csv {sum}"
    yield Odd("value_usd", odd, f"{says} ({{reporter}}, {{year}})")


@identity("economic/trade", "economic/trade_groups", "groups")
def partners_are_within_the_world(
    trade: pd.DataFrame, groups: pd.DataFrame, membership: pd.DataFrame
) -> Iterator[Odd]:
    """The actors and the EU are no more than the world, and their part of it does not leap."""
    union = groups[groups.partner.eq("EU28")]
    named = pd.concat([trade[~trade.partner.isin(["WLD", *_eu(membership)])], union])
    named = named.groupby(["reporter", "year", "flow"]).value_usd.agg(["sum", "size"])
    rows = trade[trade.partner.eq("WLD")].join(named, on=["reporter", "year", "flow"])
    rows["part"] = rows["sum"] / rows.value_usd
    says = "the actors and the EU alone are {sum} ({reporter}, {flow}, {year})"
    yield Odd("value_usd", rows[rows.part > 1], says)
    rows = leaps(rows, ["reporter", "flow"], "year", "part", WHOLE, "value_usd")
    yield leap("value_usd", rows, "the actors and the EU are {part} of it, ")


@identity("economic/trade")
def filled_in_from_the_mirror(trade: pd.DataFrame) -> Iterator[Odd]:
    """What is marked as imputed is the partner's figure times or divided by 1.06."""
    factor, gap = COPIED
    rows = trade.assign(mirror=mirrored(trade, "value_usd"))
    ratio = rows.value_usd / rows.mirror
    ratio = ratio.where(rows.flow.eq("import"), 1 / ratio)
    odd = rows[rows.imputed & apart(ratio, pd.Series(factor, rows.index), gap)]
    says = "it is marked imputed, and the partner's books have {mirror}, not 1.06 times it"
    yield Odd("value_usd", odd, f"{says} {WHERE}")


@identity("economic/trade")
def shared_out_by_one_factor(trade: pd.DataFrame) -> Iterator[Odd]:
    """What is marked as allotted moves from year to year as the reporter's other partners do."""
    rows = trade[trade.allotted].sort_values([*SERIES, "year"])
    before = rows.groupby(SERIES)[["value_usd", "year"]].shift()
    rows["moved"] = (rows.value_usd / before.value_usd).where(rows.year - before.year == 1)
    among = rows.groupby(["reporter", "flow", "year"]).moved
    rows["others"] = among.transform("median")
    odd = apart(rows.moved, rows.others, SHARED_OUT) & (among.transform("count") > 3)
    says = "it is marked allotted, and {moved} times the year before, other partners {others}"
    yield Odd("value_usd", rows[odd].sort_values("row"), f"{says} {WHERE}")


@identity("economic/trade")
def flows_have_no_peaks(trade: pd.DataFrame) -> Iterator[Odd]:
    """A flow does not leap out of its years where the partner's books have no such leap."""
    yield _peaks_in_both_books(trade, PEAKS)


@identity("economic/trade")
def full_years_have_both_flows(trade: pd.DataFrame) -> Iterator[Odd]:
    """A year has both flows with the world, and with whom the years beside have much of both."""
    rows = trade[trade.groupby(KEY[:3]).flow.transform("size").lt(2)]
    rows = rows.assign(other=rows.flow.map(OPPOSITE))
    for step, name in ((1, "before"), (-1, "after")):
        beside = trade[KEY].assign(year=trade.year + step, **{name: trade.value_usd})
        rows = rows.merge(beside.rename(columns={"flow": "other"}), "left", [*KEY[:3], "other"])
    odd = rows[rows[["before", "after"]].min(axis=1, skipna=False) > ONE_FLOW]
    world = rows[rows.partner.eq("WLD")]
    says = "{reporter}'s {other} with {partner} has no row in {year}"
    yield Odd("flow", pd.concat([world, odd]).drop_duplicates("row"), says, "put the row back")


@identity("economic/trade_groups", "economic/trade")
def unions_are_their_members(groups: pd.DataFrame, trade: pd.DataFrame) -> Iterator[Odd]:
    """The Eurasian union is the sum of its members' rows; Germany is within the EU."""
    for union, members in UNION.items():
        for side, other in (("reporter", "partner"), ("partner", "reporter")):
            within = trade[trade[side].isin(members) & ~trade[other].isin(members)]
            sums = within.groupby([other, "year", "flow"]).value_usd.agg(["sum", "size"])
            rows = groups[groups[side].eq(union)].join(sums, on=[other, "year", "flow"])
            says = "its members' rows in data/economic/trade.csv"
            odd = rows[apart(rows.value_usd, rows["sum"])]
            yield Odd("value_usd", odd, f"{says} add up to {{sum}} {WHERE}")
            odd = rows[apart(rows.members, rows["size"])]
            yield Odd("members", odd, f"{says} are {{size}} {WHERE}")
    for side in ("reporter", "partner"):
        german = trade[trade[side].eq("DEU")].assign(**{side: "EU27"})
        rows = groups.merge(german[[*KEY, "value_usd"]], "left", KEY, suffixes=("", "_deu"))
        odd = rows[rows.value_usd < rows.value_usd_deu]
        yield Odd("value_usd", odd, f"Germany alone is {{value_usd_deu}} {WHERE}")


@identity("economic/trade_groups", "economic/partners", "groups")
def the_eu_is_its_partners(
    groups: pd.DataFrame, partners: pd.DataFrame, membership: pd.DataFrame
) -> Iterator[Odd]:
    """China's and Russia's two flows with the EU are their totals with its members."""
    members = {"EU28": _eu(membership)}
    members["EU27"] = members["EU28"] - {"GBR"}
    for union, states in members.items():
        named = partners[partners.partner.isin(states)]
        total = named.groupby(["reporter", "year"]).total_usd.sum().rename("sum")
        rows = groups[groups.partner.eq(union)].join(total, on=["reporter", "year"])
        both = rows.groupby(["reporter", "year"]).value_usd
        rows = rows.assign(both=both.transform("sum"))[both.transform("size").eq(2)]
        says = "with the other flow it is {both}, and data/economic/partners.csv has {sum}"
        says += " for the members ({reporter} with {partner}, {year})"
        odd = apart(rows.both, rows["sum"], amount=ROUNDED * len(states))
        yield Odd("value_usd", rows[odd], says)


@identity("economic/trade_groups")
def the_two_eus_move_together(groups: pd.DataFrame) -> Iterator[Odd]:
    """EU28 is EU27 and the United Kingdom: no less, one member more, and no leap between them."""
    for side, other in (("reporter", "partner"), ("partner", "reporter")):
        smaller = groups[groups[side].eq("EU27")].assign(**{side: "EU28"})
        smaller = smaller[[*KEY, "value_usd", "members"]]
        rows = groups.merge(smaller, "inner", KEY, suffixes=("", "_27"))
        rows["over"] = rows.value_usd / rows.value_usd_27.where(rows.value_usd_27 > 0)
        where = f"({{{other}}}, {{flow}}, {{year}})"
        odd = rows[rows.value_usd < rows.value_usd_27]
        yield Odd("value_usd", odd, f"EU27 without the United Kingdom is {{value_usd_27}} {where}")
        odd = rows[beyond(rows.members - rows.members_27, 0, 1)]
        yield Odd("members", odd, f"EU27 has {{members_27}} {where}")
        odd = leaps(rows, SERIES, "year", "over", BOTH_UNIONS, "value_usd")
        yield leap("value_usd", odd, "it is {over} times EU27, ")


@identity("economic/trade_groups")
def unions_have_no_peaks(groups: pd.DataFrame) -> Iterator[Odd]:
    """As for single flows."""
    yield _peaks_in_both_books(groups, PEAKS_OF_UNIONS)


@identity("economic/trade_russia", "economic/trade", "economic/trade_groups", "groups")
def russia_goes_on(
    russia: pd.DataFrame, trade: pd.DataFrame, groups: pd.DataFrame, membership: pd.DataFrame
) -> Iterator[Odd]:
    """Russia's later table gives the years that it shares with the earlier ones alike."""
    earlier = pd.concat([trade, groups])[[*KEY, "value_usd"]]
    rows = russia.merge(earlier, "left", KEY, suffixes=("", "_then"))
    says = f"data/economic/trade.csv or trade_groups.csv has {{value_usd_then}} {WHERE}"
    yield Odd("value_usd", rows[apart(rows.value_usd, rows.value_usd_then, EDITIONS)], says)
    named = russia[~russia.partner.isin(["WLD", "EU27", *_eu(membership)])]
    says = "the partners named add up to {sum} ({flow}, {year})"
    yield within("value_usd", russia[russia.partner.eq("WLD")], named, ["year", "flow"], says)


MEMBERS = ("DEU", "NLD")  # of the EU, among China's largest partners
MOVED = (0.9, 2.5)  # from the IMF's China of 2020: seen 0.997 (Japan) to 2.27 (Russia 2024)
SEEN_FROM_RUSSIA = (1.01, 1.08)  # China's customs over Russia's side, 2021-24: 1.036 to 1.057


@identity("economic/china_customs", "economic/partners", "economic/trade_russia")
def customs_go_on(
    customs: pd.DataFrame, partners: pd.DataFrame, russia: pd.DataFrame
) -> Iterator[Odd]:
    """Members are within the EU; no partner leaps from the years before, and Russia's side says
    nearly the same.
    """
    for column in ("export_bn", "import_bn"):
        named, union = (customs[customs.partner.isin(some)] for some in (MEMBERS, ["EU27"]))
        says = "its members among the partners alone have {sum} ({year})"
        yield within(column, union, named, "year", says)
    last = partners[partners.reporter.eq("CHN") & partners.year.eq(partners.year.max())]
    before = last.set_index("partner").total_usd.div(1e9).rename("before")
    rows = customs.join(before, on="partner")
    strange = rows[rows.before.isna() & rows.partner.ne("EU27")]
    yield Odd("partner", strange, "China has no such partner in data/economic/partners.csv")
    odd = rows[beyond(rows.total_bn / rows.before, *MOVED)]
    yield Odd("total_bn", odd, "data/economic/partners.csv ends at {before} ({partner}, {year})")
    theirs = russia[russia.partner.eq("CHN")].groupby("year").value_usd.sum().div(1e9)
    rows = rows[rows.partner.eq("RUS")].join(theirs.rename("theirs"), on="year")
    odd = rows[beyond(rows.total_bn / rows.theirs, *SEEN_FROM_RUSSIA)]
    yield Odd("total_bn", odd, "data/economic/trade_russia.csv has {theirs} ({year})")


# Energy and duties

NAMED = {  # the origins named, of the printed total
    "LNG": (0.89, 0.96),
    "coal": (0.94, 0.99),
    "crude oil": (0.95, 0.99),
    "pipeline gas": (0.9999, 1.0001),
}
MTOE = 0.041868  # exajoules
EDITIONS_OF_COAL = 0.029  # of 2016: 80.2 EJ in the edition of 2021, 78.0 in that of 2026


@identity("economic/energy_imports")
def origins_are_within_the_total(imports: pd.DataFrame) -> Iterator[Odd]:
    """The origins of a fuel are nearly the printed total, which none of them exceeds."""
    keys = ["commodity", "year"]
    total = imports[imports.origin.eq("Total")].set_index(keys).quantity.rename("total")
    rows = imports[imports.origin.ne("Total")].join(total, on=keys)
    says = "the total is {total} ({commodity} from {origin}, {year})"
    yield Odd("quantity", rows[rows.quantity > rows.total], says)
    sums = rows.groupby(keys).quantity.sum().rename("sum")
    rows = imports[imports.origin.eq("Total")].join(sums, on=keys)
    odd = rows[beyond(rows["sum"] / rows.quantity, *_bands(rows.commodity, NAMED))]
    says = "the origins add up to {sum} ({commodity}, {year})"
    remedy = "look up the total and the origins"
    yield Odd("quantity", odd, says, remedy)


@identity("economic/energy_use", "economic/coal_editions")
def coal_is_part_of_energy(use: pd.DataFrame, editions: pd.DataFrame) -> Iterator[Odd]:
    """The actors are within the world, and editions agree."""
    for column in ("coal_ej", "energy_ej"):
        world = use.actor.eq("WLD")
        yield within(column, use[world], use[~world], "year", "the states add up to {sum} ({year})")
    china = use[use.actor.eq("CHN")]
    given = editions.assign(given=editions.coal.where(editions.unit.eq("EJ"), editions.coal * MTOE))
    rows = china.merge(given[["year", "given", "edition"]], on="year")
    says = "the edition of {edition} in data/economic/coal_editions.csv has {given} EJ ({year})"
    yield Odd("coal_ej", rows[apart(rows.coal_ej, rows.given, EDITIONS_OF_COAL)], says)


# Output and people


@identity("economic/gdp_population", "groups")
def the_world_holds_its_states(economy: pd.DataFrame, membership: pd.DataFrame) -> Iterator[Odd]:
    """States are within the world, members within the EU."""
    for column in ("gdp_usd", "population"):
        for whole, part in (
            ("WLD", ~economy.actor.isin(["WLD", *_eu(membership)])),
            ("EU", economy.actor.isin(_eu(membership) - {"GBR"})),
        ):
            says = "its parts add up to {sum} ({actor}, {year})"
            yield within(column, economy[economy.actor.eq(whole)], economy[part], "year", says)
