"""A claim of the reader's own: its rule, its seal, its verdict, and the page to hand in.

Optional: no other room of the engine needs it.
"""

from pathlib import Path

from heldto import templates

templates.add_folder(Path(__file__).with_name("templates"))
