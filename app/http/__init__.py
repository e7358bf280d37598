"""HTTP handling around the routes. `pipeline.py` lists the steps in order; each step has its own file."""
