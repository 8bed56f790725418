"""Hypothesis profiles: `ci` by default; `--hypothesis-profile=deep` for the long run, `quick` while working."""

from hypothesis import HealthCheck, settings

COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large], "print_blob": True}
settings.register_profile("ci", max_examples=2000, derandomize=True, **COMMON)
settings.register_profile("quick", max_examples=50, **COMMON)
settings.register_profile("deep", max_examples=100_000, **COMMON)
settings.load_profile("ci")
