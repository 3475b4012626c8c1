"""What can be learnt from the data itself."""
