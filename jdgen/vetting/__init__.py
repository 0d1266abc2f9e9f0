"""Templates from strangers, tried out where they can do no harm before they are opened."""
