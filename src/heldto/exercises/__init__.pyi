from .checks import Unanswerable as Unanswerable
from .checks import UnknownExercise as UnknownExercise
from .checks import check as check
from .checks import find_exercise as find_exercise
from .checks import hint as hint
from .checks import solution as solution
from .sheets import exercise_ids as exercise_ids
