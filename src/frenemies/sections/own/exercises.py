"""The exercise of notebook 05: all of it stands in exercises.toml."""

from heldto.exercises.sheets import sheet

exercises = sheet(__file__)
