"""One short text for the state of all files."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path

from blake3 import blake3

from huggingnersc_lab.checksums import Manifest, content_fingerprint, digest_tree, state_fingerprint, walk


def test_the_fingerprint_is_what_its_description_says(tmp_path: Path, manifest: Manifest) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "a%\n").write_bytes(b"one")
    (root / "b").write_bytes(b"")
    outcome = digest_tree(root, manifest)
    text = f"a%25%0A\t3\t{blake3(b'one').hexdigest()}\nb\t0\t{blake3(b'').hexdigest()}\n"
    assert outcome.summary.fingerprint == f"data-blake3:{blake3(text.encode()).hexdigest()}"
    os.utime(root / "b", ns=(5, 7))
    os.utime(root / "a%\n", ns=(5, 8))
    cheap = state_fingerprint(walk(root))
    assert cheap == "stat-blake3:" + blake3(b"a%25%0A\t3\t8\nb\t0\t7\n").hexdigest()


def test_only_contents_count_for_the_one_and_only_states_for_the_other(data: Path, manifest: Manifest) -> None:
    content, state = digest_tree(data, manifest).summary.fingerprint, state_fingerprint(walk(data))
    os.utime(data / "a.txt", ns=(1, 1))
    assert digest_tree(data, manifest).summary.fingerprint == content == content_fingerprint(manifest.entries())
    assert state_fingerprint(walk(data)) != state
    (data / "a.txt").rename(data / "other.txt")
    assert digest_tree(data, manifest).summary.fingerprint != content


def test_a_record_can_hold_both(data: Path, manifest: Manifest) -> None:
    schema = json.loads(files("huggingnersc_lab.record").joinpath("record.schema.json").read_text("utf-8"))
    pattern = schema["properties"]["contents"]["properties"]["fingerprint"]["pattern"]
    for fingerprint in (digest_tree(data, manifest).summary.fingerprint, state_fingerprint(walk(data))):
        assert fingerprint is not None
        assert re.search(pattern, fingerprint)
