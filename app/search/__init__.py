"""Full-text search: parse a query, index the words of guides, cut excerpts and suggest corrected queries."""
