from __future__ import annotations

import stat
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.sandbox import tokens
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace.slurm_choices import SlurmChoices


async def test_says_who_answers_and_who_one_is(ask: Any, jp_serverapp: Any) -> None:
    session = (await ask("GET", "/session")).data
    assert session["version"] == version("huggingnersc_lab")
    assert session["site"]["practice"] is True
    assert session["account"]["may"] == "publish"
    assert session["hub"]["reachable"] is True
    assert session["hub"]["url"].startswith("http://127.0.0.1:")
    assert session["token"] == {"source": "created by the practice Hub", "kept": False}
    assert session["device_sign_in"] is False


async def test_says_what_can_run_jobs(ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = tmp_path / "commands"
    commands.mkdir()
    monkeypatch.setenv("PATH", str(commands))
    session = (await ask("GET", "/session")).data
    assert (session["executors"], session["login_node"]) == ([{"name": "local", "resources": {}}], False)
    (commands / "sbatch").touch(mode=0o755)
    SlurmChoices().remember("sandbox", {"account": "m1"})
    monkeypatch.setattr(Site, "is_at_login_node", True)
    session = (await ask("GET", "/session")).data
    assert session["executors"][1] == {"name": "slurm", "resources": {"time": "30", "account": "m1"}}
    assert session["login_node"] is True


async def test_signing_in_and_out(ask: Any, tmp_path: Path) -> None:
    await ask("GET", "/session")
    token = tokens(tmp_path / "practice" / "hub")["outsider"]
    session = (await ask("PUT", "/session/token", {"token": f" {token}\n"})).data
    assert session["account"]["may"] == "propose"
    assert session["token"] == {"source": "entered in JupyterLab", "kept": True}
    (kept,) = (tmp_path / "xdg_config_home" / "huggingnersc" / "tokens").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text() == token
    session = (await ask("DELETE", "/session/token")).data
    assert session["account"]["may"] == "publish"
    assert not kept.exists()
    assert (await ask("DELETE", "/session/token")).status == 200


@pytest.mark.parametrize(
    "token", ["", "  ", "hf_secret two", "hf_secret\nX-Evil: 1", "hf_secret\u2603", "hf_secretReal", "x" * 5000]
)
async def test_what_is_no_token_of_this_hub_is_refused(token: str, ask: Any, tmp_path: Path) -> None:
    answer = await ask("PUT", "/session/token", {"token": token})
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_record", ["/token"])
    assert not (tmp_path / "xdg_config_home" / "huggingnersc" / "tokens").exists()


async def test_a_token_that_the_hub_does_not_accept_is_not_kept(ask: Any, tmp_path: Path) -> None:
    answer = await ask("PUT", "/session/token", {"token": "hf_practice_nobodys"})
    assert (answer.status, answer.code) == (403, "forbidden")
    assert not (tmp_path / "xdg_config_home" / "huggingnersc" / "tokens").exists()


async def test_a_variable_of_the_server_goes_first(ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await ask("GET", "/session")
    mine = tokens(tmp_path / "practice" / "hub")
    monkeypatch.setenv("HF_TOKEN", mine["read"])
    answer = await ask("PUT", "/session/token", {"token": mine["write"]})
    assert (answer.status, answer.code) == (409, "conflict")
    session = (await ask("GET", "/session?check=1")).data
    assert session["account"]["role"] == "read"
    assert session["token"] == {"source": "HF_TOKEN", "kept": False}


async def test_offers_no_code_where_the_hub_does_not(ask: Any) -> None:
    answer = await ask("POST", "/session/device")
    assert (answer.status, answer.code) == (404, "not_found")
    assert (await ask("GET", f"/session/device/{'0' * 32}")).code == "not_found"


async def test_the_query_is_checked(ask: Any) -> None:
    answer = await ask("GET", "/session?check=yes")
    assert (answer.code, answer.pointers) == ("invalid_record", ["/check"])


class TestHubDown:
    @pytest.fixture
    def jp_server_config(self) -> dict[str, Any]:
        traits = {"site": "sandbox", "hub_url": "http://127.0.0.1:9"}
        return {"ServerApp": {"jpserver_extensions": {"huggingnersc_lab": True}}, "HuggingNERSC": traits}

    async def test_is_told_and_stops_nothing_else(
        self, ask: Any, monkeypatch: pytest.MonkeyPatch, content: dict[str, Any], settled: Any
    ) -> None:
        monkeypatch.setenv("HF_TOKEN", "hf_secretOfThisTest")
        monkeypatch.setenv("HUGGINGNERSC_HUB_TIMEOUT", "1")
        session = (await ask("GET", "/session")).data
        assert session["hub"]["reachable"] is False
        assert "no connection" in session["hub"]["detail"]
        assert session["account"] is None
        assert session["token"]["source"] == "HF_TOKEN"
        assert (await ask("GET", "/datasets")).status == 200
        draft = (await ask("POST", "/drafts", content)).data
        assert (await ask("POST", f"/drafts/{draft['id']}/preview", {})).status == 200
        job = await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})
        ended = await settled(job.data)
        assert (ended["state"], ended["error"]["code"], ended["kept"]) == ("failed", "upstream", True)
        undone = await settled((await ask("POST", "/jobs", {"kind": "undo", "name": "iris"})).data)
        assert undone["state"] in ("succeeded", "failed")

    async def test_signing_in_says_so(self, ask: Any) -> None:
        answer = await ask("PUT", "/session/token", {"token": "hf_secretOfThisTest"})
        assert (answer.status, answer.code) == (502, "upstream")
