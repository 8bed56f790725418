"""A closed loop to believe in: simulated runners who plan, run, log and plan again.

Every runner is a small record of habits and a knee with a hidden tolerance, drawn from a seed and a number. All of it was invented to
try the planner; none of it is evidence about real runners.
"""
