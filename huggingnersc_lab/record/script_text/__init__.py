"""What the text of a script tells: its encoding, what it needs beside it, what a notebook cannot do."""
