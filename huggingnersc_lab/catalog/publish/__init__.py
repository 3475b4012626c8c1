"""Changes entries on the Hub and on disk: plan, publish, update, adopt, retire, resume, undo."""
