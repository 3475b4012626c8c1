from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace import placement
from tests.channel_example import installed
from tests.cli.conftest import IRIS, Run


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


@pytest.fixture
def site(tmp_path: Path, web: Path) -> Iterator[str]:
    """A site with the example channel."""
    file = tmp_path / "site.toml"
    file.write_text(
        'name = "sandbox"\ntitle = "the practice site"\norganization = "NERSC"\nhub_url = "practice"\n'
        f'catalog_root = "{{practice}}/catalog"\n'
        f'[channels.mirror]\nfolder = "{web}"\nurl = "https://data.example.org"\n'
    )
    with installed(tmp_path / "lib"):
        yield str(file)


@pytest.fixture
def entry(run: Run, folder: Path, site: str) -> None:
    done = run("--site", site, "catalog-new-dataset", *IRIS, "--data-path", str(folder))
    assert done.code == 0, done.err


def test_an_overview_shows_what_can_be_done(run: Run, entry: None, site: str) -> None:
    shown = run("--site", site, "share", "iris")
    assert shown.code == 0, shown.err
    assert "Web server" in shown.out
    assert "not shared" in shown.out
    assert "huggingnersc mirror copy iris" in shown.out
    assert "withdraw" not in shown.out
    (share,) = run("--site", site, "--json", "share", "iris").json["shares"]
    assert (share["channel"], share["state"], [action["name"] for action in share["actions"]]) == (
        "mirror",
        "none",
        ["copy"],
    )


def test_a_dataset_is_shared_and_withdrawn(run: Run, entry: None, site: str, web: Path) -> None:
    done = run("--site", site, "mirror", "copy", "iris", "--yes")
    assert done.code == 0, done.err
    assert "https://data.example.org/iris/" in done.out
    assert (web / "iris" / "load_iris.py").is_file()
    assert "shared" in run("--site", site, "share", "iris").out
    again = run("--site", site, "--json", "mirror", "copy", "iris", "--yes")
    assert (again.code, again.problem["code"]) == (5, "conflict")
    assert run("--site", site, "mirror", "copy", "iris", "--yes", "--replace").code == 0
    gone = run("--site", site, "--json", "mirror", "withdraw", "iris", "--yes")
    assert (gone.code, gone.json["text"]) == (0, "The copy was removed.")
    assert list(web.iterdir()) == []


def test_nothing_is_sent_where_nobody_can_be_asked(run: Run, entry: None, site: str, web: Path) -> None:
    refused = run("--site", site, "mirror", "copy", "iris")
    assert refused.code == 5
    assert "add --yes to agree" in refused.plain
    assert list(web.iterdir()) == []


def test_a_job_does_it_when_the_terminal_is_closed(run: Run, entry: None, site: str) -> None:
    begun = run("--site", site, "--json", "mirror", "copy", "iris", "--yes", "--detach")
    assert begun.code == 0, begun.err
    assert (begun.json["kind"], begun.json["channel"], begun.json["action"]) == ("share", "mirror", "copy")


def test_help_is_made_of_what_the_action_declares(run: Run, site: str) -> None:
    shown = " ".join(run("mirror", "copy", "--help").out.split())
    assert "Copy the data into the web server's folder." in shown
    assert "--replace" in shown
    assert "Replace a copy that is there." in shown
    assert "copy" in run("mirror", "--help").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("mirror", "fly", "iris"), 2), (("pigeon", "copy", "iris"), 2), (("mirror", "copy", "nobody", "--yes"), 4)],
)
def test_what_there_is_not_is_refused(arguments: tuple[str, ...], code: int, run: Run, entry: None, site: str) -> None:
    assert run("--site", site, *arguments).code == code


def test_a_site_without_channels_says_so(run: Run, entry: None, tmp_path: Path, site: str) -> None:
    bare = tmp_path / "bare.toml"
    bare.write_text(Path(site).read_text().split("[channels")[0])
    assert "offers no channels" in run("--site", str(bare), "share", "iris").out
    refused = run("--site", str(bare), "--json", "mirror", "copy", "iris", "--yes")
    assert (refused.code, refused.problem["errors"][0]["pointer"]) == (3, "/channel")


def test_a_heavy_action_does_not_run_on_a_login_node(
    run: Run, entry: None, site: str, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Site, "is_at_login_node", True)
    monkeypatch.setattr(placement, "is_installed", lambda: True)
    refused = run("--site", site, "--json", "mirror", "copy", "iris", "--yes")
    assert refused.problem["code"] == "heavy_on_login_node"
    assert "--detach --executor slurm" in refused.problem["detail"]
    assert list(web.iterdir()) == []


def test_a_light_action_runs_on_a_login_node(
    run: Run, entry: None, site: str, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--site", site, "mirror", "copy", "iris", "--yes").code == 0
    monkeypatch.setattr(Site, "is_at_login_node", True)
    assert run("--site", site, "mirror", "withdraw", "iris", "--yes").code == 0
    assert list(web.iterdir()) == []


def test_slurm_runs_an_action(
    run: Run, entry: None, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "sbatch").write_text("#!/bin/sh\necho 4711\n")
    (commands / "sbatch").chmod(0o755)
    monkeypatch.setenv("PATH", str(commands))
    begun = run("--site", site, "--json", "mirror", "copy", "iris", "--yes", "--resource", "time=00:10:00")
    assert begun.code == 0, begun.err
    assert (begun.json["kind"], begun.json["executor"], begun.json["scheduler_id"]) == ("share", "slurm", "4711")
