"""The record, independent of disk, Hub and user interfaces."""
