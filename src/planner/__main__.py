"""`python -m planner`: the command `planner`, where a terminal does not find it by name."""

from planner.cli.app import script

if __name__ == "__main__":  # worker processes import this module under another name
    script()
