"""What maintainers of the article need, and no reader: it is in no wheel."""
