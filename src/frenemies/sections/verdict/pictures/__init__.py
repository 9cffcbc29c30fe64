"""The pictures of notebook 04: `network` (friends and rivals), `together` (China and Russia then and
now), `overview` (all claims at a glance)."""
