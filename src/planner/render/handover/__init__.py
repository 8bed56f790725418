"""The handover page: what a physiotherapist asks first, from a plan and the log that it follows, on one page."""
