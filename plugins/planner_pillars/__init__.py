"""The seven pillars of a return to running, registered through the same entry points as any other plugin."""
