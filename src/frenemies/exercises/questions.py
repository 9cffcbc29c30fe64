"""Exercises written in Python, until their sheet stands."""

from frenemies.exercises.sheets import question

__all__ = ["question"]
