"""What one user does on one Jupyter server: drafts, notebooks, jobs, and which paths are allowed."""
