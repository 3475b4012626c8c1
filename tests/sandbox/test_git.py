"""git itself clones and fetches; git-lfs asks where the large files are."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest

if shutil.which("git") is None:
    pytest.skip("needs git", allow_module_level=True)


@pytest.fixture
def git(tmp_path):
    """Runs git as somebody who has configured nothing; returns its exit code and output."""

    def run(*arguments, cwd=tmp_path):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
            "NO_PROXY": "127.0.0.1",
        }
        done = subprocess.run(
            ["git", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return run


def put(api, repo_id, name, content):
    api.upload_file(repo_id=repo_id, repo_type="dataset", path_or_fileobj=content, path_in_repo=name)


@pytest.mark.parametrize("suffix", ["", ".git"])
def test_clone_and_fetch(api, iris, practice_hub, git, tmp_path, suffix):
    put(api, iris, "a.txt", b"one")
    api.create_tag(iris, tag="v1", repo_type="dataset")
    assert git("clone", f"{practice_hub.url}/datasets/{iris}{suffix}", "clone")[0] == 0
    clone = tmp_path / "clone"
    assert (clone / "a.txt").read_text() == "one"
    assert git("rev-parse", "HEAD", cwd=clone)[1].strip() == api.dataset_info(iris).sha
    assert git("tag", cwd=clone)[1].split() == ["v1"]
    put(api, iris, "b.txt", b"two")
    assert git("pull", cwd=clone)[0] == 0
    assert (clone / "b.txt").read_text() == "two"
    assert git("fsck", "--strict", cwd=clone)[0] == 0


def test_a_shallow_clone(api, iris, practice_hub, git, tmp_path):
    put(api, iris, "a.txt", b"one")
    code, said = git("clone", "--depth", "1", f"{practice_hub.url}/datasets/{iris}", "clone")
    assert code == 0, said
    assert git("rev-list", "--count", "HEAD", cwd=tmp_path / "clone")[1].strip() == "1"


def test_a_clone_by_a_former_id(api, iris, practice_hub, git, tmp_path):
    put(api, iris, "a.txt", b"one")
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    code, said = git("clone", f"{practice_hub.url}/datasets/{iris}", "clone")
    assert code == 0, said
    assert (tmp_path / "clone" / "a.txt").read_text() == "one"


def test_what_is_private_or_gated_needs_the_token_as_password(api, iris, practice_hub, git):
    host = urlsplit(practice_hub.url).netloc
    with_token = f"http://user:{practice_hub.tokens['read']}@{host}/datasets/{iris}"
    as_outsider = f"http://user:{practice_hub.tokens['outsider']}@{host}/datasets/{iris}"
    for number, settings in enumerate(({"private": True}, {"private": False, "gated": "auto"})):
        api.update_repo_settings(iris, repo_type="dataset", **settings)
        assert git("clone", f"{practice_hub.url}/datasets/{iris}", f"nobody{number}")[0] != 0
        assert git("clone", as_outsider, f"outsider{number}")[0] != 0
        code, said = git("clone", with_token, f"member{number}")
        assert code == 0, said


def test_push_is_not_spoken(api, iris, practice_hub, git, tmp_path):
    host = urlsplit(practice_hub.url).netloc
    assert git("clone", f"http://user:{practice_hub.tokens['admin']}@{host}/datasets/{iris}", "clone")[0] == 0
    code, said = git("push", "origin", "HEAD:new", cwd=tmp_path / "clone")
    assert code != 0
    assert "501" in said


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize("header", ["Basic", "Basic !!", basic("x", "wrong"), "Basic " + "4pg="])
def test_a_wrong_password_is_refused(ask, iris, header):
    assert ask("GET", "/api/datasets/NERSC/iris", Authorization=header).status == 401


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"junk", {}),
        (b"ffff", {}),
        (b"0032want " + b"0" * 40 + b"\n00000009done\n", {}),
        (b"junk", {"Content_Encoding": "gzip"}),
        (gzip.compress(b"0" * (1 << 27), mtime=0), {"Content_Encoding": "gzip"}),
        (gzip.compress(b"0000", mtime=0)[:-5], {"Content_Encoding": "gzip"}),
    ],
)
def test_what_git_would_never_send_is_refused(ask, iris, body, headers):
    answer = ask("POST", "/datasets/NERSC/iris.git/git-upload-pack", body, **headers)
    assert answer.status == 400
    assert ask("GET", "/api/datasets/NERSC/iris").status == 200


def test_lfs_tells_where_a_content_is_and_gives_no_other_away(api, ask, iris):
    put(api, iris, "b.bin", b"\0large")
    api.create_repo("NERSC/secret", repo_type="dataset", private=True)
    put(api, "NERSC/secret", "c.bin", b"\0secret")
    objects = [
        {"oid": hashlib.sha256(content).hexdigest(), "size": 7 - (content == b"\0large")}
        for content in (b"\0large", b"\0secret")
    ]
    batch = "/datasets/NERSC/iris.git/info/lfs/objects/batch"
    known, other = ask("POST", batch, {"operation": "download", "objects": objects}).json["objects"]
    href = urlsplit(known["actions"]["download"]["href"])
    assert ask("GET", f"{href.path}?{href.query}").body == b"\0large"
    assert (other["error"]["code"], "actions" in other) == (404, False)
    api.update_repo_settings(iris, repo_type="dataset", gated="auto")
    assert ask("POST", batch, {"operation": "download", "objects": objects}, role="outsider").status == 403
