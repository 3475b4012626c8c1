"""What each kind of job does, a module a kind."""
