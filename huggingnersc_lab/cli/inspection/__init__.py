"""Commands that look into a data path before it is cataloged."""
