"""The loader notebook: checks that the data can be read, loads it, and shows a first look at it."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render import companions, distributed
from huggingnersc_lab.render.cells import cell_source
from huggingnersc_lab.render.download_lines import download_lines
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.facts import markdown_rows
from huggingnersc_lab.render.languages import is_python, language_of
from huggingnersc_lab.render.markdown import code_block, code_span, embed, escape, link, table
from huggingnersc_lab.render.notebook_cells import Cell, code, literal, markdown, to_json

_GATE_TITLE = "Stops here if the data cannot be read; otherwise sets the loader's DATA_PATH."
_GATE = """\
if not data_is_readable:
    raise StopHere("Stopped here: the data cannot be read, see above. The loader was not run.")
# The loader reads the data path from this environment variable.
os.environ["DATA_PATH"] = DATA_PATH"""
_SCRIPT_TITLE = "Lets the loader run here as if it were started as a script."
_UNCOVER = """\
import builtins as _builtins

# A previous run of the loader may have shadowed some.
for _name in _builtins.dir(_builtins):
    if not _name.startswith("_"):
        _builtins.globals().pop(_name, None)"""
_AS_SCRIPT = """\
_script_own(globals(), "_script")["_script_prepare"](
    get_ipython(), globals(), {name}, {folder}
)"""
_FIRST_LOOK = """\
_script_own(_script_builtins.globals(), "_look")["_look_at"](
    _script_builtins.dict(_script_builtins.globals()), {"DATA_PATH", "LOADER_FOLDER", "data_is_readable"}
)"""


def render_notebook(entry: Entry) -> str:
    """The notebook as nbformat 4.5 JSON, in the layout that JupyterLab saves, so that a copy differs only by edits.

    A distributed loader is written to a working folder and submitted as a batch job; others run in the notebook's
    kernel. The cells that check access, and those that show a first look, are Python: notebooks of loaders in another
    language do not have them.
    """
    cells = [_title(entry), _facts(entry)]
    if entry.record.is_distributed:
        cells += [*_access(entry), *distributed.cells(entry)]
    elif entry.loader is None:
        cells.append(markdown("no-loader", "This entry has no loader."))
    elif is_python(entry.loader):
        cells += [*_access(entry), *_loader(entry, entry.loader), *_first_look()]
    else:
        cells += _loader(entry, entry.loader)
    return to_json(cells, _metadata(entry))


def _metadata(entry: Entry) -> dict[str, Any]:
    record, site, loader = entry.record, entry.site, entry.loader
    is_foreign = loader is not None and not is_python(loader)
    # Distributed loaders are submitted from Python, whatever language they are written in.
    kernel = (None if is_foreign and record.is_distributed else record.kernel_name) or site.default_kernel
    language = language_of(loader) if loader and is_foreign and not record.is_distributed else "python"
    language = "R" if language == "r" else language  # the name used by its kernel
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
    path = f"# Where the data is. To use your own copy, put its path here.\nDATA_PATH = {literal(record.data_path)}"
    check = (
        f"# Checks whether you can read the data.\n\n{_UNCOVER}\n\n{cell_source('access')}\n\n\n"
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
    return [*cells, code("gate", f"{_titled(_GATE_TITLE, 'gate')}\n\n\n{_GATE}", hidden=True)]


def _download(entry: Entry) -> str:
    given = (way.url for way in entry.record.downloads)
    links = dict.fromkeys(address for address in (*given, entry.portal_link) if address)
    if not links:
        return ""
    addresses = " or ".join(link(address, address) for address in links)
    commands = "".join(
        f"\n\n{escape(heading)}:\n\n{code_block(lines, 'bash')}" for heading, lines in download_lines(entry).items()
    )
    if entry.record.data_path:
        return (
            f"If the path is not available here, download the data from {addresses} and put the path of your "
            f"copy into {code_span('DATA_PATH')} above.{commands}"
        )
    return f"You can download the data from {addresses}.{commands}"


def _loader(entry: Entry, loader: Script) -> list[Cell]:
    title = f"## Load it\n\n{code_span(loader.file_name)}, as its contributor wrote it:"
    if entry.companions:
        names = ", ".join(code_span(script.file_name) for script in entry.companions)
        title = f"## Load it\n\n{code_span(loader.file_name)}, as its contributor wrote it. It needs {names}:"
    cells = [markdown("loader-title", title)]
    if is_python(loader):
        if entry.companions:
            cells += [code("loader-folder", companions.folder(entry), hidden=True), *companions.cells(entry)]
        folder = "DATA_PATH" if entry.record.data_path and not entry.companions else literal(".")
        prepare = _AS_SCRIPT.format(name=literal(loader.file_name), folder=folder)
        cells.append(
            code("arguments", f"# {_SCRIPT_TITLE}\n\n{_UNCOVER}\n\n{cell_source('script')}\n\n\n{prepare}", hidden=True)
        )
    elif entry.companions and (enter := companions.enter(entry, language_of(loader))):
        cells.append(code("loader-folder", enter))
    return [*cells, code("loader", loader.text.rstrip("\n"))]


def _first_look() -> list[Cell]:
    look = f"{_titled('Shows what the loader created.', 'first_look')}\n\n\n{_FIRST_LOOK}"
    return [markdown("first-look-title", "## A first look"), code("first-look", look, hidden=True)]


def _titled(title: str, name: str) -> str:
    """The code of a cell after a comment, which JupyterLab shows while the cell is collapsed."""
    return f"# {title}\n\n{cell_source(name)}"
