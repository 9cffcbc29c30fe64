# The helper: what the engine hands on (`src/heldto/__init__.pyi`)
from heldto import Claim as Claim
from heldto import actor_bar as actor_bar
from heldto import actors as actors
from heldto import ask as ask
from heldto import check as check
from heldto import claims as claims
from heldto import draw as draw
from heldto import evidence as evidence
from heldto import examine as examine
from heldto import exercise as exercise
from heldto import exercises as exercises
from heldto import explore as explore
from heldto import export as export
from heldto import garden as garden
from heldto import guess as guess
from heldto import hint as hint
from heldto import ledger as ledger
from heldto import lists as lists
from heldto import live as live
from heldto import overview as overview
from heldto import pictures as pictures
from heldto import progress as progress
from heldto import quick_round as quick_round
from heldto import readings as readings
from heldto import reckoning as reckoning
from heldto import solution as solution
from heldto import term as term
from heldto import toggled as toggled
from heldto import toggles as toggles
from heldto import verdict as verdict
from heldto import wall as wall
from heldto import words as words
from heldto import yardstick as yardstick

# The article: its role cards, its measures, its sections with their pictures
from . import cards as cards
from .cards import card as card
from .measures import arms as arms
from .measures import balance as balance
from .measures import ties as ties
from .measures import trade as trade
from .sections import economic as economic
from .sections import geopolitical as geopolitical
from .sections import military as military
from .sections.verdict.pictures import network as network
from .sections.verdict.pictures import together as together

__version__: str
