"""What does a reader answer? Exercises are found, checked and solved; `forms` shows them."""

from frenemies.exercises.checks import Unanswerable, UnknownExercise, check, find, hint, solution
from frenemies.exercises.sheets import ids

__all__ = ["Unanswerable", "UnknownExercise", "check", "find", "hint", "ids", "solution"]
