from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

from tests.practice_hub import FaultyHub

if TYPE_CHECKING:
    from .conftest import Answer

    ApiOf = Callable[[str | None], HfApi]
    Ask = Callable[..., Answer]


def write(api: HfApi, repo_id: str, *, create_pr: bool = False, revision: str = "main") -> None:
    api.create_commit(
        repo_id,
        [CommitOperationAdd("note.txt", b"note\n")],
        commit_message="Add a note",
        repo_type="dataset",
        create_pr=create_pr,
        revision=revision,
    )


class _Refused:
    """Expects a 403 that says `words`."""

    def __init__(self, words: str) -> None:
        self.context = pytest.raises(HfHubHTTPError, match=words)

    def __enter__(self) -> None:
        self.error = self.context.__enter__()

    def __exit__(self, *exception: object) -> bool | None:
        done = self.context.__exit__(*exception)  # type: ignore[arg-type]
        assert self.error.value.response.status_code == 403
        return done


@pytest.mark.parametrize("role", ["admin", "write", "contributor", "read"])
def test_whoami_tells_the_role(api_of: ApiOf, role: str) -> None:
    me = api_of(role).whoami()
    (organization,) = me["orgs"]
    assert (organization["name"], organization["roleInOrg"]) == ("NERSC", role)
    assert (me["type"], me["auth"]["accessToken"]["role"]) == ("user", "write")


def test_whoami_of_a_read_token_and_of_an_outsider(api_of: ApiOf) -> None:
    writer, reader = api_of("write").whoami(), api_of("read_scope").whoami()
    assert reader["name"] == writer["name"]
    assert reader["orgs"][0]["roleInOrg"] == "write"
    assert reader["auth"]["accessToken"]["role"] == "read"
    assert api_of("outsider").whoami()["orgs"] == []


def test_a_wrong_token_is_401_everywhere(practice_hub: FaultyHub, iris: str) -> None:
    stranger = HfApi(endpoint=practice_hub.url, token="hf_practice_wrong")
    for call in (
        stranger.whoami,
        lambda: stranger.dataset_info(iris),
        lambda: list(stranger.list_datasets()),
        lambda: stranger.create_repo("NERSC/new", repo_type="dataset"),
    ):
        with pytest.raises(HfHubHTTPError) as error:
            call()
        assert error.value.response.status_code == 401


def test_nobody_may_read_what_is_public_and_nothing_else(api: HfApi, api_of: ApiOf, ask: Ask, iris: str) -> None:
    nobody = api_of(None)
    assert nobody.dataset_info(iris).id == iris
    assert [found.id for found in nobody.list_datasets()] == [iris]
    assert ask("GET", "/api/whoami-v2").status == 401
    for call in (
        lambda: nobody.create_repo("NERSC/new", repo_type="dataset"),
        lambda: write(nobody, iris),
        lambda: write(nobody, iris, create_pr=True),
        lambda: nobody.create_discussion(iris, "title", repo_type="dataset"),
        lambda: nobody.delete_repo(iris, repo_type="dataset"),
    ):
        with pytest.raises(HfHubHTTPError) as error:
            call()
        assert error.value.response.status_code == 401
    assert api.repo_exists(iris, repo_type="dataset")


@pytest.mark.parametrize("role", ["admin", "write"])
def test_admin_and_write_may_do_all_in_the_organization(api_of: ApiOf, iris: str, role: str) -> None:
    own = api_of(role)
    own.create_repo("NERSC/new", repo_type="dataset")
    write(own, "NERSC/new")
    write(own, iris)
    own.auth_check(iris, repo_type="dataset", write=True)
    own.update_repo_settings(iris, repo_type="dataset", gated="auto")
    own.move_repo(iris, "NERSC/moved", repo_type="dataset")
    own.delete_repo("NERSC/moved", repo_type="dataset")


def test_a_contributor_writes_only_what_is_its_own(api_of: ApiOf, iris: str) -> None:
    own = api_of("contributor")
    own.create_repo("NERSC/mine", repo_type="dataset")
    write(own, "NERSC/mine")
    own.auth_check("NERSC/mine", repo_type="dataset", write=True)
    with _Refused("pass `create_pr=1`"):
        write(own, iris)
    with _Refused("pass `create_pr=1`"):
        own.auth_check(iris, repo_type="dataset", write=True)
    with _Refused("rights to delete"):
        own.delete_repo(iris, repo_type="dataset")
    write(own, iris, create_pr=True)
    with _Refused("rights to merge"):
        own.merge_pull_request(iris, 1, repo_type="dataset")
    own.delete_repo("NERSC/mine", repo_type="dataset")


@pytest.mark.parametrize("role", ["read", "outsider"])
def test_who_may_read_only_can_still_propose(api_of: ApiOf, iris: str, role: str) -> None:
    own = api_of(role)
    with _Refused("don't have the rights to create a dataset under the namespace"):
        own.create_repo("NERSC/new", repo_type="dataset")
    with _Refused("pass `create_pr=1`"):
        write(own, iris)
    with _Refused("rights to delete"):
        own.update_repo_settings(iris, repo_type="dataset", private=True)
    with _Refused("pass `create_pr=1`"):
        own.create_branch(iris, branch="x", repo_type="dataset")
    write(own, iris, create_pr=True)
    write(own, iris, revision="refs/pr/1")
    write(api_of("write"), iris, revision="refs/pr/1")
    own.create_repo(f"practice-{'reader' if role == 'read' else role}/own", repo_type="dataset")


def test_a_read_token_writes_nothing_at_all(api_of: ApiOf, iris: str) -> None:
    own = api_of("read_scope")
    assert own.dataset_info(iris).id == iris
    for call in (
        lambda: own.create_repo("NERSC/new", repo_type="dataset"),
        lambda: own.create_repo("practice-writer/new", repo_type="dataset"),
        lambda: write(own, iris),
        lambda: write(own, iris, create_pr=True),
        lambda: own.create_discussion(iris, "title", repo_type="dataset"),
        lambda: own.delete_repo(iris, repo_type="dataset"),
    ):
        with _Refused("you must use a write token"):
            call()


def test_somebody_elses_pull_request_is_theirs(api_of: ApiOf, iris: str) -> None:
    write(api_of("outsider"), iris, create_pr=True)
    with _Refused("Only the author"):
        write(api_of("read"), iris, revision="refs/pr/1")
    with _Refused("Only the author"):
        api_of("read").change_discussion_status(iris, 1, "closed", repo_type="dataset")


@pytest.fixture
def secret(api: HfApi) -> str:
    api.create_repo("NERSC/secret", repo_type="dataset", private=True)
    write(api, "NERSC/secret")
    return "NERSC/secret"


@pytest.mark.parametrize("role", ["admin", "write", "contributor", "read", "read_scope"])
def test_members_see_what_is_private(api_of: ApiOf, secret: str, role: str) -> None:
    assert api_of(role).dataset_info(secret).private
    assert [found.id for found in api_of(role).list_datasets()] == [secret]


@pytest.mark.parametrize("role", ["outsider", None])
def test_others_cannot_tell_that_it_exists(api_of: ApiOf, ask: Ask, secret: str, role: str | None) -> None:
    other = api_of(role)
    with pytest.raises(RepositoryNotFoundError):
        other.dataset_info(secret)
    with pytest.raises(RepositoryNotFoundError):
        list(other.list_repo_tree(secret, repo_type="dataset"))
    assert not list(other.list_datasets())
    for path in (
        f"/datasets/{secret}",
        f"/datasets/{secret}/resolve/main/note.txt",
        f"/datasets/{secret}/blob/main/note.txt",
        f"/datasets/{secret}/commit/main",
        f"/datasets/{secret}/discussions/1",
        f"/api/datasets/{secret}/refs",
        f"/api/datasets/{secret}/commits/main",
        f"/api/datasets/{secret}/discussions",
        f"/api/datasets/{secret}/auth-check",
    ):
        answer = ask("GET", path, role=role)
        alike = ask("GET", path.replace(secret, "NERSC/none"), role=role)
        is_page = not path.startswith("/api") and "/resolve/" not in path
        assert answer.status == alike.status == (404 if role or is_page else 401)
        assert answer.headers["X-Error-Code"] == alike.headers["X-Error-Code"] == "RepoNotFound"
        assert b"note.txt" not in answer.body
    assert secret.encode() not in ask("GET", "/", role=role).body


def test_tokens_are_private_lasting_and_recognisable(practice_hub: FaultyHub) -> None:
    path = practice_hub.storage / "tokens.json"
    assert path.stat().st_mode & 0o777 == 0o600
    values = list(practice_hub.tokens.values())
    assert len(set(values)) == len(values) == 6
    assert all(value.startswith("hf_practice_") and len(value) > 40 for value in values)


def test_the_organization_has_the_name_that_was_asked_for(tmp_path: object) -> None:
    from pathlib import Path

    with FaultyHub(Path(str(tmp_path)), organization="Mila") as hub:
        api = HfApi(endpoint=hub.url, token=hub.tokens["write"])
        assert api.whoami()["orgs"][0]["name"] == "Mila"
        api.create_repo("Mila/x", repo_type="dataset")
        with _Refused("under the namespace"):
            api.create_repo("NERSC/x", repo_type="dataset")
