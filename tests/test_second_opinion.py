"""A second opinion: headline figures against what others published, by the measures that verdicts use; `validate` adds up the rows of the same figures.

Where SIPRI alone counts, it is the fact sheet of its release of then, which later releases have revised.
"""

from urllib.parse import urlsplit

import pytest

from frenemies.consistency import published
from frenemies.consistency.published import PUBLISHED
from frenemies.measures import arms, energy, trade
from heldto import evidence
from heldto.evidence import paths


def traded(reporter, partner, year, column="total"):
    return trade.in_year(trade.goods_trade(reporter, partner), year, column)


def bought(fuel, origin, year):
    return energy.from_origin(fuel, origin, year)


def only(name, column, query):
    (value,) = evidence.table(name).query(query)[column]
    return value


def duty(product, date):
    return only(
        "economic/energy_tariffs", "tariff_pct", f"product == '{product}' and date == '{date}'"
    )


def tariff(reporter, month):
    return only(
        "economic/tariffs", "tariff_pct", f"reporter == '{reporter}' and month == '{month}'"
    )


def grown(fuel, origin, year):
    return 100 * (bought(fuel, origin, year) / bought(fuel, origin, year - 1) - 1)


def burnt_more():
    coal = energy.coal_known_in_2019().set_index("year").coal_ej
    return 100 * (coal[2018] / coal[2016] - 1)


def sold_energy(year):
    months = energy.us_energy_exports()
    return months.total[months.month.str.startswith(str(year))].sum()


def vetoes(who):
    cast = evidence.table("geopolitical/vetoes").query("topic == 'Syria' and date <= '2018-04-10'")
    return cast[who].sum()


def imported(buyer, seller, end):
    return 100 * arms.share_of_arms_imports(buyer, seller, end)


TRADE, RUSSIA = "economic/trade", "economic/trade_russia"
FUEL, ARMS = "economic/energy_imports", "military/arms_transfers"
SPENT, WARHEADS = "military/spending", "military/warheads"
# our figure, by the measures that verdicts use
MEASURED = {
    "E1 by China": lambda: traded("CHN", "RUS", 2018),
    "E1 by China, 2017": lambda: traded("CHN", "RUS", 2017),
    "E1 by China, 2016": lambda: traded("CHN", "RUS", 2016),
    "E1 by Russia": lambda: traded("RUS", "CHN", 2018),
    "E4 by China": lambda: traded("CHN", "RUS", 2018, "balance"),
    "E3 sold to the USA": lambda: traded("CHN", "USA", 2018, "export"),
    "E3 bought from the USA": lambda: traded("CHN", "USA", 2018, "import"),
    "F3 China's part of Russia's trade": lambda: (
        100 * trade.in_year(trade.share_of_trade("RUS", "CHN"), 2018, "share")
    ),
    "G1 Russia with Kazakhstan": lambda: traded("RUS", "KAZ", 2017),
    "E5 crude oil": lambda: bought("crude oil", "Russia", 2018),
    "E5 crude oil, 2017": lambda: bought("crude oil", "Russia", 2017),
    "E5 growth": lambda: grown("crude oil", "Russia", 2018),
    "E9 growth": lambda: grown("LNG", "Australia", 2018),
    "E7 coal of 2018 on 2016": burnt_more,
    "E8 four fuels within all energy": lambda: sold_energy(2018),
    "E8 duty on LNG, autumn": lambda: duty("LNG", "2018-09-24"),
    "E8 duty on LNG, June": lambda: duty("LNG", "2019-06-01"),
    "E8 duty on crude oil": lambda: duty("crude oil", "2019-09-01"),
    "M6 India": lambda: imported("IND", "RUS", 2018),
    "M6 India, 2009-13": lambda: imported("IND", "RUS", 2013),
    "M6 India, 2019-23": lambda: imported("IND", "RUS", 2023),
    "M5 Vietnam, 2017-21": lambda: imported("VNM", "RUS", 2021),
    "G3 China, 2011-15": lambda: imported("CHN", "RUS", 2015),
    "M4 Ukraine, 2011-15": lambda: imported("CHN", "UKR", 2015),
    "G7 Pakistan, 2018-22": lambda: imported("PAK", "CHN", 2022),
    "M8 the sixth submarine": lambda: arms.deliveries("RUS", "VNM", "Project-636E").total.iloc[-1],
    "G6 Russia's vetoes on Syria": lambda: vetoes("RUS"),
    "G6 China's vetoes on Syria": lambda: vetoes("CHN"),
    "spending, Russia": lambda: (
        only(SPENT, "constant_usd", "actor == 'RUS' and year == 2018") / 1e3
    ),
    "spending, South Korea": lambda: (
        only(SPENT, "constant_usd", "actor == 'KOR' and year == 2018") / 1e3
    ),
    "warheads, China": lambda: only(WARHEADS, "warheads", "actor == 'CHN' and year == 2019"),
    "warheads, India": lambda: only(WARHEADS, "warheads", "actor == 'IND' and year == 2019"),
    "G14 Iran": lambda: only("geopolitical/religion", "low", "actor == 'IRN' and group == 'Shia'"),
    "E15 the tariff of the United States, May 2019": lambda: tariff("USA", "2019-05"),
    "E15 China's tariff, May 2019": lambda: tariff("CHN", "2019-05"),
}


@pytest.mark.parametrize("what", PUBLISHED)
def test_another_source_says_the_same(what):
    theirs, apart, page = (PUBLISHED[what][key] for key in ("published", "apart", "page"))
    ours = MEASURED[what]()
    assert abs(ours - theirs) <= apart, f"{what}: ours {ours:.2f}, {page} {theirs:.2f}"


@pytest.mark.parametrize("what", PUBLISHED)
def test_validate_adds_up_the_same_rows_as_the_measure(what):
    entry = PUBLISHED[what]
    rows, others = (
        evidence.table(entry[key]) for key in ("table", "among" if "among" in entry else "table")
    )
    assert published.published_sum(entry, rows, others) == pytest.approx(MEASURED[what](), abs=1e-6)


def test_the_opinion_is_not_the_table_s_own():
    for entry in PUBLISHED.values():
        about = evidence.describe(entry["table"])
        told = " ".join(map(str, about["sources"]))
        told += (paths.data_dir() / about["path"]).read_text("utf-8")
        assert urlsplit(entry["page"]).hostname.removeprefix("www.") not in told


def test_the_second_opinions_are_on_every_section():
    sections = {entry["table"].partition("/")[0] for entry in PUBLISHED.values()}
    assert sections == {"economic", "geopolitical", "military"}
