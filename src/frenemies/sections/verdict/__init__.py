"""The verdict: the network of friends and rivals, then and now, all claims at a glance."""
