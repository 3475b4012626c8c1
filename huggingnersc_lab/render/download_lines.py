"""Shell commands that get the data, for card and notebook: from the record's distributions alone.

Every word of a record may be somebody's trick, so addresses and names stand in shell quotes, and links to Google Drive
are made anew from their ids.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from huggingnersc_lab.record.parts import Distribution
from huggingnersc_lab.render.entry import Entry

_ID = re.compile(r"[A-Za-z0-9_-]{10,200}")
_INFOHASH = re.compile(r"[0-9a-f]{40}")
_REMOTE = re.compile(r"[A-Za-z0-9_.+@][A-Za-z0-9_.+@-]*")
_CLIENT = "https://rclone.org/drive/#making-your-own-client-id"


def download_lines(entry: Entry) -> dict[str, str]:
    """Heading → shell commands, for each way to get the data that a program is needed for; torrents come first.

    Args:
        entry: the entry. Distributions that nobody can get yet are left out.
    """
    ready = entry.record.downloads
    lines = dict(_torrent([one for one in ready if one.channel == "torrent"]))
    return lines | dict(_drive(entry, [one for one in ready if one.channel == "drive"]))


def drive_id(address: str) -> tuple[str, bool] | None:
    """The id that a link to Google Drive names, and whether it is a folder's; None for any other address.

    >>> drive_id("https://drive.google.com/drive/folders/1peJ6VF9wQ-LeETgcdGxu1e4fo28JbtUt?usp=sharing")
    ('1peJ6VF9wQ-LeETgcdGxu1e4fo28JbtUt', True)
    """
    try:
        parts = urlsplit(address)
        if parts.scheme != "https" or parts.hostname not in ("drive.google.com", "drive.usercontent.google.com"):
            return None
        named = parse_qs(parts.query).get("id", [""])[0]
    except ValueError:
        return None
    folder = re.search(r"/folders/([^/]+)", parts.path)
    file = re.search(r"/file/(?:u/[0-9]+/)?d/([^/]+)", parts.path)
    found = folder[1] if folder else file[1] if file else named
    return (found, folder is not None) if _ID.fullmatch(found) else None


def rclone_config_line(remote: str, client_id: str, root_folder_id: str | None, scope: str = "drive.readonly") -> str:
    """The command that sets up a remote, as the Mila cluster's guide has it; the secret stays out of the history."""
    options = [
        f"rclone config create {shlex.quote(remote)} drive",
        f"client_id {shlex.quote(client_id)}",
        'client_secret "$CLIENT_SECRET"',
        f"scope {shlex.quote(scope)}",
        *([f"root_folder_id {shlex.quote(root_folder_id)}"] if root_folder_id else []),
        "config_is_local false",
        "config_refresh_token false",
    ]
    return f"{options[0]} {options[1]} \\\n    " + " \\\n    ".join(options[2:])


def _torrent(ways: list[Distribution]) -> Iterator[tuple[str, str]]:
    found = [one for one in ways if _INFOHASH.fullmatch(one.infohash or "")]
    if not found:
        return
    yield (
        "With aria2",
        "\n".join(f"aria2c --seed-time=0 --check-integrity=true {shlex.quote(_torrent_address(one))}" for one in found),
    )
    if any(_is_at_academic_torrents(one.url) for one in found):
        calls = "\n".join(f"python3 -c 'import academictorrents as at; at.get(\"{one.infohash}\")'" for one in found)
        limits = "# Kept for what still uses it: it is not maintained any more, and takes single files only."
        yield "With academictorrents", f"{limits}\npython3 -m pip install academictorrents\n{calls}"


def _torrent_address(way: Distribution) -> str:
    if _is_at_academic_torrents(way.url):
        return f"https://academictorrents.com/download/{way.infohash}.torrent"
    is_torrent = way.url.startswith("magnet:") or (way.url.startswith("http") and way.url.endswith(".torrent"))
    return way.url if is_torrent else f"magnet:?xt=urn:btih:{way.infohash}"


def _is_at_academic_torrents(address: str) -> bool:
    return address.startswith(("https://academictorrents.com/", "http://academictorrents.com/"))


def _drive(entry: Entry, ways: list[Distribution]) -> Iterator[tuple[str, str]]:
    items = {found: one for one in ways if (found := drive_id(one.url)) is not None}
    if not items:
        return
    name = shlex.quote(entry.record.name)
    gdown = ["python3 -m pip install gdown"]
    copies = []
    settings = entry.site.channel_settings.get("drive", {})
    remote = str(settings.get("remote") or "drive")
    remote = remote if _REMOTE.fullmatch(remote) else "drive"
    for (item, is_folder), way in items.items():
        label = shlex.quote(f"{entry.record.name}/{(way.label or '').replace('/', '-')}")
        target = label if way.label else f"{name}/"
        # With a slash gdown would put the folder's own name below it.
        gdown.append(f"gdown --continue {f'--folder {item} -O {name}' if is_folder else f'{item} -O {target}'}")
        if is_folder:
            copies.append(f"rclone copy --progress --drive-root-folder-id {item} {remote}: {name}/")
        else:
            copies.append(f"rclone backend copyid {remote}: {item} {target}")
    yield "With gdown", "\n".join(gdown)
    client = str(settings.get("client_id") or "CLIENT_ID")
    root = settings.get("root_folder_id")
    setup = [
        f"# Once, with a client id of your own: {_CLIENT}",
        rclone_config_line(remote, client, str(root) if root else None),
        f"rclone config reconnect {remote}:",
        "# Then:",
    ]
    yield "With rclone, which meets no limit that others have used up", "\n".join([*setup, *copies])
