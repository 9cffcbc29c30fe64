"""The exercises themselves, one module a notebook: what is asked, the right answer from the data, what tends to go wrong, hints, solution."""
