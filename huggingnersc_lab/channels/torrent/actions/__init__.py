"""What can be asked of the channel, a module each."""
