"""One attack each, to be run against any server: `python -m benchmarks.attack.scripts.NAME http://127.0.0.1:8000`."""
