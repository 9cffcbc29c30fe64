"""The pictures of notebook 04: `network` (friends and rivals), and `together` (China and Russia
then and now). That of all claims is the engine's: `heldto.ledger.overview`.
"""
