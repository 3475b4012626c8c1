"""Check that nothing but the store opens what lies in a catalog.

A catalog is a folder that many may write to: a path in it may lead anywhere by the time it is opened. So the package
outside of ``store/`` opens, lists and looks at no path at all, but for the files named below, which handle other paths.
Run by ``make lint``.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "huggingnersc_lab"

ALLOWED = {
    "store/": "the one place",
    "sandbox/": "the practice Hub's own storage",
    "examples/": "what a contributor would hand in",
    "index/": "the user's own cache",
    "access/": "data that records name, looked at by helper processes",
    "inspection/": "data that a person names, in processes of its own or as names and states only",
    "checksums/": "data that records name, and the user's own manifests",
    "workers/": "what helper processes are asked of other paths",
    "jobs/": "the user's own jobs",
    "channels/drive/": "data that a person shares, and where its archives go",
    "channels/torrent/": "data that a person shares, the user's own torrent files, and where downloads go",
    "channels/keys.py": "the user's own keys",
    "channels/ledger.py": "the user's own notes",
    "render/cells/": "code that runs in notebooks",
    "private_files.py": "writes the user's own files",
    "regular.py": "opens plain files only, for the files below",
    "processes.py": "/proc",
    "channels/client.py": "opens addresses of other services, no paths",
    "record/metadata/document.py": "a metadata file that a person named",
    "record/scripts/__init__.py": "a script that a person named",
    "record/vocabulary.py": "what ships with the package, and the user's own cache",
    "account/tokens.py": "the user's own tokens",
    "catalog/doctor.py": "the site's data roots",
    "catalog/sources.py": "makes the practice catalog's own root",
    "catalog/publish/import_catalog.py": "an older catalog that a person named, without following links",
    "catalog/publish/scripts.py": "what lies beside a script that a person named",
    "catalog/search/hub_cache.py": "the user's own cache",
    "catalog/history/versions.py": "the user's own cache",
    "workspace/drafts.py": "the user's own drafts",
    "workspace/slurm_choices.py": "the user's own file",
    "cli/arguments.py": "whether a word of the command line is a file",
    "cli/practice.py": "copies the shipped example into a folder of the user's",
    "cli/problem.py": "/dev/null",
    "cli/publication.py": "writes a preview into a folder that a person named",
}
"""By file, or folder with a slash, what paths it handles instead of a catalog's."""

METHODS = {
    *("chmod", "exists", "glob", "hardlink_to", "is_dir", "is_file", "is_symlink", "iterdir", "lstat", "mkdir", "open"),
    *("read_bytes", "read_text", "readlink", "rename", "rglob", "rmdir", "samefile", "stat", "symlink_to", "touch"),
    *("unlink", "walk", "write_bytes", "write_text"),
}
"""Methods of :class:`pathlib.Path` that open, list, look at or change what a path leads to."""

MODULES = {
    "os": {
        *("access", "chmod", "chown", "fwalk", "link", "listdir", "lstat", "makedirs", "mkdir", "open", "readlink"),
        *("remove", "rename", "renames", "replace", "rmdir", "scandir", "stat", "symlink", "truncate", "unlink"),
        *("utime", "walk"),
    },
    "os.path": {"exists", "getmtime", "getsize", "isdir", "isfile", "islink", "ismount", "lexists", "samefile"},
    "io": {"open"},
    "huggingnersc_lab.regular": {"read_regular"},
    "shutil": {
        *("chown", "copy", "copy2", "copyfile", "copymode", "copystat", "copytree", "disk_usage", "make_archive"),
        *("move", "rmtree", "unpack_archive"),
    },
}
"""By module, its functions that do so."""

OWN = {"ast", "store", "_store", "webbrowser"}
"""What has methods of these names without being a path."""


def faults_in(source: str, name: str) -> Iterator[str]:
    """What a module does with paths that only the store may, one line each.

    Args:
        source: the module's text.
        name: its path in the package.
    """
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Call):
            call = _call(node.func)
        elif isinstance(node, ast.ImportFrom):
            found = MODULES.get(node.module or "", set()) & {alias.name for alias in node.names}
            call = f"from {node.module} import {', '.join(sorted(found))}" if found else None
        else:
            continue
        if call:
            yield f"{name}:{node.lineno}: {call}"


def _call(function: ast.expr) -> str | None:
    """The name of a call that opens, lists or looks at a path; None for any other."""
    if isinstance(function, ast.Name):
        return "open" if function.id == "open" else None
    if not isinstance(function, ast.Attribute):
        return None
    of = ast.unparse(function.value)
    if function.attr in MODULES.get(of, ()):
        return f"{of}.{function.attr}"
    if of in MODULES or function.attr not in METHODS or _is_no_path(function.value):
        return None
    return f"Path.{function.attr}"


def _is_no_path(value: ast.expr) -> bool:
    """Whether a method is called on the store, on a class, or on a file that ships with a package."""
    last = value
    if isinstance(last, ast.Call):
        last = last.func
    name = last.attr if isinstance(last, ast.Attribute) else last.id if isinstance(last, ast.Name) else ""
    if name in OWN or (name[:1].isupper() and not isinstance(value, ast.Call)):
        return True
    while isinstance(value, ast.Attribute | ast.Call):
        value = value.value if isinstance(value, ast.Attribute) else value.func
    return isinstance(value, ast.Name) and value.id == "files"


def allowed(name: str) -> str | None:
    """The entry of :data:`ALLOWED` that a module falls under."""
    return next((key for key in ALLOWED if name == key or (key.endswith("/") and name.startswith(key))), None)


def check(package: Path) -> list[str]:
    """All faults of a package, and entries of :data:`ALLOWED` that nothing needs any more."""
    faults: list[str] = []
    needed = set()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        found = list(faults_in(path.read_text("utf-8"), name))
        if (key := allowed(name)) is None:
            faults += found
        elif found:
            needed.add(key)
    unused = ALLOWED.keys() - needed - {"examples/"}
    return faults + [f"{key}: is allowed to handle {ALLOWED[key]}, and does not" for key in sorted(unused)]


def main() -> int:
    faults = check(PACKAGE)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(
            f"{len(faults)} faults. What lies in a catalog is opened by huggingnersc_lab/store/ alone; a file that "
            f"handles other paths is named, with the reason, in {Path(__file__).name}.",
            file=sys.stderr,
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
