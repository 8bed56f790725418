"""`python -m planner`: the `planner` command, for when it is not on the PATH."""

from planner.cli.app import script

if __name__ == "__main__":  # worker processes import this module under another name
    script()
