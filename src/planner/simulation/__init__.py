"""Closed-loop simulation: invented runners who plan, run, log and plan again.

Each runner is a small record of habits and a knee with a hidden tolerance, drawn from a seed and a number. All of it was invented to test
the planner; none of it is evidence about real runners.
"""
