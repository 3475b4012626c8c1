"""The list of the organization's datasets over real HTTP: all pages, odd rows, faults, and what each account sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, HubDataset
from huggingnersc_lab.hub.policy import Policy
from tests.practice_hub import FaultyHub

QUICK = Policy(timeout=2, tries=3, base=0.01, longest=0.02)
LIST = "/api/datasets"

CARD = """\
---
pretty_name: Sky maps
license: mit
language: [en, 'no']
size_categories: [1K<n<10K]
task_categories: [tabular-classification]
tags: [astronomy, fits]
dataset_info: {dataset_size: 4000}
---
# Sky

Maps of the whole sky,
night after night.
"""

ODD: list[Any] = [
    None,
    7,
    "NERSC/text",
    [],
    {},
    {"id": 7},
    {"id": "no-slash"},
    {"id": "NERSC/"},
    {"id": "a/b/c"},
    {"id": "NERSC/line\nbreak"},
    {"id": "x/" + "y" * 10_000},
]
"""Rows that are no datasets."""

ODD_MEMBERS: list[dict[str, Any]] = [
    {"cardData": "text"},
    {"cardData": [1]},
    {"cardData": {"self": 1, "ignore_metadata_errors": 2, "license": {"a": 1}, "tags": {"b": 2}, "pretty_name": [3]}},
    {"cardData": {"dataset_info": {"dataset_size": "many"}, "language": [None, 5, "en"]}},
    {"lastModified": "soon", "createdAt": 5, "siblings": 7, "tags": "one", "gated": "auto"},
    {"tags": [None, {"x": 1}, "license:mit", "license:"], "downloads": "9", "likes": -1, "private": "yes"},
    {"cardData": None, "tags": None, "description": ["no text"], "sha": 5},
]
"""Members that huggingface_hub or we cannot read; the dataset is there all the same."""


def hub_at(url: str, token: str | None = None, policy: Policy = QUICK) -> Hub:
    return Hub(url, token, "NERSC", policy)


def publish(hub: Hub, name: str, card: str = CARD, *, private: bool = False) -> None:
    hub.create_repo(f"NERSC/{name}", private=private)
    state = hub.state(f"NERSC/{name}")
    assert state is not None
    hub.commit(f"NERSC/{name}", {"README.md": card.encode()}, title="Add", publish_id=name, parent=state.sha)


def test_a_row_is_read(practice_hub: FaultyHub) -> None:
    hub = hub_at(practice_hub.url, practice_hub.tokens["admin"])
    publish(hub, "sky")
    (found,) = hub.list_datasets()
    assert (found.repo_id, found.name, found.pretty_name, found.license) == ("NERSC/sky", "sky", "Sky maps", "mit")
    assert (found.tags, found.language, found.n_bytes) == (("astronomy", "fits"), ("en", "no"), 4000)
    assert (found.size_categories, found.task_categories) == (("1K<n<10K",), ("tabular-classification",))
    assert found.description == "Maps of the whole sky, night after night."
    assert found.updated_at is not None
    assert found.updated_at.endswith("Z")
    assert (found.private, found.gated, len(found.sha or "")) == (False, False, 40)
    assert HubDataset.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_tags_tell_where_the_card_says_nothing() -> None:
    tags = ["license:mit", "language:en", "size_categories:n<1K", "modality:tabular", "format:csv", "region:us", "sky"]
    found = HubDataset.from_row({"id": "NERSC/sky", "tags": tags, "gated": "manual"})
    assert found is not None
    assert (found.license, found.language, found.size_categories) == ("mit", ("en",), ("n<1K",))
    assert (found.tags, found.gated) == (("tabular", "csv", "sky"), True)


def test_every_account_sees_its_own(practice_hub: FaultyHub) -> None:
    admin = hub_at(practice_hub.url, practice_hub.tokens["admin"])
    publish(admin, "open")
    publish(admin, "secret", private=True)
    assert {found.name: found.private for found in admin.list_datasets()} == {"open": False, "secret": True}
    for token in (None, practice_hub.tokens["outsider"]):
        assert [found.name for found in hub_at(practice_hub.url, token).list_datasets()] == ["open"]


def test_ten_thousand_rows_in_pages_with_odd_ones_among_them(tmp_path: Path) -> None:
    with FaultyHub(tmp_path, page_size=1000) as practice_hub:
        sound = [{"id": f"NERSC/d{number}", "cardData": {"pretty_name": f"D {number}"}} for number in range(10_000)]
        odd = [{"id": f"NERSC/odd{number}", **members} for number, members in enumerate(ODD_MEMBERS)]
        practice_hub.odd_rows += [*sound[:5000], *ODD, *odd, *sound[5000:]]
        found = hub_at(practice_hub.url, practice_hub.tokens["admin"]).list_datasets()
        assert len(practice_hub.requests) == 11
    assert {row["id"] for row in [*sound, *odd]} == {item.repo_id for item in found}
    by_name = {item.name: item for item in found}
    assert (by_name["d9999"].pretty_name, by_name["odd3"].language) == ("D 9999", ("en",))
    assert (by_name["odd4"].tags, by_name["odd4"].gated, by_name["odd5"].license) == (("one",), True, "mit")
    assert all(HubDataset.from_dict(json.loads(json.dumps(item.to_dict()))) == item for item in found)


@pytest.mark.parametrize("kind", ["server_error", "drop_before", "drop_after", "truncate"])
def test_a_page_that_fails_once_is_asked_for_again(kind: Any, tmp_path: Path) -> None:
    with FaultyHub(tmp_path, page_size=2) as practice_hub:
        practice_hub.odd_rows += [{"id": f"NERSC/d{number}"} for number in range(5)]
        practice_hub.faults.add(kind, path=LIST)
        found = hub_at(practice_hub.url).list_datasets()
        assert [item.name for item in found] == ["d0", "d1", "d2", "d3", "d4"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("server_error", "status 500"),
        ("drop_before", "no connection"),
        ("garbage", "invalid response"),
        ("too_many_requests", "too many requests"),
        ("slow", "did not respond in time"),
    ],
)
def test_a_list_that_fails_says_why(kind: Any, words: str, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add(kind, path=LIST, count=None, retry_after=90, seconds=5)
    hub = hub_at(practice_hub.url, practice_hub.tokens["admin"], Policy(timeout=0.2, tries=2, base=0.01, longest=0.02))
    with pytest.raises(CatalogError) as err:
        hub.list_datasets()
    assert err.value.code == "upstream"
    assert words in err.value.detail
    assert practice_hub.tokens["admin"] not in err.value.detail


def test_the_token_follows_no_page_to_another_host(practice_hub: FaultyHub, tmp_path: Path) -> None:
    from huggingface_hub import get_session

    hub = hub_at(practice_hub.url, practice_hub.tokens["admin"])
    practice_hub.odd_rows.append({"id": "NERSC/sky"})

    def lead_astray(response: Any) -> None:
        response.headers["Link"] = '<http://127.0.0.2:1/api/datasets>; rel="next"'

    session = get_session()
    hooks = session.event_hooks
    session.event_hooks = {**hooks, "response": [*hooks["response"], lead_astray]}
    try:
        with pytest.raises(CatalogError, match="another host"):
            hub.list_datasets()
    finally:
        session.event_hooks = hooks
