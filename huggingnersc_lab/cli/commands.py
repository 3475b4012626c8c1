"""The program: all commands and their shared options."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer

from huggingnersc_lab.cli import (
    browse,
    change,
    checksums,
    cite,
    jobs,
    practice,
    publish,
    repair,
    show,
    surroundings,
)
from huggingnersc_lab.cli.channels import keys, share
from huggingnersc_lab.cli.channels.commands import SUMMARIES, ChannelGroup, RootGroup
from huggingnersc_lab.cli.inspection import inspect_data, suggest
from huggingnersc_lab.cli.session import FLAG, Options, everywhere, with_options
from huggingnersc_lab.index.fields import MAIN_PREFIXES, TEXT_FIELDS

app = typer.Typer(
    name="huggingnersc",
    cls=RootGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Catalog a computing centre's datasets on the Hugging Face Hub, and find those of others.",
)

_PANELS = {
    "Catalog a dataset": (publish, ("catalog-new-dataset", "adopt", "preview", "validate")),
    "Prepare a dataset": (suggest, ("suggest",)),
    "Find a dataset": (browse, ("search", "list", "inspect-dataset")),
    "Read and open a dataset": (show, ("show", "open")),
    "Cite and export": (cite, ("cite", "export")),
    "Change a dataset": (change, ("update", "retire")),
    "Share a dataset": (share, ("share",)),
    "Check the data": (checksums, ("checksum", "verify-data")),
    "Inspect data": (inspect_data, ("inspect-data",)),
    "Repair": (repair, ("resume", "undo", "import-catalog")),
    "Surroundings": (surroundings, ("doctor", "vocabulary")),
    "Practice": (practice, ("sandbox", "demo")),
}
_FUNCTIONS = {"list": "list_datasets", "show": "show_dataset", "open": "open_dataset"}
# A nickname that starts with a hyphen by mistake should get the error about names, not one about options. In a query, a
# hyphen means "without": -hdf5 is not a request for help.
_LENIENT: dict[str, dict[str, Any]] = {
    "catalog-new-dataset": {"ignore_unknown_options": True},
    "preview": {"ignore_unknown_options": True},
    "export": {"ignore_unknown_options": True, "help_option_names": ["--help"]},
    "search": {"ignore_unknown_options": True, "help_option_names": ["--help"]},
}

_EPILOGS = {
    "verify-data": (
        "Examples:",
        "huggingnersc verify-data iris --quick",
        "huggingnersc verify-data iris --part 3/30",
        "A part each night reads everything once in thirty nights. Exit code 5: something differs.",
    ),
    "adopt": (
        "Examples:",
        "huggingnersc adopt sky-maps --data-path /path/of/sky --loader load.py --dry-run",
        "huggingnersc adopt sky-maps --data-path /path/of/sky --loader-from-repo load.py",
        "huggingnersc adopt sky-maps --set license=cc-by-4.0 --set 'size_categories=[\"1K<n<10K\"]'",
        "'huggingnersc search source:hub' finds datasets that are only on the Hub.",
    ),
    "catalog-new-dataset": (
        "Examples:",
        "huggingnersc catalog-new-dataset 'Iris' iris load_iris.py metadata.json --data-path /path/of/iris --dry-run",
        "huggingnersc catalog-new-dataset 'Sky maps' sky-maps load.py metadata.json run.sh True",
        "huggingnersc catalog-new-dataset 'Sky maps' sky-maps load.py metadata.json None True",
        "huggingnersc catalog-new-dataset 'Sky maps' sky-maps load.py /path/of/sky None metadata.json run.sh True",
        "The last is HuggingNERSC's longer form: DATA_PATH and DOWNLOAD_LINK, or None, come before METADATA_JSON.",
    ),
    "checksum": (
        "Examples:",
        "huggingnersc checksum iris",
        "huggingnersc checksum iris --algorithm md5 --output iris.md5",
        "huggingnersc checksum iris --algorithm md5 --algorithm sha256 --output bagit",
        "FILE is what 'md5sum --check' reads; 'bagit' writes manifest-md5.txt and its like into the working folder.",
        "Exit code 5: a file could not be read whole.",
    ),
    "cite": ("Examples:", "huggingnersc cite iris >> references.bib", "huggingnersc cite iris --format apa"),
    "export": (
        "Examples:",
        "huggingnersc export --format csv --output catalog.csv",
        "huggingnersc export 'tag:cosmology size:>1TB' | jq .data_path",
        "huggingnersc export iris --format croissant --output croissant.json",
        "In CSV, lists are joined by '; ', and cells that look like a formula are prefixed with an apostrophe.",
    ),
    "inspect-data": (
        "Examples:",
        "huggingnersc inspect-data /path/of/data",
        "huggingnersc inspect-data /path/of/data --json | jq .contents",
        "huggingnersc inspect-data /path/of/data --executor slurm --resource time=00:30:00",
    ),
    "job start": (
        "Examples:",
        "huggingnersc job start publish draft_id=0123456789abcdef0123456789abcdef",
        "huggingnersc job start retire name=iris from_hub=true",
    ),
    "open": (
        "Examples:",
        "huggingnersc open iris",
        "huggingnersc open iris --notebook",
        "If there is no display, the URL is printed.",
    ),
    "search": (
        "Examples:",
        "huggingnersc search cosmology simulation",
        "huggingnersc search 'tag:cosmology format:hdf5 size:>1TB -draft'",
        "huggingnersc search '\"dark matter\" by:lovelace license:mit' --sort newest",
        f"Words match in: {', '.join(text.label for text in TEXT_FIELDS.values())}.",
        f"Fields: {', '.join(MAIN_PREFIXES)}. WORD* matches the start of a word.",
    ),
    "suggest": (
        "Examples:",
        "huggingnersc suggest /path/of/iris > metadata.json",
        "Where each value is from is printed on standard error. Check the file, complete it, and run 'validate'.",
    ),
    "update": (
        "Examples:",
        'huggingnersc update iris --set license=cc-by-4.0 --set \'tags=["biology", "csv"]\' --set doi=',
        "VALUE is text, or JSON for fields of another type; an empty one removes the field.",
        f"FIELD is one of {', '.join(change.editable_members())}.",
    ),
    "vocabulary": ("Examples:", "huggingnersc vocabulary licenses apache", "huggingnersc vocabulary --refresh"),
}

for _panel, (_module, _names) in _PANELS.items():
    for _name in _names:
        _function = getattr(_module, _FUNCTIONS.get(_name, _name.replace("-", "_")))
        app.command(
            _name,
            rich_help_panel=_panel,
            context_settings=_LENIENT.get(_name),
            epilog="\n\n".join(_EPILOGS.get(_name, ())),
        )(everywhere(_function, needs_site=_panel != "Practice"))

_jobs = typer.Typer(no_args_is_help=True, help="List, follow and cancel background jobs.")
_jobs.command("run")(everywhere(jobs.run, needs_site=False))
_jobs.command("list")(everywhere(jobs.list_jobs))
_jobs.command("show")(everywhere(jobs.show))
_jobs.command("log")(everywhere(jobs.log))
_jobs.command("cancel")(everywhere(jobs.cancel))
_jobs.command("follow")(everywhere(jobs.follow))
_jobs.command("start", epilog="\n\n".join(_EPILOGS["job start"]))(everywhere(jobs.start))
app.add_typer(_jobs, name="job", rich_help_panel="Surroundings")

for _name, _summary in SUMMARIES.items():
    app.add_typer(
        typer.Typer(cls=ChannelGroup, no_args_is_help=True, help=_summary),
        name=_name,
        rich_help_panel="Share a dataset",
    )

_keys = typer.Typer(no_args_is_help=True, help="Save the keys that other services ask for.")
_keys.command("list")(everywhere(keys.list_keys))
_keys.command("set")(everywhere(keys.set_key))
_keys.command("remove")(everywhere(keys.remove_key))
app.add_typer(_keys, name="key", rich_help_panel="Share a dataset")


def _version(wanted: bool) -> None:
    if wanted:
        from huggingnersc_lab._version import __version__

        typer.echo(f"huggingnersc {__version__}")
        raise typer.Exit


def _keep(ctx: typer.Context, *, version: bool, **values: Any) -> None:
    del version  # handled by its callback
    ctx.obj = Options(**values)


app.callback()(
    with_options(
        _keep,
        [
            inspect.Parameter(
                "version",
                inspect.Parameter.KEYWORD_ONLY,
                default=False,
                annotation=Annotated[
                    bool,
                    typer.Option(
                        "--version", metavar=FLAG, callback=_version, is_eager=True, help="Print the version."
                    ),
                ],
            )
        ],
    )
)
