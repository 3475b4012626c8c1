"""Text of other people as HTML that may be shown."""
