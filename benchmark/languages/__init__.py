"""Questions in languages other than English: found by rules of their own, and turned into words that are matched."""
