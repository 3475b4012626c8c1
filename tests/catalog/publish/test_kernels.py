"""Which kernel a loader notebook gets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.publish.kernels import choose_kernel
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.sites import load_site

SITE = load_site("nersc", environ={})
PYTHON, R, JULIA, BASH = (Script(f"load.{suffix}", "x\n") for suffix in ("py", "R", "jl", "sh"))

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install kernels, by name with their languages; what else is installed is not seen."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    def write(**kernels: str) -> None:
        for name, language in kernels.items():
            folder = tmp_path / "kernels" / name
            folder.mkdir(parents=True)
            spec = {"argv": ["x"], "display_name": name, "language": language}
            (folder / "kernel.json").write_text(json.dumps(spec))

    monkeypatch.setattr(
        "jupyter_client.kernelspec.KernelSpecManager._kernel_dirs_default", lambda _: [str(tmp_path / "kernels")]
    )
    return write


def chosen(loader: Script | None, wanted: str | None = None, *, is_distributed: bool = False) -> tuple[str, list[str]]:
    name, findings = choose_kernel(SITE, loader, wanted, is_distributed=is_distributed)
    assert {its.pointer for its in findings} <= {"/kernel_name"}
    return name, [its.code for its in findings]


def test_the_kernel_speaks_the_loaders_language(install: Install) -> None:
    install(ir="R", julia_1_10="julia", python3="python")
    assert chosen(R) == ("ir", [])
    assert chosen(R, "python3") == ("ir", [])  # what every entry gets is no choice
    assert chosen(JULIA) == ("julia_1_10", [])
    assert chosen(PYTHON) == ("python3", [])
    assert chosen(None) == ("python3", [])
    assert chosen(R, is_distributed=True) == ("python3", [])


def test_one_of_several_is_named_and_the_usual_one_is_preferred(install: Install) -> None:
    install(ir="R", a_newer_r="R", b_bash="bash", a_bash="bash")
    assert chosen(R) == ("ir", ["several_kernels"])
    assert chosen(BASH) == ("a_bash", ["several_kernels"])


def test_without_one_it_gets_the_usual_one_and_a_warning(install: Install) -> None:
    install(python3="python")
    assert chosen(R) == ("ir", ["unknown_kernel"])
    assert chosen(JULIA) == ("julia", ["unknown_kernel"])


def test_a_kernel_that_was_chosen_stays_and_a_wrong_one_is_told(install: Install) -> None:
    install(ir="R", science="python")
    assert chosen(PYTHON, "science") == ("science", [])
    assert chosen(R, "elsewhere") == ("elsewhere", [])
    assert chosen(R, "science") == ("science", ["other_language"])
    assert chosen(PYTHON, "ir") == ("ir", ["other_language"])
