"""Everything that depends on uvicorn: its options, and limits on connections."""
