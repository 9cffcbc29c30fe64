"""The pictures of notebook 03: `arms` (suppliers, flows, submarines) and `forces` (exercises,
spending, warheads, alarm)."""
