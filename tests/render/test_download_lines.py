"""Commands that get the data, on card and notebook."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from typing import Any

import pytest

from huggingnersc_lab.record.model import DatasetRecord, Distribution
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.download_lines import download_lines, drive_id
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook import render_notebook
from huggingnersc_lab.sites import load_site

ID = "1peJ6VF9wQ-LeETgcdGxu1e4fo28JbtUt"
FOLDER = f"https://drive.google.com/drive/folders/{ID}"
HASH = "323a0048d87ca79b68f12a6350a57776b6a3b7fb"


def entry(*ways: Distribution, **members: Any) -> Entry:
    record = DatasetRecord(name="waves", pretty_name="Waves", distributions=ways, **members)
    return Entry(record, load_site("mila"), Script("load.py", "print(1)\n"))


def test_a_folder_on_google_drive() -> None:
    lines = download_lines(
        entry(Distribution("drive", FOLDER, label="waves-a.zip"), Distribution("drive", FOLDER, label="waves-b.zip"))
    )
    gdown, rclone = lines.values()
    assert gdown == f"python3 -m pip install gdown\ngdown --continue --folder {ID} -O waves"
    assert "rclone config create mila-gdrive drive client_id CLIENT_ID" in rclone
    assert f"root_folder_id {ID}" in rclone
    assert rclone.endswith(f"rclone copy --progress --drive-root-folder-id {ID} mila-gdrive: waves/")


def test_a_file_on_google_drive() -> None:
    way = Distribution("drive", f"https://drive.google.com/file/d/{ID}/view", label="waves.zip")
    gdown, rclone = download_lines(entry(way)).values()
    assert gdown.splitlines()[-1] == f"gdown --continue {ID} -O waves/waves.zip"
    assert rclone.splitlines()[-1] == f"rclone backend copyid mila-gdrive: {ID} waves/waves.zip"


def test_torrents_come_first() -> None:
    ways = [
        Distribution("drive", FOLDER),
        Distribution("torrent", f"https://academictorrents.com/details/{HASH}", infohash=HASH),
        Distribution("torrent", "https://example.org/x.torrent", infohash="a" * 40),
        Distribution("torrent", "ftp://example.org/y.torrent", infohash="b" * 40),
    ]
    lines = download_lines(entry(*ways))
    assert list(lines)[:3] == ["With aria2", "With academictorrents", "With gdown"]
    begin = "aria2c --seed-time=0 --check-integrity=true "
    assert lines["With aria2"].splitlines() == [
        f"{begin}https://academictorrents.com/download/{HASH}.torrent",
        f"{begin}https://example.org/x.torrent",
        f"{begin}'magnet:?xt=urn:btih:{'b' * 40}'",
    ]
    assert f'at.get("{HASH}")' in lines["With academictorrents"]


def test_nothing_of_what_cannot_be_had_yet() -> None:
    way = Distribution("drive", FOLDER, state="requested")
    assert download_lines(entry(way)) == {}
    assert FOLDER not in render_notebook(entry(way))
    assert download_lines(entry(Distribution("link", FOLDER), Distribution("drive", "https://example.org/"))) == {}


@pytest.mark.parametrize(
    "hostile",
    [
        Distribution("drive", FOLDER, label="$(touch x); `id`'\n.zip"),
        Distribution("drive", f"https://drive.google.com/file/d/{ID}/view", label="$(touch x)'; `id`.zip"),
        Distribution("torrent", "https://example.org/$(touch%20x)';id", infohash=HASH),
    ],
)
def test_no_word_of_a_record_becomes_a_command(hostile: Distribution) -> None:
    dangerous = {"id", "touch", "`id`"}
    for lines in download_lines(entry(hostile)).values():
        for line in lines.replace("\\\n", " ").splitlines():
            words = list(shlex.shlex(line, posix=True, punctuation_chars=True))
            assert not dangerous & set(words)
            assert ";" not in words


def test_a_remote_of_an_odd_site_file() -> None:
    site = load_site("mila")
    odd = replace(site, channel_settings={"drive": {"remote": "a; rm -rf", "client_id": "$(id)"}})
    lines = download_lines(replace(entry(Distribution("drive", FOLDER)), site=odd))
    text = "\n".join(lines.values())
    assert "rm -rf" not in text
    assert "'$(id)'" in text


def test_on_card_and_notebook() -> None:
    shown = entry(Distribution("drive", FOLDER), data_path="/network/datasets/waves")
    assert f"With gdown:\n\n```bash\npython3 -m pip install gdown\ngdown --continue --folder {ID}" in render_card(shown)
    cells = json.loads(render_notebook(shown))["cells"]
    (cell,) = (cell for cell in cells if cell["id"] == "download")
    assert f"gdown --continue --folder {ID} -O waves\n" in cell["source"]


def test_ids_of_links() -> None:
    assert drive_id(f"https://drive.google.com/uc?id={ID}") == (ID, False)
    assert drive_id("https://[drive.google.com") is None
