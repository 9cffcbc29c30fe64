from frenemies.measures.energy import below_peak as below_peak
from frenemies.measures.energy import coal_known_in_2019 as coal_known_in_2019
from frenemies.measures.energy import coal_use as coal_use
from frenemies.measures.energy import from_origin as from_origin
from frenemies.measures.energy import imports_by_origin as imports_by_origin
from frenemies.measures.energy import us_energy_exports as us_energy_exports

from . import claims as claims
from .claims import rank_sentence as rank_sentence
from .pictures.books import balance_picture as balance_picture
from .pictures.books import mirror_picture as mirror_picture
from .pictures.books import union_picture as union_picture
from .pictures.energy import coal_picture as coal_picture
from .pictures.energy import origins_picture as origins_picture
from .pictures.energy import trade_war_picture as trade_war_picture
from .pictures.trade import partners_picture as partners_picture
from .pictures.trade import ranks_picture as ranks_picture
from .pictures.trade import turn_picture as turn_picture
