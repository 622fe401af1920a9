"""The leaderboard: logs as one page that a reader can follow from a rank down to a turn."""
