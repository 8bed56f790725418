"""Benchmarks: ratios of times, with both sides measured in the same run."""
