from frenemies.measures.arms import concentration as concentration
from frenemies.measures.arms import deliveries as deliveries
from frenemies.measures.joint_exercises import pacific_exercises as pacific_exercises

from . import claims as claims
from .claims import ALLIES as ALLIES
from .claims import conflict_verdict as conflict_verdict
from .claims import pacific_verdicts as pacific_verdicts
from .pictures.arms import arms_flow_picture as arms_flow_picture
from .pictures.arms import china_imports_picture as china_imports_picture
from .pictures.arms import submarines_picture as submarines_picture
from .pictures.arms import suppliers_picture as suppliers_picture
from .pictures.forces import alarm_picture as alarm_picture
from .pictures.forces import exercises_picture as exercises_picture
from .pictures.forces import spending_picture as spending_picture
from .pictures.forces import warheads_picture as warheads_picture
from .pictures.forecast import forecast_picture as forecast_picture
