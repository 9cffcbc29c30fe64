"""Section 1, economic: energy and trade measures, the tests of claims E1-E10 and F3, and the pictures of notebook 01."""

from frenemies.lazy import rooms

_HOME = {
    "frenemies.measures.energy": "COMMODITIES MTOE PRODUCTS below_peak coal_known_in_2019 coal_use from_origin growth"
    " imports_by_origin twelve_months_to us_energy_exports us_energy_fall",
    "claims": "",
    "frenemies.sections.economic.pictures.trade": "NAMED TURN partners_picture rank_sentence ranks_picture turn_picture",
    "frenemies.sections.economic.pictures.books": "BOOKS balance_picture mirror_picture union_picture",
    "frenemies.sections.economic.pictures.energy": "BURNERS ORIGINS coal_picture origins_picture trade_war_picture",
    "frenemies.measures.trade": "UNION added_by_union goods_trade in_year mirror_trade ranks russia_to_2024 share_of_trade trade_with turned_to_china",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
