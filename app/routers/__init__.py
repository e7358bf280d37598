"""The addresses of the API, a file for each resource.

The routes are `async`, although they wait for nothing: SQLite answers within this process and in microseconds, and
threads would only contend for Python's lock at each row. Measured with 200 connections, 40 threads answered a sixth of
what the event loop alone does, and could stall while each waited for a connection that another held.
"""
