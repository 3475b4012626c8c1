from __future__ import annotations

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from huggingnersc_lab.workspace.tasks import kinds

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_job_kinds.py"


@pytest.fixture
def script() -> ModuleType:
    spec = spec_from_file_location("make_job_kinds", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_is_that_of_the_files() -> None:
    subprocess.run([sys.executable, str(SCRIPT), "--check"], check=True)


def test_every_kind_of_the_package_has_words_of_its_own(script: ModuleType) -> None:
    assert {path.stem for path in script.FOLDER.glob("*.tsx")} == {kind.name for kind in kinds()}


def test_a_file_is_all_that_a_kind_needs(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("FOLDER", "ROOT"):
        monkeypatch.setattr(script, name, tmp_path)
    monkeypatch.setattr(script, "TARGET", tmp_path / "index.ts")
    monkeypatch.setattr(sys, "argv", ["make_job_kinds.py"])
    (tmp_path / "toy.tsx").touch()
    assert script.main() == 0
    written = (tmp_path / "index.ts").read_text()
    assert "import { kind as toy } from './toy';" in written
    assert "['toy', toy]" in written
    (tmp_path / "play.tsx").touch()
    monkeypatch.setattr(sys, "argv", ["make_job_kinds.py", "--check"])
    assert script.main() == 1
    assert "Out of date: index.ts" in capsys.readouterr().out
