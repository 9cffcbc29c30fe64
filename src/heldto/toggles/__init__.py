"""What a reader switches: the actor bar, pictures with sliders, and lines that follow both.

They know pictures, not tables. Modules: bar (ActorBar), views (pictures and lines that follow it),
explored (`fr.explore`), variants (every outcome of a choice, for a page without a kernel), toggled
(plain seaborn plots).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
