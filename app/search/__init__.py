"""Full-text search: parse queries, index guides, cut excerpts and suggest corrections."""
