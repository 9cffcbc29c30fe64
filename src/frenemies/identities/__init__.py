"""Identities across the tables of data/: figures that must agree with others, and the cells that
do not.

Each bound is the widest gap seen in the figures as their sources give them, rounded up; it stands
beside its identity.
"""

from frenemies.identities import functions, records
from frenemies.identities.core import DECLARED, IDENTITIES, declare, faults

__all__ = ["IDENTITIES", "faults", "functions", "records"]

for name, told in DECLARED.items():
    declare(name, told)
