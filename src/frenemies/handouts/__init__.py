"""Handouts: notebooks executed, and written as one self-contained HTML file each."""
