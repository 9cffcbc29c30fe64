"""What can be worked out from the tables: trade, arms, ties. Plain pandas; no drawing, no claim."""
