"""The trainer: dialogues with a teacher on fully specified problems (social meta-learning), and its controls."""
