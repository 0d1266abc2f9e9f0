"""From framework and post to a draft: pure functions over frozen values."""
