"""Attack a server while ordinary readers measure what they notice."""
