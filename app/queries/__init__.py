"""Queries: functions that take a session and return public schemas.

Each runs a fixed number of statements, whatever the size of the guide. A revision never changes, so the results of
several statements about one revision are consistent.
"""
