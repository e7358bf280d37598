"""What every response shares, a concern to a file; `app.main` says in which order they are put around the routes."""
