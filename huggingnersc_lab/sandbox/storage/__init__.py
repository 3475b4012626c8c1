"""The practice Hub's disk: git repositories, large files by their SHA-256, and the discussions."""
