"""What is generated from the descriptions of the tables."""
