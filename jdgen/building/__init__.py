"""Word templates built part by part, the shipped ones and starters for others: the same code gives the same bytes."""
