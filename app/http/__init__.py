"""What every response shares: problems, request ids, headers, methods and pages."""
