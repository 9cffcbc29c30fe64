"""The pictures of notebook 02: `votes` in the General Assembly, `leaning` (the CIS
space between the two), `ties` (pledges, arms), `visits` and meetings."""
