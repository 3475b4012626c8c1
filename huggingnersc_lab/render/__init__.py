"""Records become bytes: the card, the loader notebook, the batch script, the citation. Pure: no disk, no Hub."""
