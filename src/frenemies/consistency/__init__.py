"""Identities across the tables of data/: figures that must agree with others, and the cells that
do not.

Each bound is the widest gap seen in the figures as their sources give them, rounded up; it stands
beside its identity.
"""

from frenemies.consistency import functions, published, records, series
from frenemies.consistency.core import DECLARED, IDENTITIES, declare, violations

__all__ = ["IDENTITIES", "violations", "functions", "published", "records", "series"]

for name, told in DECLARED.items():
    declare(name, told)
