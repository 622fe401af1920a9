"""Inspect scorers: thin wrappers around the measures."""
