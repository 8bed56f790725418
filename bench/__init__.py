"""What measures speed: ratios, measured in one run."""
