"""What one person does at one server, above the public API."""
