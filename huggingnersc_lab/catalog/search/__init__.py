"""Finding datasets: the index kept up with the catalog and with what the organization has on the Hub."""
