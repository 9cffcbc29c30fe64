"""Which article was imported, and where it lies: noted at its import, read when it is asked for."""

FACES = ["heldto"]  # packages whose names a cell may ask for
NOTED: list[tuple[str, str]] = []  # the article's package, and its folder


def note(package: str, folder: str) -> None:
    """Called by the package of an article. Raises ImportError where another is there already: what
    was drawn and said is of that one.
    """
    if NOTED and NOTED[0][0] != package:
        raise ImportError(f"{NOTED[0][0]} is open here, and a kernel holds one article: restart it")
    if not NOTED:
        NOTED.append((package, folder))
        FACES.append(package)
