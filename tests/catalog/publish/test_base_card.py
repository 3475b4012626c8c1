"""The card that an update compares the Hub's with, when what was proposed was merged, closed, or is still open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.adopt.card import members_of
from huggingnersc_lab.catalog.results import Publication
from huggingnersc_lab.record.scripts import Script
from tests.practice_hub import FaultyHub

IRIS = Path(__file__).parents[3] / "huggingnersc_lab" / "examples" / "iris"
REPO = "NERSC/iris"
PAGE = "https://iris.example/proposed"
OURS = {"homepage": PAGE, "description": "Flowers, proposed."}


@pytest.fixture
def api(practice_hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])


@pytest.fixture
def published(catalog: Catalog) -> Catalog:
    submission = catalog.read(
        IRIS / "metadata.json", loader=IRIS / "load_iris.py", name="iris", pretty_name="Iris", data_path=str(IRIS)
    )
    catalog.publish(submission)
    return catalog


@pytest.fixture
def card(api: HfApi, tmp_path: Path) -> Callable[[], str]:
    def read() -> str:
        return Path(api.hf_hub_download(REPO, "README.md", repo_type="dataset", local_dir=tmp_path / "got")).read_text()

    return read


def close(api: HfApi, done: Publication) -> None:
    api.change_discussion_status(REPO, int(done.commit.pull_request or 0), "closed", repo_type="dataset")


def kept(catalog: Catalog) -> list[str]:
    return sorted(path.name for path in (catalog.store.root / "iris").glob(".generated-card.*.md"))


def test_what_was_closed_was_never_on_the_card(published: Catalog, api: HfApi, card: Callable[[], str]) -> None:
    begun = card()
    first = published.inspect("iris").record.publish_id
    close(api, published.update("iris", OURS, create_pr=True))
    assert kept(published) == [f".generated-card.{first}.md"]
    done = published.update("iris", {"license": "mit"}, confirmed=REPO)
    after = card()
    assert (PAGE in after, "Flowers, proposed." in after) == (True, True)
    assert done.notes == ()
    assert kept(published) == []
    published.update("iris", {**dict.fromkeys(OURS), "description": "", "license": None})
    assert PAGE not in card()
    assert begun != after


def test_what_people_wrote_stays_after_a_proposal_was_closed(
    published: Catalog, api: HfApi, card: Callable[[], str]
) -> None:
    close(api, published.update("iris", OURS, create_pr=True))
    text = f"{card()}\n## Known problems\n\nFlower 35 was measured twice.\n"
    api.upload_file(path_or_fileobj=text.encode(), path_in_repo="README.md", repo_id=REPO, repo_type="dataset")
    done = published.update("iris", {"license": "mit"}, confirmed=REPO)
    assert done.notes == ("Kept from the Hub: Known problems",)
    assert PAGE in card()
    assert "Flower 35 was measured twice.\n" in card()


@pytest.mark.parametrize("which", ["the first", "the second", "none"])
def test_of_several_proposals_any_may_be_merged(
    which: str, published: Catalog, api: HfApi, card: Callable[[], str]
) -> None:
    first = published.update("iris", {"homepage": "https://iris.example/1"}, create_pr=True)
    second = published.update("iris", {"homepage": "https://iris.example/2"}, create_pr=True)
    assert len(kept(published)) == 2
    for proposal in (first, second):
        if proposal is {"the first": first, "the second": second}.get(which):
            api.merge_pull_request(REPO, int(proposal.commit.pull_request or 0), repo_type="dataset")
        else:
            close(api, proposal)
    done = published.update("iris", {"license": "mit"}, confirmed=REPO)
    assert done.notes == ()
    assert "https://iris.example/2" in card()
    assert "https://iris.example/1" not in card()


def test_without_the_former_card_it_is_made_of_what_the_hub_has(
    published: Catalog, api: HfApi, card: Callable[[], str]
) -> None:
    close(api, published.update("iris", OURS, create_pr=True))
    for name in kept(published):
        (published.store.root / "iris" / name).unlink()
    done = published.update("iris", {"license": "mit"}, confirmed=REPO)
    assert done.notes == ()
    assert PAGE in card()


def test_a_script_that_was_only_proposed_leaves_none_behind(published: Catalog, api: HfApi) -> None:
    close(api, published.update("iris", {}, loader=Script("read_iris.py", "iris = []\n"), create_pr=True))
    published.update("iris", {"license": "mit"}, confirmed=REPO)
    assert set(api.list_repo_files(REPO, repo_type="dataset")) >= {"read_iris.py"}
    assert "load_iris.py" not in api.list_repo_files(REPO, repo_type="dataset")


def test_an_adoption_that_was_closed_begins_from_the_card_that_is_there(
    catalog: Catalog, api: HfApi, card: Callable[[], str]
) -> None:
    theirs = "---\nlicense: mit\nsize_categories: n<1K\n---\n# Flowers\n\nThree kinds.\n\n## Licensing\n\nMIT.\n"
    api.create_repo(REPO, repo_type="dataset")
    api.upload_file(path_or_fileobj=theirs.encode(), path_in_repo="README.md", repo_id=REPO, repo_type="dataset")
    found = catalog.repository("iris")
    submission = catalog.read({**members_of(found.repository, found.card), "data_path": str(IRIS)}, name="iris")
    close(api, catalog.publish(submission, private=None, adopting=REPO, create_pr=True))
    assert card() == theirs
    catalog.update("iris", {"tags": ["flowers"]}, confirmed=REPO)
    body = theirs[theirs.index("# Flowers") :]
    assert body in card()
    assert str(IRIS) in card()
    assert "- flowers\n" in card()
