"""The pictures of notebook 01: trade (partners, ranks, Russia's turn), books (one trade in two books), energy (origins, trade war, coal)."""

from frenemies.lazy import rooms

_HOME = {
    "trade": "NAMED TURN partners_picture ranks_picture turn_picture",
    "books": "BOOKS balance_picture mirror_picture union_picture",
    "energy": "BURNERS ORIGINS coal_picture origins_picture trade_war_picture",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
