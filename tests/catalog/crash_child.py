"""Publishes, and kills itself with SIGKILL at the event whose number it is given. Run by test_crashes.py."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

os.environ |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publishing import Step
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import files, swapping


def main(order: dict[str, Any]) -> None:
    count = 0

    def event(step: Step | str) -> None:
        nonlocal count
        count += 1
        words = step if isinstance(step, str) else f"{step.name} {step.phase}"
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
        if count == order["kill_at"]:
            os.kill(os.getpid(), signal.SIGKILL)

    if order["renames_only"]:
        # A file system that cannot exchange folders; a crash may come between the renames, too.
        swapping.exchange_folders = files.exchange_folders = lambda first, second: False
        rename = Path.rename

        def counted(self: Path, target: Path) -> Path:
            done = rename(self, target)
            event(f"rename {self.name} {Path(target).name}")
            return done

        Path.rename = counted  # type: ignore[method-assign]
    site = load_site("sandbox", catalog_root=order["root"], hub_url=order["url"], environ={})
    catalog = Catalog(site, hub=lambda: Hub(order["url"], order["token"], "NERSC"))
    if order["kind"] == "undo":
        catalog.undo("iris", on_step=event)
    elif order["kind"] == "update":
        catalog.update("iris", {"license": "mit"}, on_step=event, create_pr=order["create_pr"])
    else:
        example = Path(order["example"])
        submission = catalog.read(
            example / "metadata.json",
            loader=example / "load_iris.py",
            name="iris",
            pretty_name="Iris",
            data_path=str(example),
        )
        catalog.publish(submission, on_step=event, create_pr=order["create_pr"])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
