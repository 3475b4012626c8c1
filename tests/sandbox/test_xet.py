"""Uploads with hf_xet, which every default install of huggingface_hub brings: nothing of it is switched off here."""

from __future__ import annotations

import hashlib
import random
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huggingnersc_lab.sandbox.refusals import RefusalError
from huggingnersc_lab.sandbox.storage import lz4
from huggingnersc_lab.sandbox.storage.large import LargeFiles
from huggingnersc_lab.sandbox.storage.xet import DescribedFile, Segment, Xorbs, hash_text, read_shard

XORB = "ab" * 32


@pytest.fixture
def with_xet(monkeypatch, tmp_path):
    """The client as it is installed; the switch is read when it is used."""
    from huggingface_hub import constants

    pytest.importorskip("hf_xet")
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", False)
    monkeypatch.setenv("HF_XET_CACHE", str(tmp_path / "xet"))


def samples() -> dict[str, bytes]:
    chance = random.Random(5)
    return {
        "noise.bin": chance.randbytes(3_000_000),
        "text.bin": b"\0" + b"sepal length, sepal width\n" * 50_000,
        "numbers.bin": struct.pack("<200000f", *(chance.gauss(0, 1) for _ in range(200_000))),
        "zeros.npy": bytes(1_000_001),
        "one.parquet": b"x",
    }


@pytest.mark.usefixtures("with_xet")
def test_files_of_every_sort_arrive_whole(api, iris, practice_hub, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for name, content in samples().items():
        (folder / name).write_bytes(content)
    api.upload_folder(repo_id=iris, repo_type="dataset", folder_path=folder)
    for name, content in samples().items():
        assert Path(api.hf_hub_download(iris, name, repo_type="dataset")).read_bytes() == content
        (info,) = api.get_paths_info(iris, [name], repo_type="dataset")
        assert info.lfs.sha256 == hashlib.sha256(content).hexdigest()
    asked = {request.path.split("/")[-1] for request in practice_hub.requests if request.path.startswith("/xet/")}
    assert "shards" in asked


@pytest.mark.usefixtures("with_xet")
def test_what_was_sent_once_need_not_be_sent_again(api, iris, practice_hub):
    content = samples()["noise.bin"]
    api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=content, path_in_repo="a.bin")
    practice_hub.clear_requests()
    api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=content + b"more", path_in_repo="b.bin")
    assert Path(api.hf_hub_download(iris, "b.bin", repo_type="dataset")).read_bytes() == content + b"more"


@pytest.mark.usefixtures("with_xet")
def test_a_pull_request_of_somebody_who_may_not_write(api_of, iris):
    outsider = api_of("outsider")
    commit = outsider.upload_file(
        repo_id=iris, repo_type="dataset", path_or_fileobj=b"\0" * 100, path_in_repo="a.bin", create_pr=True
    )
    assert commit.pr_num == 1
    path = outsider.hf_hub_download(iris, "a.bin", repo_type="dataset", revision="refs/pr/1")
    assert Path(path).read_bytes() == b"\0" * 100


def test_only_those_who_may_write_get_a_token(ask, iris):
    path = "/api/datasets/NERSC/iris/xet-write-token/main"
    assert ask("GET", path, role="admin").status == 200
    assert ask("GET", path, role="outsider").status == 403
    assert ask("GET", path, role="read_scope").status == 403
    assert ask("GET", path).status == 401
    assert ask("GET", f"{path}?create_pr=1", role="outsider").status == 200


@pytest.mark.parametrize("token", ["", "Bearer x", "Bearer xet_99999999999_00", "Bearer xet_٣_00"])
def test_the_storage_wants_its_own_token(ask, iris, token):
    found = ask("GET", "/api/datasets/NERSC/iris/xet-write-token/main", role="admin").json
    path = "/xet/" + found["casUrl"].rsplit("/", 1)[1] + "/v1/shards"
    assert ask("POST", path, b"", Authorization=token.encode()).status == 401
    assert ask("POST", path, b"", role="admin").status == 401
    assert ask("POST", path, b"", Authorization=f"Bearer {found['accessToken']}").status == 400


def test_a_token_ends(ask, iris, monkeypatch):
    found = ask("GET", "/api/datasets/NERSC/iris/xet-write-token/main", role="admin").json
    assert found["exp"] > time.time()
    monkeypatch.setattr("huggingnersc_lab.sandbox.signed.time.time", lambda: found["exp"] + 1)
    path = "/xet/" + found["casUrl"].rsplit("/", 1)[1] + "/v1/shards"
    assert ask("POST", path, b"", Authorization=f"Bearer {found['accessToken']}").status == 401


def test_the_command_line_of_the_client_uploads(practice_hub, iris, tmp_path):
    """`hf upload` in an environment that says nothing of xet."""
    (tmp_path / "a.bin").write_bytes(samples()["numbers.bin"])
    environment = {
        "PATH": "/usr/bin:/bin",
        "HF_ENDPOINT": practice_hub.url,
        "HF_TOKEN": practice_hub.tokens["admin"],
        "HF_HOME": str(tmp_path / "home"),
        "NO_PROXY": "127.0.0.1",
    }
    program = Path(sys.executable).parent / "hf"
    command = [sys.executable, str(program), "upload", iris, str(tmp_path / "a.bin"), "a.bin", "--repo-type", "dataset"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr


# What arrives is hostile


def chunk(content: bytes, *, scheme: int = 0, length: int | None = None) -> bytes:
    length = len(content) if length is None else length
    return b"\0" + len(content).to_bytes(3, "little") + bytes([scheme]) + length.to_bytes(3, "little") + content


@pytest.mark.parametrize(
    "content",
    [b"", b"XETBLOB", b"\0", chunk(b"abc")[:-1], chunk(b"abc") + b"junk", chunk(b"abc", scheme=3), b"\1" * 20],
)
def test_what_is_no_xorb_is_refused(tmp_path, content):
    with pytest.raises(RefusalError) as caught:
        Xorbs(tmp_path).add(XORB, content)
    assert caught.value.status == 400
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "segments",
    [
        [Segment("cd" * 32, 0, 1, 3)],
        [Segment(XORB, 0, 3, 3)],
        [Segment(XORB, 1, 1, 0)],
        [Segment(XORB, 0, 1, 4)],
        [Segment(XORB, 0, 2, 6)],
    ],
)
def test_a_file_that_is_not_as_described_is_not_kept(tmp_path, segments):
    large, xorbs = LargeFiles(tmp_path / "lfs"), Xorbs(tmp_path / "xorbs")
    xorbs.add(XORB, chunk(b"abc") + chunk(b"def"))
    digest = hashlib.sha256(b"abcxxx").hexdigest()
    with pytest.raises(RefusalError) as caught:
        xorbs.build(DescribedFile(digest, tuple(segments)), large)
    assert caught.value.status == 400
    assert large.size(digest) is None
    assert list((tmp_path / "lfs" / "incoming").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"x" * 48, b"HFRepoMetaData" + b"\0" * 100])
def test_what_is_no_shard_is_refused(content):
    with pytest.raises(RefusalError) as caught:
        read_shard(content)
    assert caught.value.status == 400


def test_a_shard_cut_off_anywhere_is_refused():
    tag = b"HFRepoMetaData\0UigEj{\x81W\x83\xa5\xbd\xd9\x5c\xcd\xd1J\xa9"
    digest = bytes(range(32))
    whole = tag + struct.pack("<QQ", 2, 200) + struct.pack("<32sIIQ", b"\1" * 32, 1 << 30, 1, 0)
    whole += struct.pack("<32sIIII", digest, 0, 3, 0, 1) + digest + bytes(16) + b"\xff" * 32 + bytes(16)
    (file,) = read_shard(whole)
    assert file == DescribedFile(hash_text(digest), (Segment(hash_text(digest), 0, 1, 3),))
    assert hash_text(digest).startswith("0706050403020100")
    for length in range(len(whole)):
        with pytest.raises(RefusalError):
            read_shard(whole[:length])


FRAME = b"\x04\x22\x4d\x18\x60\x40\x82"


@pytest.mark.parametrize(
    ("block", "content"),
    [
        (b"\x30abc", b"abc"),
        (b"\x1fa\x01\x00\xff\xff\x00", b"a" * (1 + 4 + 15 + 510)),
        (b"\x20ab\x02\x00\x10c", b"ababab" + b"c"),
    ],
)
def test_lz4_blocks_by_hand(block, content):
    frame = FRAME + len(block).to_bytes(4, "little") + block + bytes(4)
    assert lz4.unpack(frame, len(content)) == content
    with pytest.raises(ValueError, match="LZ4"):
        lz4.unpack(frame, len(content) - 1)
    for length in range(len(frame)):
        with pytest.raises(ValueError, match="LZ4"):
            lz4.unpack(frame[:length], len(content))


@pytest.mark.parametrize("block", [b"\x10a\x02\x00", b"\x10a\x00\x00", b"\x1fa\x01\x00" + b"\xff" * 5000 + b"\0"])
def test_lz4_that_lies_is_refused(block):
    with pytest.raises(ValueError, match="LZ4"):
        lz4.unpack(FRAME + len(block).to_bytes(4, "little") + block + bytes(4), 1000)
