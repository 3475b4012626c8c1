"""The record and everything that is true of it without a disk, a Hub or a screen."""
