maps = [1, 2, 3]
