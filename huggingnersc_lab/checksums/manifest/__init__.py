"""What is known of the files of a dataset, on disk."""
