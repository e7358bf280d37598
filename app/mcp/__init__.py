"""Tools for agents, by the Model Context Protocol (https://modelcontextprotocol.io).

Messages arrive in `route.py` and pass through `transport.py` to `server.py`, which calls the tools. The library is
imported with the first message, since that takes 0.4 s and 28 MB.
"""
