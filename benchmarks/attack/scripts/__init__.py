"""Attacks, each a script that runs against any server.

For example: `python -m benchmarks.attack.scripts.NAME http://127.0.0.1:8000`.
"""
