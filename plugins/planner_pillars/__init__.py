"""The seven pillars of a return to running, one file each, found through the same entry points as anybody's plugin."""
