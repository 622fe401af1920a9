"""The harness: problem types, instruments, the dialogue, measures, reference policies. It knows no single task."""
