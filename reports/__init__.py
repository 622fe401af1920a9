"""Tables and pictures from logs."""
