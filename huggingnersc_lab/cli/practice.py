"""Commands for practice: the practice Hub and a first dataset in it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.cli.terminal.layout import facts
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors

PANEL_ID = "huggingnersc-lab-sidebar"
"""What JupyterLab calls the panel, which ``src/plugins/CatalogPanel.ts`` says."""

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Catalog
    from huggingnersc_lab.sandbox import Connection


def sandbox(
    session: Session,
    folder: Annotated[Path | None, typer.Option("--dir", metavar="DIR", help="Folder for its data.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="TCP port; 0 for any free port.")] = 0,
) -> None:
    """Run the practice Hub until Ctrl-C; print its URL and tokens."""
    from huggingnersc_lab.account.connection import practice_folder
    from huggingnersc_lab.private_files import is_open_to_others
    from huggingnersc_lab.sandbox import serve, tokens

    site = session.site
    if folder is None and site.practice_dir is None:
        raise CatalogError("not_found", f"The site '{site.name}' has no practice Hub: choose a folder with --dir.")
    storage = folder or practice_folder(site)

    def ready(connection: Connection) -> None:
        roles = dict(tokens(storage))
        text = facts(
            [
                ("Practice Hub", connection.url),
                ("Organization", site.organization),
                ("Token", connection.token),
                *((f"Token ({role})", token) for role, token in roles.items() if token != connection.token),
                ("To stop it", "Ctrl-C; its data is kept"),
                ("To use it", f"export HF_ENDPOINT={connection.url} HF_TOKEN={connection.token}"),
            ]
        )
        session.output.answer(
            {"url": connection.url, "organization": site.organization, "token": connection.token, "tokens": roles},
            text,
        )
        sys.stdout.flush()
        for path in (storage, *([site.practice_dir] if folder is None and site.practice_dir else [])):
            if is_open_to_others(path):
                session.output.note(f"Others can read '{path}', which also contains files that were there before.")

    serve(storage, organization=site.organization, port=port, on_ready=ready)


def demo(
    session: Session,
    folder: Annotated[Path, typer.Option("--dir", metavar="DIR", help="Folder for all files of the demo.")] = Path(
        ".demo"
    ),
    lab: Annotated[bool, typer.Option("--lab", metavar=FLAG, help="Then start JupyterLab with it.")] = False,
) -> None:
    """Catalog Fisher's iris data into a new practice Hub, as a demonstration."""
    from huggingnersc_lab.catalog import Catalog
    from huggingnersc_lab.sites import load_site

    folder = folder.absolute()
    environment = {
        "HUGGINGNERSC_SITE": "sandbox",
        "HUGGINGNERSC_PRACTICE_DIR": str(folder / "practice"),
    }
    catalog = Catalog(load_site(environ=environment))
    session.output.announce(catalog.site)
    home = folder / "home"
    data = _copy_example(home)
    made = _catalog_iris(catalog, data, session.output.step)
    found = catalog.inspect("iris")
    url = catalog.hub.dataset_url(str(found.record.repo_id))
    text = facts(
        [
            ("Dataset", f"{found.record.pretty_name} ({found.record.name})" + ("" if made else ", cataloged before")),
            ("Data", found.record.data_path),
            ("On the practice Hub", url),
            ("In the catalog", str(found.folder)),
            ("Notebook", str(found.notebook)),
            ("On Slurm", _slurm_line(environment)),
        ]
    )
    session.output.answer({"made": made, "repo_url": url, "folder": str(found.folder), "home": str(home)}, text)
    if lab:
        sys.stdout.flush()
        _start_lab(home, _own_copy(catalog, "iris", home), environment)


def _slurm_line(environment: dict[str, str]) -> str | None:
    """A command that tries a job on this machine's Slurm; None if there is none that responds."""
    from huggingnersc_lab.jobs.executors.slurm_health import look

    health = look()
    if health is None or not health.partitions_up:
        return None
    settings = " ".join(shlex.join([f"{name}={value}"]) for name, value in environment.items())
    return f"{settings} huggingnersc update iris --set doi=10.24432/C56C76 --executor slurm"


def _copy_example(home: Path) -> Path:
    """Copy the bundled example as a contributor would have it: data, loader and metadata in a folder."""
    target = home / "iris"
    try:
        with as_file(files("huggingnersc_lab") / "examples" / "iris") as source:
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    except OSError as err:
        raise CatalogError("storage", f"The example cannot be copied to '{target}': {err}.") from err
    return target


def _catalog_iris(catalog: Catalog, data: Path, on_step: Callable[..., None]) -> bool:
    """Catalog the example; False if it was already cataloged."""
    if "iris" in catalog.unfinished():
        catalog.resume("iris", on_step=on_step)
    if catalog.store.exists("iris"):
        return False
    submission = catalog.read(
        data / "metadata.json",
        loader=data / "load_iris.py",
        name="iris",
        pretty_name="Iris",
        data_path=str(data),
        kernel_name="python3",
    )
    catalog.publish(submission, on_step=on_step)
    return True


def _own_copy(catalog: Catalog, name: str, home: Path) -> Path:
    """A copy of the loader notebook: the catalog's own stays unchanged if a reader edits it."""
    from huggingnersc_lab.workspace.notebooks import loader_copy

    file_name, content = loader_copy(catalog, name)
    copy = home / file_name
    if not copy.exists():
        copy.write_bytes(content)
    return copy


def _workspaces_at_panel(folder: Path) -> Path:
    """The folder of JupyterLab's workspaces; at first the sidebar shows the panel, later what it was left at."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    manager = WorkspacesManager(str(folder))
    if not manager.list_workspaces():
        layout = {"left": {"collapsed": False, "visible": True, "current": PANEL_ID}, "relativeSizes": [0.35, 0.65, 0]}
        workspace = {"data": {"layout-restorer:data": layout}, "metadata": {"id": "default"}}
        with storage_errors("make JupyterLab's workspace"):
            folder.mkdir(parents=True, exist_ok=True)
            manager.save("default", json.dumps(workspace))
    return folder


def _start_lab(home: Path, notebook: Path, environment: dict[str, str]) -> None:
    """Replace this process by JupyterLab, whose extension then serves the practice Hub."""
    from huggingnersc_lab.account.connection import disconnect

    disconnect()
    command = [
        *(sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={home}"),
        f"--LabApp.default_url=/lab/tree/{notebook.name}",
        f"--LabApp.workspaces_dir={_workspaces_at_panel(home.parent / 'workspaces')}",
    ]
    if os.geteuid() == 0:
        command.append("--allow-root")
    os.execve(command[0], command, os.environ | environment)  # noqa: S606
