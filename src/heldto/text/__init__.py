"""What a sentence is made of: names, numbers, days; and how arguments are read."""
