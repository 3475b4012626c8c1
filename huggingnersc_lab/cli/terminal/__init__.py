"""What the terminal shows: output for people and programs, layout, progress."""
