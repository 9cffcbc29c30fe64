"""Section 3, military: who arms whom, who exercises where, who fought whom; the tests of claims M1-M15 and the pictures of notebook 03.

Volumes of arms are SIPRI's trend-indicator values (TIV): volume, not dollars. Sources: data/military and data/geopolitical.
"""

from frenemies.lazy import rooms

_HOME = {
    "frenemies.measures.joint_exercises": "exercises_held pacific pacific_exercises",
    "frenemies.measures.conflicts": "conflict_coding",
    "claims": "ALLIES conflict_verdict pacific_verdicts verdict_by_coding",
    "frenemies.sections.military.pictures.arms": "ENDS arms_flow_picture china_imports_picture submarines_picture suppliers_picture",
    "frenemies.sections.military.pictures.forces": "alarm_picture exercises_picture spending_picture warheads_picture",
    "frenemies.measures.words": "percent",
    "frenemies.measures.arms": "arms_imports arms_windows concentration deliveries last_window share_of_arms_exports share_of_arms_imports total_imports",
    "frenemies.measures.ties": "owe_defence",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
