"""Red flags that a log may name: ids of the safety questions (evidence 4b and 4c)."""

from __future__ import annotations

SIGN_IDS = (
    *(f"RED-{number:02d}" for number in range(1, 13)),
    "RED-09b",
    "RED-09-spot",
    "RED-09-worse",
    "RED-09-night",
    "RED-09-past",
    "RED-09-periods",
    "RED-09-low-energy",
    *(f"SITE-{number:02d}" for number in range(1, 8)),
    "AGE-01",
    "AGE-02",
    "AGE-03",
    "PREG-01",
    "PREG-02",
    "HEART-01",
    "MED-01",
    "MED-02",
    "MED-03",
    "SURG-01",
    "BOTH-01",
)
"""Also the ids allowed in `screening.red_flags`; their wording belongs to the pillar that asks the questions."""
