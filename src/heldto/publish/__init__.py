"""How it leaves the house: handouts, the lab, what a class needs, and the command line."""
