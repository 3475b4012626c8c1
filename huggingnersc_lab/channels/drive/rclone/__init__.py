"""The program rclone: finding it, running it, and what its words mean for a person."""
