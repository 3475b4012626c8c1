"""What a person hands in of a record: metadata files of every form, and changes."""
