from frenemies.measures.lean import trade_lean as trade_lean
from frenemies.measures.votes import from_roll_calls as from_roll_calls
from frenemies.measures.votes import split_votes as split_votes

from . import claims as claims
from .claims import switch as switch
from .pictures.leaning import lean_picture as lean_picture
from .pictures.leaning import paths_picture as paths_picture
from .pictures.ties import arms_ties_picture as arms_ties_picture
from .pictures.ties import pledges_picture as pledges_picture
from .pictures.ties import ties_picture as ties_picture
from .pictures.visits import engagement_picture as engagement_picture
from .pictures.visits import meetings_picture as meetings_picture
from .pictures.votes import heat_picture as heat_picture
from .pictures.votes import ideal_picture as ideal_picture
from .pictures.votes import pairs_picture as pairs_picture
from .pictures.votes import pyongyang_picture as pyongyang_picture
