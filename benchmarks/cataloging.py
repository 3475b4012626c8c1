"""One cataloging next to the first HuggingNERSC's call pattern, on a practice Hub with 50 ms added to each request.

The peer makes the repository, then sends the loader, the batch script and the card with an upload_file each: what the
first version did, written with the same client. Ours also checks permission, name and the state of the repository,
writes the notebook and the catalog's folder, and journals each step.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"

from huggingface_hub import HfApi
from measure import Figure, in_turns, show

from huggingnersc_lab import Catalog, Site
from huggingnersc_lab.hub import Hub

sys.path.append(str(Path(__file__).parents[1]))
from tests.practice_hub import FaultyHub

ROUNDS = 15  # what else the machine does only adds time, so the best of them is compared
EXAMPLE = Path(__file__).parents[1] / "huggingnersc_lab" / "examples" / "iris"
BATCH = "#!/bin/bash\n#SBATCH --nodes=2\n#SBATCH --time=00:10:00\n#SBATCH --qos=debug\nsrun python load_iris.py\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, FaultyHub(Path(folder) / "hub") as hub:
        hub.faults.latency = 0.05
        root = Path(folder) / "catalog"
        root.mkdir()
        batch = Path(folder) / "run.sh"
        batch.write_text(BATCH)
        token = hub.tokens["admin"]
        site = Site.load("sandbox", catalog_root=str(root), hub_url=hub.url)
        catalog = Catalog(site, hub=lambda: Hub(hub.url, token, "NERSC"))
        api = HfApi(endpoint=hub.url, token=token)
        numbers = itertools.count()

        def submission(name: str):
            return catalog.read(
                EXAMPLE / "metadata.json",
                loader=EXAMPLE / "load_iris.py",
                batch_script=batch,
                name=name,
                pretty_name="Iris",
                data_path=str(EXAMPLE),
                is_distributed=True,
            )

        shown = catalog.preview(submission("sample"))
        card = shown.card

        def ours() -> None:
            catalog.publish(submission(f"ours-{next(numbers)}"))

        def peer() -> None:
            name = f"NERSC/peer-{next(numbers)}"
            api.create_repo(name, repo_type="dataset", exist_ok=True)
            for path, content in (
                ("load_iris.py", (EXAMPLE / "load_iris.py").read_bytes()),
                ("run.sh", BATCH.encode()),
                ("README.md", card.encode()),
            ):
                api.upload_file(path_or_fileobj=content, path_in_repo=path, repo_id=name, repo_type="dataset")

        ours(), peer()  # what is only paid once: imports, connections
        counts = []
        for function in (ours, peer):
            hub.clear_requests()
            function()
            log = hub.requests
            counts.append((len(log), sum("/commit/" in entry.path for entry in log)))
        (our_requests, our_commits), (peer_requests, peer_commits) = counts
        our_times, peer_times = in_turns(ROUNDS, ours, peer)

    name = "upload_file per file"
    show(
        "One cataloging: card, loader, batch script (50 ms added to each request)",
        "python benchmarks/cataloging.py",
        [
            Figure("commits", our_commits, peer_commits, name, "commits", 1 / 3 + 1e-9),
            Figure("HTTP requests", our_requests, peer_requests, name, "requests", 0.65),
            Figure("wall time, best of 15", min(our_times), min(peer_times), name, "s", 0.7),
        ],
    )


if __name__ == "__main__":
    main()
