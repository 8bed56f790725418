"""Programmes and content as data: the walk-run ladders, and what sessions say."""
