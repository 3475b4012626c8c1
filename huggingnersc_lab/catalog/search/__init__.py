"""Search: an index that is kept up to date with the catalog and the organization's datasets on the Hub."""
