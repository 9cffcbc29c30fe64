"""What does a reader answer? Exercises are found, checked and solved; `forms` shows them."""

from heldto.exercises.checks import Unanswerable, UnknownExercise, check, find, hint, solution
from heldto.exercises.sheets import ids

__all__ = ["Unanswerable", "UnknownExercise", "check", "find", "hint", "ids", "solution"]
