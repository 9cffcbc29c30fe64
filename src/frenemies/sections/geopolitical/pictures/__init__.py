"""The pictures of notebook 02: `votes` in the General Assembly, `ties` (trade, pledges, arms),
`visits` and meetings."""
