"""An article of one's own in a plain folder: begun, described, looked over, sealed."""
