"""Who works on an unfinished publication, as a link says that anybody may have made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.store import owner as module
from huggingnersc_lab.store.owner import CLOCK_SECONDS, REMOTE_OWNER_SECONDS, Owner, account_of, user_name

GOOD: dict[str, Any] = {"host": "node1", "space": "pid:[1]", "pid": 7, "started": "1", "user": "ada"}


def here(**members: Any) -> Owner:
    """This process, or one that differs in some members."""
    return Owner(**{**vars(Owner.this()), **members})


def test_what_is_written_is_read(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    here().write("owner-1", folder)
    assert Owner.parse(str((tmp_path / "owner-1").readlink())) == here()
    with pytest.raises(FileExistsError):
        here().write("owner-1", folder)
    os.close(folder)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{",
        "[]",
        "null",
        "[" * 4000,
        '{"a":' * 800,
        json.dumps(GOOD) + " " * 5000,
        json.dumps({**GOOD, "more": 1}),
        json.dumps({key: GOOD[key] for key in list(GOOD)[1:]}),
        *(json.dumps({**GOOD, "pid": pid}) for pid in (0, -1, True, 1.0, "1", 2**31, 10**300)),
        *(json.dumps({**GOOD, key: None}) for key in ("host", "space", "started", "user")),
    ],
)
def test_what_says_no_owner(text: str | None) -> None:
    assert Owner.parse(text) is None


@given(
    st.text(max_size=200) | st.dictionaries(st.sampled_from([*GOOD, "more"]), st.integers() | st.text()).map(json.dumps)
)
def test_any_link_says_an_owner_or_none(text: str) -> None:
    found = Owner.parse(text)
    if found is not None:
        assert str(found).isprintable()
        assert len(str(found)) < 250
        assert isinstance(found.works(0.0, os.getuid()), bool)


def test_what_others_call_themselves_drives_no_terminal() -> None:
    shown = str(Owner("\x1b[2Jhost", "", 1, "1", "ro\not\ud800" + "x" * 5000))
    assert shown.isprintable()
    assert shown.startswith("ro?ot?xxx")
    assert len(shown) < 250


def test_a_process_that_has_another_start_is_another_process() -> None:
    assert here().works(0, os.geteuid())
    assert not here(started="0").works(0, os.geteuid())
    assert not here(pid=2**22 + 1).works(0, os.geteuid())


def test_a_living_process_of_somebody_else_does_not_work_for_the_owner() -> None:
    """Whoever makes a staging may name any process, such as the first one of the machine."""
    assert not here().works(0, os.geteuid() + 1)
    from huggingnersc_lab.processes import started_at

    first = here(pid=1, started=started_at(1))
    assert not first.works(0, 64_001)


def test_on_another_machine_only_silence_tells() -> None:
    away = here(host="elsewhere")
    assert away.works(0, 1)
    assert away.works(REMOTE_OWNER_SECONDS - 1, 1)
    assert not away.works(REMOTE_OWNER_SECONDS, 1)
    assert away.works(-CLOCK_SECONDS + 1, 1)
    assert not away.works(-CLOCK_SECONDS - 1, 1)  # a journal from the future tells nothing


def test_a_system_that_does_not_tell_whose_a_process_is_believes_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_uid_of", lambda pid: None)
    assert here().works(0, os.geteuid() + 1)


def test_a_process_that_has_ended_does_not_work() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        from huggingnersc_lab.processes import started_at

        other = here(pid=process.pid, started=started_at(process.pid))
        assert other.works(0, os.geteuid())
    assert not other.works(0, os.geteuid())


def test_accounts_have_names_or_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert account_of(0) == "root"
    assert account_of(4_000_000_000) == "4000000000"

    def nobody() -> Any:
        raise KeyError

    monkeypatch.setattr(module.getpass, "getuser", nobody)
    assert user_name() == str(os.getuid())
