"""A change, as a job carries it."""

from __future__ import annotations

import json

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.record.scripts import Script


def test_a_change_survives_the_way_to_json_and_back() -> None:
    changes = [
        Change("retire", "sky", from_hub=True, confirmed="NERSC/sky"),
        Change("adopt", "sky", {"tags": ["a"], "license": None}, private=True, repo_id="NERSC/sky"),
        Change("update", "sky", {}, Script("load.py", "x"), Script("run.sh", "y"), create_pr=True, etag="1"),
    ]
    assert [Change.from_dict(json.loads(json.dumps(change.to_dict()))) for change in changes] == changes


def test_what_a_change_does_not_say_leaves_the_repository_as_it_is() -> None:
    change = Change.from_dict({"kind": "update", "name": "sky"})
    assert change == Change("update", "sky")
    assert (change.private, change.create_pr, change.from_hub, change.loader) == (None, False, False, None)
