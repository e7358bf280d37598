"""HTTP handling around the routes: `pipeline.py` lists the steps, each in its own file."""
