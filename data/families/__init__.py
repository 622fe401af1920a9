"""Procedural families of problems with solvers."""
