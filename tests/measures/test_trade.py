"""Trade by whatever name a side has, and what is said where a figure is not held."""

import pandas as pd
import pytest

from frenemies.measures import trade
from heldto import evidence
from heldto.errors import Problem
from heldto.evidence import actors


def test_names_and_codes_give_the_same():
    by_code = trade.goods_trade("CHN", "RUS")
    pd.testing.assert_frame_equal(trade.goods_trade("China", "Russian Federation"), by_code)
    pd.testing.assert_frame_equal(
        trade.goods_trade("china", "eu28"), trade.goods_trade("CHN", "EU28")
    )
    pd.testing.assert_frame_equal(
        trade.mirror_trade("China", "Russia"), trade.mirror_trade("CHN", "RUS")
    )
    pd.testing.assert_frame_equal(
        trade.share_of_trade("Russia", "China"), trade.share_of_trade("RUS", "CHN")
    )
    pd.testing.assert_frame_equal(trade.ranks("China", 2018), trade.ranks("CHN", 2018))
    pd.testing.assert_frame_equal(trade.russia_to_2024("Germany"), trade.russia_to_2024("DEU"))
    assert trade.trade_with("China", ["Russia", "EU28"]).partner.unique().tolist() == [
        "RUS",
        "EU28",
    ]
    assert trade.party("moscow") == "Russia" and trade.party("EU27") == "the EU (27 members)"


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("EU", "Did you mean EU28"),
        ("European Union", "Did you mean EU28"),
        ("EU29", "Did you mean EU28"),
        ("EAEU", "Did you mean EAEU5"),
        ("world", r"Did you mean WLD \(the world\)"),
        ("Rusia", r"Did you mean RUS \(Russia\)"),
        (None, "give one actor"),
    ],
)
def test_a_side_that_is_unknown(word, says):
    for call in (
        trade.code,
        trade.party,
        lambda side: trade.goods_trade("CHN", side),
        trade.russia_to_2024,
    ):
        with pytest.raises(actors.UnknownActor, match=says):
            call(word)


def test_a_pair_with_one_flow_alone_has_exports_and_no_total(mutate):
    mutate(
        "economic/trade",
        lambda frame: frame[
            ~(frame.reporter.eq("MNG") & frame.partner.eq("UKR") & frame.flow.eq("import"))
        ],
    )
    flows = trade.goods_trade("MNG", "UKR")
    assert flows.total.isna().all() and trade.in_year(flows, 2018, "export") > 0
    with pytest.raises(
        Problem, match='no figure in the column "total", for any year: choose export'
    ):
        trade.in_year(flows, 2018)


def test_a_column_or_a_year_that_is_not_there():
    flows = trade.goods_trade("CHN", "RUS")
    with pytest.raises(Problem, match=r"Did you mean export\?"):
        trade.in_year(flows, 2018, "exprot")
    with pytest.raises(evidence.UnknownYear, match="the table has 1992-2020"):
        trade.in_year(flows, 2031)
    with pytest.raises(Problem, match="a year is a whole number"):
        trade.in_year(flows, "2018")
    with pytest.raises(Problem, match="the table is empty"):
        trade.in_year(flows.head(0), 2018)


def test_no_partner_is_lost_for_want_of_a_name(mutate):
    before = trade.ranks("CHN", 2018)
    mutate("economic/partner_names", lambda frame: frame[frame.partner.ne(before.partner[3])])
    with pytest.raises(
        Problem,
        match=rf'partners\.csv, row \d+, column partner: "{before.partner[3]}" is not in economic/partner_names',
    ):
        trade.ranks("CHN", 2018)


def test_a_total_shared_out_is_second_hand():
    table = evidence.table("economic/trade").query(
        "reporter == 'UZB' and partner == 'CHN' and year == 2010"
    )
    assert table.allotted.all() and not (table.estimate | table.imputed).any()
    assert trade.goods_trade("UZB", "CHN").set_index("year").second_hand[2010]


# Each figure worked out again from the cells it comes from


def cell(reporter, partner, flow, year):
    rows = evidence.table("economic/trade").query(
        "reporter == @reporter and partner == @partner and flow == @flow and year == @year"
    )
    return rows["value_usd"].item() / 1e9


@pytest.mark.parametrize(("a", "b"), [("CHN", "RUS"), ("RUS", "CHN"), ("USA", "CHN")])
def test_a_trade_in_two_books_is_worked_out_from_its_four_cells(a, b):
    sold, bought = cell(a, b, "export", 2018), cell(a, b, "import", 2018)
    theirs_sold, theirs_bought = cell(b, a, "export", 2018), cell(b, a, "import", 2018)
    own = trade.goods_trade(a, b).set_index("year").loc[2018]
    assert own[["export", "import", "total", "balance"]].tolist() == pytest.approx(
        [sold, bought, sold + bought, sold - bought]
    )
    expected = {
        "own_total": sold + bought,
        "mirror_total": theirs_sold + theirs_bought,
        "gap": theirs_sold + theirs_bought - sold - bought,
        "own_balance": sold - bought,
        "mirror_balance": theirs_bought - theirs_sold,
        "fob_balance": sold - theirs_sold,
        "cif_balance": theirs_bought - bought,
    }
    found = trade.mirror_trade(a, b).set_index("year").loc[2018]
    assert found.to_dict() == pytest.approx(expected)
    world = cell(a, "WLD", "export", 2018) + cell(a, "WLD", "import", 2018)
    share = trade.share_of_trade(a, b).set_index("year")["share"][2018]
    assert share == pytest.approx((sold + bought) / world)


def test_a_year_is_second_hand_where_one_of_its_cells_is():
    rows = evidence.table("economic/trade").query("reporter == 'RUS' and partner != 'WLD'")
    for partner, held in rows.groupby("partner"):
        marked = {row.year for row in held.itertuples() if row.estimate or row.imputed}
        found = trade.goods_trade("RUS", partner)
        assert {*found["year"][found["second_hand"]]} == marked, partner


@pytest.mark.parametrize("reporter", ["CHN", "RUS"])
def test_partners_are_ranked_by_their_trade(reporter):
    found = trade.ranks(reporter, 2018)
    cells = evidence.table("economic/partners").query("reporter == @reporter and year == 2018")
    held = cells.set_index("partner")["total_usd"]
    assert found.set_index("partner")["total"].to_dict() == pytest.approx((held / 1e9).to_dict())
    assert found["rank"].tolist() == [*range(1, len(held) + 1)]
    assert found["total"].is_monotonic_decreasing
    for partner in ("USA", "DEU"):
        above = (held > held[partner]).sum()
        assert trade.rank_of(reporter, partner, 2018) == above + 1
    whole = cell(reporter, "WLD", "export", 2018) + cell(reporter, "WLD", "import", 2018)
    lost = trade.under_no_partner(reporter)
    assert lost[2018] == pytest.approx(1 - held.sum() / 1e9 / whole)
    shares = trade.share_of_trade(reporter, "USA").set_index("year")["share"]
    untold = {2009, 2010, 2011} if reporter == "RUS" else set()
    assert {*shares[shares.isna()].index} == untold
    assert all((part > 0.05) == (year in untold) for year, part in lost.items())


def test_ranks_since_are_the_customs_of_2023_and_none_of_august_2019():
    late = evidence.table("economic/china_customs").query("year == 2023 and partner != 'EU27'")
    found = trade.ranks("CHN", 2023)
    assert found.set_index("partner")["total"].to_dict() == pytest.approx(
        late.set_index("partner")["total_bn"].to_dict()
    )
    for reporter, vintage in (("CHN", "then"), ("RUS", None)):
        with pytest.raises(Problem, match="2023"):
            trade.ranks(reporter, 2023, vintage=vintage)


def test_russias_newer_series_is_the_sum_of_its_cells():
    rows = evidence.table("economic/trade_russia").query("year == 2021")
    held = {name: group["value_usd"].sum() / 1e9 for name, group in rows.groupby("partner")}
    found = trade.russia_to_2024("CHN").set_index("year").loc[2021]
    assert found["total"] == pytest.approx(held["CHN"])
    assert found["share"] == pytest.approx(held["CHN"] / held["WLD"])
    marked = evidence.table("economic/trade_russia").query("partner == 'CHN' and mirror")["year"]
    by_year = trade.russia_to_2024("CHN").set_index("year")["mirror"]
    assert {*by_year[by_year].index} == {*marked}
