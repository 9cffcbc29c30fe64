"""Pictures: figures with an alt text, a table and a source, their marks grouped by the actors they
belong to.

Rooms: style (colours, type, dates), marks (what is drawn), labels (where words stand), sentences
(what is said), svg (the drawing as text), picture (Picture, and the decorator of what draws one).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
