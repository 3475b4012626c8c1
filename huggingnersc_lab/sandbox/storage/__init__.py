"""The practice Hub's storage: git repositories, large files by their SHA-256, and discussions."""
