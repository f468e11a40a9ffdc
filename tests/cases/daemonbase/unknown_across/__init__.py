"""Two daemons."""
