"""Local checkpoints: loading them, and sampling from many dialogues at once without computing anything twice."""
