"""The verdict: the network of friends and rivals, then and now, and the two together."""
