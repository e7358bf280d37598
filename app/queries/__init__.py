"""A session in, public shapes out: what the routes ask of the store.

Each function runs a few statements, whatever the size of the guide: the parts of a page of sections are fetched for all
of them at once. A revision never changes, so what is read from one is always of one piece.
"""
