"""The practice Hub's endpoints, one file per resource."""
