"""One read of the data, from which every digest is computed in threads."""
