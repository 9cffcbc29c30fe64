"""What this article says: a package a section, each with its claims, pictures and exercises.

Here: what all of them share.
"""

BOTH = ("CHN", "RUS")  # the two leads
ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
LENGTHS = {"5": 5, "10": 10}  # of a window of arms, in years
CARRIER = {"with": "", "without": "Kuznetsov -"}  # what a reading leaves out of China's arms
BETWEEN = "#7A2E8E"  # their colour together: between red and blue
