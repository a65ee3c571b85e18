"""What each page asks of the marts: SQL, and the tables that it needs."""
