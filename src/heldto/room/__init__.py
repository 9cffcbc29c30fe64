"""How a room is counted: lines and files of its readers, cards held up to a camera, and the wall
that shows what they say.
"""
