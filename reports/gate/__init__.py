"""The release gate: compares a candidate with a baseline, and fails a build on a real regression, not on noise."""
