"""Templates, posts and frameworks made and spoilt at random: a sound result, or an error with a place."""
