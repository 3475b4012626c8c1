"""huggingface_hub's own tests, run against the practice Hub: see ``run_client_suite.py``."""
