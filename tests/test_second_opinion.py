"""A second opinion: headline figures against what others published, each with its page and how far apart the two may lie.

Where SIPRI alone counts, it is the fact sheet of its release of then, which later releases have revised.
"""

from urllib.parse import urlsplit

import pytest

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
CUSTOMS_2018 = "https://www.rt.com/business/448783-russia-china-trade-turnover/"
CSIS = "https://chinapower.csis.org/trade-partner/"
GULF_NEWS = "https://gulfnews.com/business/energy/russia-comes-in-as-top-crude-oil-supplier-to-china-1.61663409"
ACRI = "https://www.australiachinarelations.org/content/china-australia-lng-trade-context-china-us-trade-war"
STATESMAN = "https://www.thestatesman.com/business/saudi-arabia-replaces-india-worlds-largest-arms-importer-1502738066.html"
OGJ = "https://www.ogj.com/general-interest/economics-markets/article/14038808/china-to-impose-5-tariff-on-crude-from-us"
BALANCE_2019 = "https://www.dqtv.vn/2019/06/10-nuoc-chi-tieu-khung-nhat-cho-quoc.html"
YEARBOOK_2019 = "https://buechel-atombombenfrei.jimdofree.com/international/sipri-2019/"
ARAB_NEWS = "https://arabnews.com/node/1282481"
QANTARA = "https://en.qantara.de/content/russias-vetoes-of-un-resolutions-on-syria-0"

# claim, table, our figure, the published one, how far apart they may lie, the page (and who says it there)
PUBLISHED = {
    "E1 by China": (TRADE, lambda: traded("CHN", "RUS", 2018), 107.06, 0.6, CUSTOMS_2018),
    "E1 by China, 2017": (TRADE, lambda: traded("CHN", "RUS", 2017), 84.07, 0.6, CUSTOMS_2018),
    "E1 by China, 2016": (TRADE, lambda: traded("CHN", "RUS", 2016), 69.52, 0.6, CUSTOMS_2018),
    "E1 by Russia": (  # Russia's Federal Customs Service
        TRADE,
        lambda: traded("RUS", "CHN", 2018),
        108.3,
        0.2,
        "https://www.pennews.net/international/2019/03/08/russia-china-trade-up-by-17-pc-year-on-year-in-jan-feb-to-16-bln",
    ),
    "E4 by China": (  # its customs: 47.98 bn sold, 59.08 bn bought
        TRADE,
        lambda: traded("CHN", "RUS", 2018, "balance"),
        47.98 - 59.08,
        0.7,
        CUSTOMS_2018,
    ),
    "E3 sold to the USA": (  # by UN Comtrade
        TRADE,
        lambda: traded("CHN", "USA", 2018, "export"),
        480,
        1,
        CSIS,
    ),
    "E3 bought from the USA": (TRADE, lambda: traded("CHN", "USA", 2018, "import"), 156, 1, CSIS),
    "F3 China's part of Russia's trade": (  # Russia's Federal Customs Service
        TRADE,
        lambda: 100 * trade.in_year(trade.share_of_trade("RUS", "CHN"), 2018, "share"),
        15.7,
        0.1,
        "https://noticiaslatam.lat/20190508/relaciones-comerciales-china-rusia-1087145050.html",
    ),
    "G1 Russia with Kazakhstan": (  # Russia's trade representative there
        TRADE,
        lambda: traded("RUS", "KAZ", 2017),
        16,
        1,
        "https://en.inform.kz/news/trade-turnover-between-kazakhstan-russia-may-reach-18b_a3403365/",
    ),
    "E5 crude oil": (FUEL, lambda: bought("crude oil", "Russia", 2018), 71.49, 0.2, GULF_NEWS),
    "E5 crude oil, 2017": (FUEL, lambda: bought("crude oil", "Russia", 2017), 59.7, 0.2, GULF_NEWS),
    "E5 growth": (FUEL, lambda: grown("crude oil", "Russia", 2018), 19.7, 0.3, GULF_NEWS),
    "E9 growth": (  # 17.82 and 23.45 Mt
        FUEL,
        lambda: grown("LNG", "Australia", 2018),
        100 * (23.45 / 17.82 - 1),
        5,
        ACRI,
    ),
    "E7 coal of 2018 on 2016": (  # China's statistics: 0.4 % more in 2017 and 1 % more in 2018
        "economic/coal_editions",
        burnt_more,
        100 * (1.004 * 1.01 - 1),
        1,
        "https://diepresse.com/home/wirtschaft/international/5587107/Chinas-Kohleverbrauch-steigt-weiter?from=rss",
    ),
    "E8 four fuels within all energy": (  # the USITC's digest has all energy products, of domestic and foreign origin
        "economic/us_energy_exports",
        lambda: sold_energy(2018),
        8.8,
        2,
        "https://www.usitc.gov/research_and_analysis/trade_shifts_2018/energy.htm",
    ),
    "E8 duty on LNG, autumn": (
        "economic/energy_tariffs",
        lambda: duty("LNG", "2018-09-24"),
        10,
        0,
        OGJ,
    ),
    "E8 duty on LNG, June": (
        "economic/energy_tariffs",
        lambda: duty("LNG", "2019-06-01"),
        25,
        0,
        OGJ,
    ),
    "E8 duty on crude oil": (
        "economic/energy_tariffs",
        lambda: duty("crude oil", "2019-09-01"),
        5,
        0,
        OGJ,
    ),
    "M6 India": (ARMS, lambda: imported("IND", "RUS", 2018), 58, 2, STATESMAN),  # release of 2019
    "M6 India, 2009-13": (
        ARMS,
        lambda: imported("IND", "RUS", 2013),
        76,
        2,
        "http://topicwise.in/index.php/defence/defence-relations/1393-trends-in-international-arms-transfers",
    ),
    "M6 India, 2019-23": (  # release of 2024
        ARMS,
        lambda: imported("IND", "RUS", 2023),
        36,
        2,
        "https://www.deccanherald.com/india/india-again-tops-global-arms-imports-russia-main-supplier-sipri-2931533",
    ),
    "M5 Vietnam, 2017-21": (  # release of 2022
        ARMS,
        lambda: imported("VNM", "RUS", 2021),
        56,
        2,
        "https://www.vogon.today/startmag/because-vietnam-wants-to-buy-less-weapons-from-russia/2022/12/26/",
    ),
    "G3 China, 2011-15": (  # release of 2016: 59 % Russia
        ARMS,
        lambda: imported("CHN", "RUS", 2015),
        59,
        6,
        "https://bofit.fi/link/876c6a3cb18e4e2896a27763365b5706.aspx?epslanguage=en",
    ),
    "M4 Ukraine, 2011-15": (
        ARMS,
        lambda: imported("CHN", "UKR", 2015),
        14,
        2,
        "https://bofit.fi/link/876c6a3cb18e4e2896a27763365b5706.aspx?epslanguage=en",
    ),
    "G7 Pakistan, 2018-22": (
        ARMS,
        lambda: imported("PAK", "CHN", 2022),
        77,
        2,
        "https://www.pratidintime.com/national/india-worlds-largest-arms-importer-in-2018-22-reveals-sipri-data",
    ),
    "M8 the sixth submarine": (  # it left Russia in November 2016 and came in January 2017
        "military/deals",
        lambda: arms.deliveries("RUS", "VNM", "Project-636E").total.iloc[-1],
        6,
        0,
        "https://e.vnexpress.net/news/news/vietnam-s-6th-russian-built-submarine-to-arrive-in-january-3506668.html",
    ),
    "G6 Russia's vetoes on Syria": ("geopolitical/vetoes", lambda: vetoes("RUS"), 12, 0, ARAB_NEWS),
    "G6 China's vetoes on Syria": ("geopolitical/vetoes", lambda: vetoes("CHN"), 6, 0, QANTARA),
    "spending, Russia": (  # the IISS, Military Balance 2019
        SPENT,
        lambda: only(SPENT, "constant_usd", "actor == 'RUS' and year == 2018") / 1e3,
        63.1,
        6,
        BALANCE_2019,
    ),
    "spending, South Korea": (
        SPENT,
        lambda: only(SPENT, "constant_usd", "actor == 'KOR' and year == 2018") / 1e3,
        39.2,
        4,
        BALANCE_2019,
    ),
    "warheads, China": (  # SIPRI's Yearbook; the table is the Federation of American Scientists'
        WARHEADS,
        lambda: only(WARHEADS, "warheads", "actor == 'CHN' and year == 2019"),
        290,
        0,
        YEARBOOK_2019,
    ),
    "warheads, India": (
        WARHEADS,
        lambda: only(WARHEADS, "warheads", "actor == 'IND' and year == 2019"),
        140,
        0,
        YEARBOOK_2019,
    ),
    "G14 Iran": (  # the Pew Forum's estimates, as the BBC gives them
        "geopolitical/religion",
        lambda: only("geopolitical/religion", "low", "actor == 'IRN' and group == 'Shia'"),
        90,
        4,
        "https://feeds.bbci.co.uk/news/world-middle-east-25434060",
    ),
}


@pytest.mark.parametrize("what", PUBLISHED)
def test_another_source_says_the_same(what):
    _, ours, theirs, apart, page = PUBLISHED[what]
    assert abs(ours() - theirs) <= apart, f"{what}: ours {ours():.2f}, {page} {theirs:.2f}"


def test_the_opinion_is_not_the_table_s_own():
    for table, *_, page in PUBLISHED.values():
        told = " ".join(map(str, evidence.describe(table)["sources"]))
        told += (paths.data_dir() / evidence.describe(table)["path"]).read_text("utf-8")
        assert urlsplit(page).hostname.removeprefix("www.") not in told


def test_the_second_opinions_are_on_every_section():
    sections = {table.partition("/")[0] for table, *_ in PUBLISHED.values()}
    assert sections == {"economic", "geopolitical", "military"}
