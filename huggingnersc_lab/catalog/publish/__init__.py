"""What changes an entry, on the Hub and on the disk: plan, publish, update, adopt, retire, resume, undo."""
