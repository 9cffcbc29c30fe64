"""What does a reader answer? Exercises are found, checked, hinted at and solved here; `forms` shows them."""

from frenemies.exercises.checks import (
    Said,
    Unanswerable,
    UnknownExercise,
    check,
    find,
    hint,
    progress,
    solution,
)
from frenemies.exercises.sheets import ids

__all__ = [
    "Said",
    "Unanswerable",
    "UnknownExercise",
    "check",
    "find",
    "hint",
    "ids",
    "progress",
    "solution",
]
