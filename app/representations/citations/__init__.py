"""References to guides, sections, passages, sources and instruments, for reference managers.

A reference names a revision and its publication date, never the time of the request, so it is always the same.
"""
