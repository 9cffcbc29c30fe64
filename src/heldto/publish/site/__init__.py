"""The site: handouts, seminar kit and live notebooks as one static folder that any web host
serves.
"""
