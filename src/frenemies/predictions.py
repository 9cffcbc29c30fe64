"""The reader's own verdicts: recorded before the computed one shows, kept on the reader's disk and nowhere else."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from frenemies import claims
from frenemies.places import Problem

WORDS = claims.VERDICTS


def diary():
    """Path of the reader's file: FRENEMIES_DIARY where set, else `my-answers.json` in the working folder."""
    return Path(os.environ.get("FRENEMIES_DIARY") or "my-answers.json")
