"""The routes of the API, one file per resource.

Routes are `async` although they await nothing. SQLite runs in this process and takes microseconds, and threads would
contend for the GIL at each row: with 200 connections, 40 threads served a sixth of the requests per second that the
event loop alone serves, and could deadlock while waiting for pooled connections.
"""
