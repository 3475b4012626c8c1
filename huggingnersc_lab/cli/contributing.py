"""Commands that make, change and remove entries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli.output import facts
from huggingnersc_lab.cli.session import Session
from huggingnersc_lab.errors import CatalogError, FieldError

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Preview, Publication
    from huggingnersc_lab.catalog.submission import Submission

OfficialName = Annotated[str, typer.Argument(help="Title that people see.")]
Nickname = Annotated[str, typer.Argument(help="Short name for paths and the repository.")]
LoaderScript = Annotated[Path, typer.Argument(help="Script that loads the data.")]
MetadataJson = Annotated[Path, typer.Argument(help="Metadata: a record, or datacard_tags and other_info.")]
BatchScript = Annotated[
    str | None, typer.Argument(help="Slurm script that runs a distributed loader; 'None' for none.")
]
IsDistributed = Annotated[bool, typer.Argument(help="Whether the loader runs on several nodes: True or False.")]
DataPath = Annotated[
    Path | None, typer.Option("--data-path", metavar="DIR", help="Where the data lies on the shared file system.")
]
DownloadLink = Annotated[
    str | None, typer.Option("--download-link", metavar="URL", help="Another address to have the data from.")
]
Kernel = Annotated[
    str | None,
    typer.Option("--kernel", metavar="NAME", help="Kernel of the loader notebook ('jupyter kernelspec list')."),
]
CreatePr = Annotated[
    bool, typer.Option("--create-pr", help="Propose it as a pull request, for those who may not write.")
]
Private = Annotated[bool, typer.Option("--private", help="Only members of the organization see it on the Hub.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def catalog_new_dataset(
    session: Session,
    official_name: OfficialName,
    nickname: Nickname,
    loader_script: LoaderScript,
    metadata_json: MetadataJson,
    batch_script: BatchScript = None,
    is_distributed: IsDistributed = False,
    data_path: DataPath = None,
    download_link: DownloadLink = None,
    kernel: Kernel = None,
    create_pr: CreatePr = False,
    private: Private = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be made, and make nothing.")] = False,
    yes: Yes = False,
) -> None:
    """Catalog a dataset: one repository on the Hub, a loader notebook, an entry in the catalog."""
    submission = _submission(
        session,
        official_name,
        nickname,
        loader_script,
        metadata_json,
        batch_script,
        is_distributed,
        data_path,
        download_link,
        kernel,
    )
    session.output.warnings(submission.warnings)
    if dry_run:
        _show(session, session.catalog.preview(submission, private=private, create_pr=create_pr), submission)
        return
    what = "Propose" if create_pr else "Publish"
    session.confirm(f"{what} '{nickname}' to {session.site.organization} on {session.site.hub_url}?", yes=yes)
    publication = session.catalog.publish(submission, private=private, create_pr=create_pr, on_step=session.output.step)
    _made(session, publication, submission.warnings)


def preview(
    session: Session,
    official_name: OfficialName,
    nickname: Nickname,
    loader_script: LoaderScript,
    metadata_json: MetadataJson,
    batch_script: BatchScript = None,
    is_distributed: IsDistributed = False,
    data_path: DataPath = None,
    download_link: DownloadLink = None,
    kernel: Kernel = None,
    create_pr: CreatePr = False,
    private: Private = False,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="DIR", help="Write the files there, to look at them.")
    ] = None,
) -> None:
    """Show the card, the notebook and the list of files that would be made. Nothing is sent."""
    submission = _submission(
        session,
        official_name,
        nickname,
        loader_script,
        metadata_json,
        batch_script,
        is_distributed,
        data_path,
        download_link,
        kernel,
    )
    session.output.warnings(submission.warnings)
    shown = session.catalog.preview(submission, private=private, create_pr=create_pr)
    if output is not None:
        _write(output, shown)
    _show(session, shown, submission)


def validate(session: Session, metadata_json: MetadataJson) -> None:
    """Check a metadata file and name every fault at once."""
    from huggingnersc_lab.record.document import read_json

    document = read_json(metadata_json)
    # The command line gives name and title apart from the file, so a file without them is not at fault.
    given = {"name": "name", "pretty_name": "Title"} if not {"name", "nickname"} & document.keys() else {}
    given = {key: value for key, value in given.items() if key not in document}
    metadata = session.catalog.validate(document, given=given)
    metadata.findings.raise_for_errors(f"'{metadata_json}'")
    warnings = [finding for finding in metadata.findings.warnings if finding.code != "overridden"]
    session.output.warnings(warnings)
    session.output.answer(
        {"valid": True, "warnings": [finding.to_dict() for finding in warnings]},
        f"'{metadata_json}' is valid" + (f", with {len(warnings)} warnings." if warnings else "."),
    )


def update(
    session: Session,
    nickname: Annotated[str, typer.Argument(help="The dataset to change.")],
    official_name: Annotated[
        str | None, typer.Option("--official-name", metavar="TITLE", help="Another title.")
    ] = None,
    loader_script: Annotated[
        Path | None, typer.Option("--loader", metavar="FILE", help="Another loader script.")
    ] = None,
    metadata_json: Annotated[
        Path | None, typer.Option("--metadata", metavar="FILE", help="Metadata that take the place of the former.")
    ] = None,
    batch_script: Annotated[
        Path | None, typer.Option("--batch-script", metavar="FILE", help="Another batch script.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="MEMBER=VALUE", help="Change one member; JSON where it is no text; empty takes it away."
        ),
    ] = None,
    data_path: DataPath = None,
    download_link: DownloadLink = None,
    kernel: Kernel = None,
    create_pr: CreatePr = False,
    private: Annotated[bool | None, typer.Option("--private/--public", help="Who sees it on the Hub.")] = None,
    yes: Yes = False,
) -> None:
    """Change a dataset's entry. What people wrote by hand on its card on the Hub is kept."""
    from huggingnersc_lab.record.document import read_json, read_metadata
    from huggingnersc_lab.record.scripts import read_script

    values: dict[str, Any] = {}
    if metadata_json is not None:
        metadata = read_metadata(read_json(metadata_json), {"name": nickname, "pretty_name": official_name})
        values |= metadata.values
    values |= dict(_change(text) for text in changes or ())
    given = {
        "pretty_name": official_name,
        "data_path": _absolute(data_path),
        "download_link": download_link,
        "kernel_name": kernel,
    }
    values |= {key: value for key, value in given.items() if value is not None}
    session.confirm(f"Change '{nickname}' on {session.site.hub_url}?", yes=yes)
    publication = session.catalog.update(
        nickname,
        values,
        loader=read_script(loader_script, "loader", nickname) if loader_script else None,
        batch_script=read_script(batch_script, "batch_script", nickname) if batch_script else None,
        private=private,
        create_pr=create_pr,
        on_step=session.output.step,
    )
    for note in publication.notes:
        session.output.note(note)
    _made(session, publication, ())


def retire(
    session: Session,
    nickname: Annotated[str, typer.Argument(help="The dataset to take out.")],
    hub: Annotated[
        bool, typer.Option("--hub", help="Delete its repository on the Hub, too. It cannot be undone.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Take a dataset out of the catalog. The data itself is never touched."""
    where = f"the catalog and delete it from {session.site.hub_url}" if hub else "the catalog"
    session.confirm(f"Take '{nickname}' out of {where}?", yes=yes)
    record = session.catalog.retire(nickname, from_hub=hub)
    text = f"'{nickname}' is no longer in the catalog" + (" nor on the Hub." if hub else ".")
    if not hub and record.repo_id:
        text += f" Its repository {record.repo_id} still stands on the Hub."
    session.output.answer({"retired": nickname, "repo_id": record.repo_id, "from_hub": hub}, text)


def _submission(
    session: Session,
    official_name: str,
    nickname: str,
    loader_script: Path,
    metadata_json: Path,
    batch_script: str | None,
    is_distributed: bool,
    data_path: Path | None,
    download_link: str | None,
    kernel: str | None,
) -> Submission:
    for value in (str(loader_script), str(metadata_json), batch_script or ""):
        if value.startswith("--"):
            raise typer.BadParameter(f"There is no option {value}.")
    batch = None if batch_script in (None, "", "None", "none") else Path(str(batch_script))
    return session.catalog.read(
        metadata_json,
        loader=loader_script,
        batch_script=batch,
        name=nickname,
        pretty_name=official_name,
        is_distributed=is_distributed or None,
        data_path=_absolute(data_path),
        download_link=download_link,
        kernel_name=kernel,
    )


def _absolute(path: Path | None) -> str | None:
    return None if path is None else str(path.expanduser().absolute())


def _change(text: str) -> tuple[str, Any]:
    member, sign, value = text.partition("=")
    if not sign or not member:
        detail = f"'{text}' is no change: write MEMBER=VALUE, such as license=mit or tags='[\"csv\"]'."
        raise CatalogError("invalid_record", detail, [FieldError("", "form", detail)])
    if not value:
        return member, None
    try:
        return member, json.loads(value)
    except ValueError:
        return member, value


def _write(folder: Path, shown: Preview) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in shown.files.items():
            (folder / name).write_bytes(content)
    except OSError as err:
        raise CatalogError("forbidden", f"The preview cannot be written to '{folder}': {err.strerror}.") from err


def _show(session: Session, shown: Preview, submission: Submission) -> None:
    listed = [(name, len(content)) for name, content in shown.files.items() if not name.startswith(".")]
    data = {
        "record": shown.record.to_dict(),
        "card": shown.card,
        "notebook": json.loads(shown.notebook),
        "files": [{"name": name, "bytes": size, "hub": name in shown.hub_files} for name, size in listed],
        "actions": list(shown.actions),
        "warnings": [finding.to_dict() for finding in submission.warnings],
    }
    files = "\n".join(
        f"  {name} ({size:,} bytes, {'Hub and catalog' if name in shown.hub_files else 'catalog'})"
        for name, size in listed
    )
    actions = "\n".join(f"  {index}. {action}" for index, action in enumerate(shown.actions, 1))
    text = f"{shown.card}\n{'─' * 72}\nFiles\n{files}\n\nIt would\n{actions}\n\nNothing was sent."
    session.output.answer(data, text)


def _made(session: Session, publication: Publication, warnings: tuple[FieldError, ...]) -> None:
    record = publication.record
    data = {
        "record": record.to_dict(),
        "folder": str(publication.folder),
        "notebook": str(publication.notebook),
        "repo_url": publication.repo_url,
        "commit_url": publication.commit.url,
        "pull_request_url": publication.commit.pull_request_url,
        "warnings": [finding.to_dict() for finding in warnings],
        "notes": list(publication.notes),
    }
    text = facts(
        [
            ("Dataset", f"{record.pretty_name} ({record.name})"),
            ("On the Hub", publication.repo_url),
            ("Pull request", publication.commit.pull_request_url),
            ("In the catalog", str(publication.folder)),
            ("Notebook", str(publication.notebook)),
        ]
    )
    session.output.answer(data, text)
