"""What can be asked of the channel, a file each."""
