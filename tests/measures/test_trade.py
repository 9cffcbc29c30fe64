"""Trade by whatever name a side has, and what is said where a figure is not held."""

import pandas as pd
import pytest

from frenemies import evidence
from frenemies.errors import Problem
from frenemies.evidence import actors
from frenemies.measures import trade


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
        (None, "one actor is asked for"),
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
    with pytest.raises(evidence.UnknownYear, match="the years held are 1992-2020"):
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
