"""What does a reader answer? Exercises are found, checked and solved; `forms` shows them."""

from heldto.exercises.checks import (
    Unanswerable,
    UnknownExercise,
    check,
    find_exercise,
    hint,
    solution,
)
from heldto.exercises.sheets import exercise_ids

__all__ = [
    "Unanswerable",
    "UnknownExercise",
    "check",
    "find_exercise",
    "hint",
    "exercise_ids",
    "solution",
]
