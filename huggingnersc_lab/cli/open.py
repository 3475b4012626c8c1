"""The command that opens a dataset's page, JupyterLab or notebook."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Inspection


def open_dataset(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset to open.")],
    hub: Annotated[bool, typer.Option("--hub", metavar=FLAG, help="Its page on the Hub (default).")] = False,
    lab: Annotated[bool, typer.Option("--lab", metavar=FLAG, help="The centre's JupyterLab, at the dataset.")] = False,
    notebook: Annotated[
        bool, typer.Option("--notebook", metavar=FLAG, help="Copy its loader notebook to the current folder.")
    ] = False,
    only_print: Annotated[
        bool, typer.Option("--print", metavar=FLAG, help="Only print the location; open and copy nothing.")
    ] = False,
) -> None:
    """Open a dataset: its page on the Hub, the centre's JupyterLab, or a copy of its loader notebook."""
    if hub + lab + notebook > 1:
        raise typer.BadParameter("Use only one of --hub, --lab and --notebook.")
    if notebook:
        path = _original(session, nickname) if only_print else _copied(session, nickname)
        session.output.answer({"target": "notebook", "path": path, "url": None}, path)
        return
    found = session.catalog.inspect(nickname)
    url = _lab_page(session, found) if lab else _hub_page(session, found)
    session.output.answer({"target": "lab" if lab else "hub", "path": None, "url": url}, url)
    if not only_print and not session.output.as_json and _has_display():
        _browse(session, url)


def _copied(session: Session, name: str) -> str:
    from huggingnersc_lab.workspace.notebooks import loader_copy, write_beside

    file_name, content = loader_copy(session.catalog, name)
    with storage_errors("find the current folder", "Nothing was written."):  # it may have been removed
        folder = Path.cwd()
    return str(write_beside(folder, file_name, content))


def _original(session: Session, name: str) -> str:
    found = session.catalog.inspect(name)
    if found.notebook is None:
        raise CatalogError("not_found", f"'{name}' has no loader notebook in {found.folder}.")
    return str(found.notebook)


def _lab_page(session: Session, found: Inspection) -> str:
    if found.lab_link is None:
        site = session.site.name
        detail = f"The site '{site}' has no JupyterLab URL: set 'dataset_url' in its site file."
        raise CatalogError("not_found", f"{detail} Nothing was opened.")
    return found.lab_link


def _hub_page(session: Session, found: Inspection) -> str:
    """The page of the repository, or of the pull request that proposes it."""
    record = found.record
    if record.revision and record.repo_id:
        return found.repo_url or f"{_practice_url(session)}/datasets/{record.repo_id}"
    if record.pull_request_url:
        return record.pull_request_url
    detail = f"'{record.name}' is only in the catalog, not on the Hub. Nothing was opened."
    raise CatalogError("not_found", f"{detail} 'huggingnersc show {record.name}' shows its details.")


def _practice_url(session: Session) -> str:
    """URL of the practice Hub, which serves pages only while it runs."""
    from huggingnersc_lab.account.connection import practice_folder
    from huggingnersc_lab.sandbox import connect

    connection = connect(practice_folder(session.site), organization=session.site.organization)
    if connection.started_here:
        connection.close()
        detail = "The practice Hub is not running, so its pages are unavailable. Nothing was opened."
        raise CatalogError("upstream", f"{detail} Run 'huggingnersc sandbox' in another terminal to start it.")
    return connection.url


def _has_display() -> bool:
    """Whether a browser window would be visible to the user of this command."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _browse(session: Session, url: str) -> None:
    import webbrowser

    try:  # a record may contain anything as a URL
        is_open = url.startswith(("https://", "http://")) and webbrowser.open(url)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        session.output.note("No browser could be started: open the URL yourself.")
