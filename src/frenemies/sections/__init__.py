"""What this article says: a package a section, each with its claims, pictures and exercises."""

ORDER = ("economic", "geopolitical", "military", "verdict")  # as the notebooks come
