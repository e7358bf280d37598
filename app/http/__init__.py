"""What all responses share. `pipeline.py` lists the steps in order; each step is a function in a file of its own."""
