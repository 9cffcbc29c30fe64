"""Handouts: notebooks executed, and written as one self-contained HTML file each."""

LIMIT = 120  # seconds a cell may take
