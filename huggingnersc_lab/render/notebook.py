"""The loader notebook: checks that the data can be read, loads it, and shows a first look at it."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render import distributed
from huggingnersc_lab.render.cells import cell_source
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.facts import markdown_rows
from huggingnersc_lab.render.languages import is_python, language_of
from huggingnersc_lab.render.markdown import code_span, embed, escape, link, table
from huggingnersc_lab.render.notebook_cells import Cell, code, literal, markdown, to_json

_GATE = """\
if not data_is_readable:
    raise StopHere("Stopped here: the data cannot be read, see above. The loader was not run.")
# The loader takes the path of the data from this environment variable.
os.environ["DATA_PATH"] = DATA_PATH"""
_NO_ARGUMENTS = """\
import sys

# A loader that reads its command line finds an empty one, not the kernel's.
sys.argv = [{name}]"""


def render_notebook(entry: Entry) -> str:
    """The notebook as nbformat 4.5 JSON, in the layout that JupyterLab saves, so that a copy differs by edits only.

    A distributed loader is written to a work folder and submitted as a batch job; any other runs in the notebook's
    kernel. Cells that ask whether the data can be read, and those that look at it, are Python: a loader in another
    language gets a notebook without them.
    """
    cells = [_title(entry), _facts(entry)]
    if entry.record.is_distributed:
        cells += [*_access(entry), *distributed.cells(entry)]
    elif entry.loader is None:
        cells.append(markdown("no-loader", "No loader came with this entry."))
    elif is_python(entry.loader):
        cells += [*_access(entry), *_loader(entry.loader), *_first_look()]
    else:
        cells += _loader(entry.loader)
    return to_json(cells, _metadata(entry))


def _metadata(entry: Entry) -> dict[str, Any]:
    record, site, loader = entry.record, entry.site, entry.loader
    is_foreign = loader is not None and not is_python(loader)
    # What submits a distributed loader is Python, whatever the loader itself is written in.
    kernel = (None if is_foreign and record.is_distributed else record.kernel_name) or site.default_kernel
    language = language_of(loader) if loader and is_foreign and not record.is_distributed else "python"
    about = {
        "name": record.name,
        "publish_id": record.publish_id,
        "loader": loader.file_name if loader else None,
        "schema_version": record.schema_version,
    }
    return {
        "huggingnersc": {key: value for key, value in about.items() if value is not None},
        "kernelspec": {"display_name": kernel, "language": language, "name": kernel},
        "language_info": {"name": language},
    }


def _title(entry: Entry) -> Cell:
    description = embed(entry.record.description or "", top_level=2)
    return markdown("title", f"# {escape(entry.record.pretty_name)}\n\n{description}".rstrip())


def _facts(entry: Entry) -> Cell:
    return markdown("facts", table(("Property", "Value"), markdown_rows(entry, "notebook")))


def _access(entry: Entry) -> list[Cell]:
    record = entry.record
    if not record.data_path:
        return [markdown("download", text)] if (text := _download(entry)) else []
    path = (
        "# Where the data is. A copy of your own is as good: put its path here.\n"
        f"DATA_PATH = {literal(record.data_path)}"
    )
    check = (
        f"{cell_source('access')}\n\n\n"
        "data_is_readable, _sentence = explain_access(\n"
        f"    DATA_PATH,\n    group={literal(record.access_group or '')},\n"
        f"    help_text={literal(entry.site.access_help or '')},\n"
        ")\nprint(_sentence)"
    )
    cells = [
        markdown("access-title", "## Can you read the data?"),
        code("data-path", path),
        code("access", check, hidden=True),
    ]
    if text := _download(entry):
        cells.append(markdown("download", text))
    return [*cells, code("gate", f"{cell_source('gate')}\n\n\n{_GATE}", hidden=True)]


def _download(entry: Entry) -> str:
    given = (way.url for way in entry.record.distributions)
    links = dict.fromkeys(address for address in (*given, entry.portal_link) if address)
    if not links:
        return ""
    addresses = " or ".join(link(address, address) for address in links)
    if entry.record.data_path:
        return (
            f"If the path cannot be reached from here, download the data from {addresses} and put the path of your "
            f"copy into {code_span('DATA_PATH')} above."
        )
    return f"The data can be downloaded from {addresses}."


def _loader(loader: Script) -> list[Cell]:
    cells = [markdown("loader-title", f"## Load it\n\n{code_span(loader.file_name)}, as its contributor wrote it:")]
    if is_python(loader):
        cells.append(code("arguments", _NO_ARGUMENTS.format(name=literal(loader.file_name)), hidden=True))
    return [*cells, code("loader", loader.text.rstrip("\n"))]


def _first_look() -> list[Cell]:
    look = f"{cell_source('first_look')}\n\n\n_look_at(dict(globals()), {{'DATA_PATH', 'data_is_readable'}})"
    return [markdown("first-look-title", "## A first look"), code("first-look", look, hidden=True)]
