"""Places: the names of a text, looked up and chosen between."""
