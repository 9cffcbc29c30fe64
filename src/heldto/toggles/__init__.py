"""What a reader switches: the actor bar, pictures with sliders, and lines that follow both.

They know pictures, not tables. Rooms: bar (ActorBar), views (pictures and lines that follow it),
variants (every outcome of a choice, for a page without a kernel), toggled (plain seaborn plots).
"""

from heldto.toggles.bar import ActorBar, actor_bar, shown
from heldto.toggles.views import Ask, Explore, Line, Live, ask, explore, live

__all__ = ["ActorBar", "Ask", "Explore", "Line", "Live"]
__all__ += ["actor_bar", "ask", "explore", "live", "shown"]
