"""Inspect tasks, one small file each."""
