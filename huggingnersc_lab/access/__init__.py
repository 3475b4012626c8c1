"""Who can read the data."""
