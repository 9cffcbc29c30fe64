"""How a class is taught with it: the graded problem set, and the marked questions in it."""
