"""User input for records: metadata files of every form, and changes."""
