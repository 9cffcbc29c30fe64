"""What this article says: a package a section, each with its claims, pictures and exercises. Here: what all of them share."""

ORDER = ("economic", "geopolitical", "military", "verdict")  # as the notebooks come
BOTH = ("CHN", "RUS")  # the two leads
BETWEEN = "#7A2E8E"  # their colour together: between red and blue
