# What a notebook may say. A function or class here stays as it is, and so do some names of these
# modules (`evidence.table`, ...): tests/public_names.txt lists both. All else may change freely.
from . import claims as claims
from . import evidence as evidence
from . import exercises as exercises
from . import ledger as ledger
from . import pictures as pictures
from . import toggles as toggles
from .claims.yardstick import yardstick as yardstick
from .evidence import actors as actors
from .evidence.glossary import term as term
from .evidence.glossary import words as words
from .exercises import check as check
from .exercises import hint as hint
from .exercises import solution as solution
from .exercises.drawn import draw as draw
from .exercises.examine import examine as examine
from .exercises.forms import exercise as exercise
from .exercises.guesses import guess as guess
from .exercises.guesses import verdict as verdict
from .exercises.quick import quick_round as quick_round
from .exercises.standing import progress as progress
from .ledger import garden as garden
from .ledger import lists as lists
from .ledger import overview as overview
from .ledger import reckoning as reckoning
from .own.claim import Claim as Claim
from .own.page import export as export
from .room.wall import wall as wall
from .toggles import actor_bar as actor_bar
from .toggles import ask as ask
from .toggles import explore as explore
from .toggles import live as live
from .toggles.specification_curve import readings as readings
from .toggles.toggled import toggled as toggled

__version__: str
