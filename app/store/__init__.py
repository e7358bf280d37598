"""The SQLite store: its tables, engines, migrations and version."""
