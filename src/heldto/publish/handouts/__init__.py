"""Handouts: notebooks executed, and written as one self-contained HTML file each."""

import sys

LIMIT = 120  # seconds a cell may take

# jsonschema, which nbformat loads, reads a grammar of web addresses at each start (0.7 s) where one
# is installed. No notebook's schema asks for it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
