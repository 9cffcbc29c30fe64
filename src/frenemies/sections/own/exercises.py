"""Figures of the exercises of notebook 05; their words stand in exercises.toml."""

from frenemies.exercises.sheets import sheet

exercises = sheet(__file__)
