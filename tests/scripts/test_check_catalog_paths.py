"""The check that only the store opens what lies in a catalog."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_catalog_paths.py"


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_catalog_paths", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(checker: ModuleType, source: str) -> list[str]:
    return [fault.partition(": ")[2] for fault in checker.faults_in(source, "catalog/x.py")]


def test_the_package_keeps_to_it(checker: ModuleType) -> None:
    assert checker.check(checker.PACKAGE) == []
    assert checker.main() == 0


@pytest.mark.parametrize(
    ("source", "call"),
    [
        ("(store.root / name / 'record.json').read_text()", "Path.read_text"),
        ("path.read_bytes()", "Path.read_bytes"),
        ("stored.folder.iterdir()", "Path.iterdir"),
        ("root.glob('*')", "Path.glob"),
        ("root.rglob('*')", "Path.rglob"),
        ("path.stat()", "Path.stat"),
        ("path.is_file()", "Path.is_file"),
        ("path.is_dir()", "Path.is_dir"),
        ("path.exists()", "Path.exists"),
        ("path.write_text('')", "Path.write_text"),
        ("path.write_bytes(b'')", "Path.write_bytes"),
        ("path.unlink()", "Path.unlink"),
        ("Path('x').open()", "Path.open"),
        ("Path('x').exists()", "Path.exists"),
        ("self.path.open()", "Path.open"),
        ("store.root.exists()", "Path.exists"),
        ("open(path)", "open"),
        ("os.open(path, 0)", "os.open"),
        ("os.scandir(path)", "os.scandir"),
        ("os.listdir(path)", "os.listdir"),
        ("os.stat(path)", "os.stat"),
        ("os.access(store.root, 2)", "os.access"),
        ("os.path.exists(path)", "os.path.exists"),
        ("shutil.copyfile(found.notebook, target)", "shutil.copyfile"),
        ("shutil.rmtree(path)", "shutil.rmtree"),
        ("io.open(path)", "io.open"),
        ("from os import scandir, sep", "from os import scandir"),
        ("from shutil import rmtree as remove", "from shutil import rmtree"),
    ],
)
def test_what_is_told(checker: ModuleType, source: str, call: str) -> None:
    assert calls(checker, source) == [call]
    assert list(checker.faults_in(f"\n\ndef f():\n    {source}", "catalog/x.py")) == [f"catalog/x.py:4: {call}"]


@pytest.mark.parametrize(
    "source",
    [
        "store.exists(name)",
        "store.open(name)",
        "self.store.open(name)",
        "self._store.exists(name)",
        "catalog.store.exists(name)",
        "Workspace.open(choice, None)",
        "webbrowser.open(url)",
        "files('huggingnersc_lab.render').joinpath('card.md').read_text('utf-8')",
        "text.replace('a', 'b')",
        "replace(record, name='x')",
        "os.path.normpath(path)",
        "os.path.realpath(path)",
        "os.fsencode(path)",
        "shutil.get_terminal_size()",
        "shutil.which('rclone')",
        "from os import sep",
        "path.name, path.with_name('x'), path.parent",
    ],
)
def test_what_is_left_alone(checker: ModuleType, source: str) -> None:
    assert calls(checker, source) == []


def test_a_file_is_allowed_by_its_name_or_its_folder(checker: ModuleType) -> None:
    assert checker.allowed("store/tree.py") == "store/"
    assert checker.allowed("catalog/tokens.py") == "catalog/tokens.py"
    assert checker.allowed("catalog/watching.py") is None
    assert checker.allowed("rest/store/x.py") is None
    assert all(reason for reason in checker.ALLOWED.values())


def test_faults_and_needless_allowances_fail(
    checker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "watching.py").write_text("import os\n\nos.stat('x')\n")
    (tmp_path / "catalog" / "tokens.py").write_text("path.read_text()\n")
    monkeypatch.setattr(checker, "ALLOWED", {"catalog/tokens.py": "tokens", "catalog/gone.py": "what is gone"})
    monkeypatch.setattr(checker, "PACKAGE", tmp_path)
    assert checker.main() == 1
    said = capsys.readouterr().err.splitlines()
    assert said[:2] == [
        "catalog/watching.py:3: os.stat",
        "catalog/gone.py: is allowed to handle what is gone, and does not",
    ]
    assert said[2].startswith("2 faults. ")
