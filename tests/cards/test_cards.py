"""Laying out cards in processes of their own: whatever the text is, the answer comes in time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab import cards
from huggingnersc_lab.cards import CardRenderer, process, show_card
from huggingnersc_lab.render.html.allow_list import MAX_DEPTH, MAX_ELEMENTS
from huggingnersc_lab.render.html.safe_html import NOTHING, SafeHtml

HEAVY: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "render" / "html" / "heavy_cards.json").read_text()
)
SECONDS = 1.0
PATIENCE = 30
ENDLESS = "> " * 30 + "a\n" + "b\n" * 40_000


@pytest.fixture
def renderer() -> Iterator[CardRenderer]:
    made = CardRenderer(seconds=SECONDS)
    yield made
    made.close()


def pid_of(renderer: CardRenderer) -> int:
    (idle,) = renderer._idle
    return idle._process.pid


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until(condition: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_texts_are_laid_out_in_their_order_by_one_process_that_stays(renderer: CardRenderer) -> None:
    texts = ["*a*", "", "line\nbreak", "ä\U0001f600\u2028\u00a0z", '"\\', "half \ud800", "b" * 70_000]
    shown = renderer.render(texts)
    assert [found.html for found in shown] == [
        "<p><em>a</em></p>\n",
        "",
        "<p>line\nbreak</p>\n",
        "<p>ä\U0001f600\u2028\u00a0z</p>\n",
        '<p>"\\</p>\n',
        "<p>half ?</p>\n",
        f"<p>{'b' * 70_000}</p>\n",
    ]
    assert not any(found.is_cut for found in shown)
    pid = pid_of(renderer)
    renderer.render(["a"])
    assert pid_of(renderer) == pid
    assert renderer.render([]) == []


@pytest.mark.parametrize("payload", HEAVY, ids=lambda payload: payload["id"])
def test_a_heavy_card_is_answered_in_time(payload: dict[str, Any], renderer: CardRenderer) -> None:
    renderer.render(["a"])
    text = payload.get("before", "") + payload["repeat"] * payload["times"] + payload.get("after", "")
    start = time.monotonic()
    (shown,) = renderer.render([text])
    assert time.monotonic() - start < SECONDS + 3  # a busy machine takes its time to end a process
    assert shown.html.count("<") <= 2 * MAX_ELEMENTS
    depth = deepest = 0
    for end in (part.startswith("/") for part in shown.html.replace("<br>", "").replace("<hr>", "").split("<")[1:]):
        depth += -1 if end else 1
        deepest = max(deepest, depth)
    assert deepest <= MAX_DEPTH
    assert renderer.render(["*a*"]) == [SafeHtml("<p><em>a</em></p>\n")]


def test_what_takes_too_long_leaves_no_time_for_what_comes_after_it(renderer: CardRenderer) -> None:
    assert renderer.render(["a", ENDLESS, "b"]) == [SafeHtml("<p>a</p>\n"), NOTHING, NOTHING]
    assert renderer.render(["b"]) == [SafeHtml("<p>b</p>\n")]


def test_a_process_that_has_ended_is_replaced(renderer: CardRenderer) -> None:
    renderer.render(["a"])
    pid = pid_of(renderer)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: is_gone(pid))
    assert renderer.render(["a"]) == [SafeHtml("<p>a</p>\n")]
    assert pid_of(renderer) != pid


def test_a_process_that_ends_over_a_text_takes_the_text_along(renderer: CardRenderer) -> None:
    renderer.render(["a"])
    pid = pid_of(renderer)
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    assert renderer.render([ENDLESS]) == [NOTHING]
    assert is_gone(pid)


def test_a_text_that_needs_too_much_memory_ends_its_process_alone(
    renderer: CardRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    *start, code = process.command()
    small = code.replace("main()", "main.__globals__.update(MEMORY_BYTES=60 << 20); main()")
    monkeypatch.setattr(process, "command", lambda: [*start, small])
    monkeypatch.setattr(renderer, "_seconds", PATIENCE)
    assert renderer.render(["a"]) == [SafeHtml("<p>a</p>\n")]
    table = f"{'|a' * 8000}\n{'|-' * 8000}\n" + "a\n" * 20_000
    assert renderer.render([table]) == [NOTHING]
    assert renderer.render(["a"]) == [SafeHtml("<p>a</p>\n")]


def test_no_process_can_be_started(renderer: CardRenderer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "command", lambda: ["/nowhere/python"])
    assert renderer.render(["a", "b"]) == [NOTHING, NOTHING]
    monkeypatch.setattr(process, "command", lambda: [sys.executable, "-c", "print('no')"])
    assert renderer.render(["a"]) == [NOTHING]


def test_many_at_once_wait_for_each_other_and_no_longer_than_they_may(renderer: CardRenderer) -> None:
    found: list[SafeHtml] = []
    threads = [threading.Thread(target=lambda: found.extend(renderer.render([ENDLESS]))) for _ in range(8)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert found == [NOTHING] * 8
    assert time.monotonic() - start < 3 * SECONDS + PATIENCE / 3
    assert renderer.render(["a"]) == [SafeHtml("<p>a</p>\n")]


def test_the_process_knows_no_token_and_ends_with_the_server(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from huggingnersc_lab import cards\n"
        "print([name for name in ('markdown_it', 'nh3', 'ruamel', 'asyncio') if name in sys.modules])\n"
        "cards.show_card('a')\n"
        "print(cards.renderer()._idle[0]._process.pid, flush=True)\n"
        "sys.stdin.read()\n"
        "os._exit(0)\n"
    )
    env = {**os.environ, "HF_TOKEN": "hf_secret", "PYTHONPATH": os.pathsep.join(sys.path)}
    server = subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, env=env, text=True)
    assert server.stdout is not None
    imported, pid = server.stdout.readline(), int(server.stdout.readline())
    assert imported == "[]\n"
    assert b"hf_secret" not in Path(f"/proc/{pid}/environ").read_bytes()
    server.communicate("")
    wait_until(lambda: is_gone(pid))


def test_a_card_is_shown_without_its_front_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "show", lambda texts: [SafeHtml(text) for text in texts])
    assert show_card("\ufeff---\r\nlicense: mit\r\n---\r\n\r\n# Iris\r\n").html == "# Iris\n"
    assert show_card("# Iris\n---\nx\n---\n").html == "# Iris\n---\nx\n---\n"
