"""How it leaves the house: the command line, the lab, handouts, editions, cards, the graded course."""
