"""A claim of one's own: what notebook 05 asks beside the reader's own claim."""
