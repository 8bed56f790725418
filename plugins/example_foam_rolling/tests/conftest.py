"""The fixtures of the kit: `a_plan` and `planner_host`."""

pytest_plugins = ["planner.testing.fixtures"]
