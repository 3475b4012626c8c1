"""What one person does at one Jupyter server: drafts, notebooks, jobs, and where paths may lead."""
