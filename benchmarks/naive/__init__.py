"""A naive service to compare with."""
