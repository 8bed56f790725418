"""The handover page: what a physiotherapist asks first, on one page, from a plan and its log."""
