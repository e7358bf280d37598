"""Measure the service and test it under load; each module prints its figures."""
