"""Load Fisher's iris measurements: 150 flowers, four lengths in centimetres each, and the species."""

import csv
import os
from pathlib import Path

# The loader notebook says where the data is; without it, the data lies beside this script.
folder = Path(os.environ.get("DATA_PATH") or Path(__file__).parent)

with (folder / "iris.csv").open(newline="") as file:
    iris = [
        {name: value if name == "species" else float(value) for name, value in row.items()}
        for row in csv.DictReader(file)
    ]

print(f"Loaded {len(iris)} flowers of {len({flower['species'] for flower in iris})} species.")
