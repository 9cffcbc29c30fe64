"""What this article says: a package a section, each with its claims, pictures and exercises. Here: what all of them share."""

NOTEBOOKS = {  # of the sections, as they come
    "economic": "01_economic",
    "geopolitical": "02_geopolitical",
    "military": "03_military",
    "verdict": "04_verdict",
}
BOTH = ("CHN", "RUS")  # the two leads
BETWEEN = "#7A2E8E"  # their colour together: between red and blue
