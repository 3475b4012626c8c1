"""Run huggingface_hub's own tests against the practice Hub, models being mapped to datasets.

    git clone --branch v1.28.0 https://github.com/huggingface/huggingface_hub /tmp/huggingface_hub
    python -m venv /tmp/suite && /tmp/suite/bin/pip install '/tmp/huggingface_hub[testing]'
    python tests/sandbox/run_client_suite.py /tmp/huggingface_hub --python /tmp/suite/bin/python

Prints, for each file, how many of the tests that asked the practice Hub anything passed and failed. Tests that need
huggingface.co itself are left out. Of the failed ones those are counted apart in which the practice Hub answered 501
("I do not speak this"): Spaces, webhooks, inference and the like.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from huggingnersc_lab.sandbox import PracticeHub
from tests.sandbox.client_suite.proxy import Control, Proxy, Stories, Story

_MAX_BODY = 1 << 30
_FILES = (
    "test_commit_api.py",
    "test_commit_scheduler.py",
    "test_copy_files.py",
    "test_cli_discussions.py",
    "test_cli.py",
    "test_eval_results.py",
    "test_file_download.py",
    "test_hf_api.py",
    "test_hf_file_system.py",
    "test_hub_mixin.py",
    "test_lfs.py",
    "test_repocard.py",
    "test_snapshot_download.py",
    "test_upload_large_folder.py",
    "test_upload_pipeline.py",
    "test_utils_cache.py",
    "test_utils_errors.py",
    "test_utils_http.py",
    "test_utils_pagination.py",
    "test_xet_download.py",
    "test_xet_upload.py",
)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, help="a checkout of huggingface_hub")
    parser.add_argument("--python", default=sys.executable, help="a Python that has what its tests import")
    parser.add_argument("--files", nargs="+", default=_FILES, help="names of test files")
    parser.add_argument("--failed", action="store_true", help="list the tests that failed, too")
    parser.add_argument("--log", type=Path, default=Path(os.devnull), help="file for the output of pytest")
    parser.add_argument(
        "--no-xet", action="store_true", help="send large files by LFS, as a client without hf_xet does"
    )
    parser.add_argument("-k", dest="keyword", default="", help="as for pytest")
    arguments = parser.parse_args()
    stories = Stories()
    with tempfile.TemporaryDirectory() as folder, PracticeHub(Path(folder) / "hub") as hub:
        address = _start_proxy(hub.url, stories)
        _run(arguments, address, hub, Path(folder))
    return _report(stories, names=arguments.failed)


def _start_proxy(hub: str, stories: Stories) -> str:
    """Starts it in a thread that ends with this process; returns its address."""
    (listener,) = bind_sockets(0, "127.0.0.1")
    routes = [
        (r"/suite/(begin|outcome)", Control, {"stories": stories}),
        (r".*", Proxy, {"hub": hub, "stories": stories}),
    ]

    async def serve() -> None:
        application = Application(routes, log_function=lambda _: None)
        HTTPServer(application, max_body_size=_MAX_BODY, max_buffer_size=_MAX_BODY).add_socket(listener)
        await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def _run(arguments: argparse.Namespace, address: str, hub: PracticeHub, folder: Path) -> None:
    checkout = arguments.checkout.resolve()
    constants = {
        "USER": "practice-admin",
        "FULL_NAME": "Practice Admin",
        "TOKEN": hub.tokens["admin"],
        "OTHER_USER": "practice-outsider",
        "OTHER_TOKEN": hub.tokens["outsider"],
        "ENDPOINT_STAGING": address,
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING"))}
    environment |= {
        "CLIENT_SUITE_HUB": address,
        "CLIENT_SUITE_CONSTANTS": json.dumps(constants),
        "HF_ENDPOINT": address,
        "HF_HOME": str(folder / "home"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "NO_PROXY": "127.0.0.1",
        "HF_HUB_DISABLE_XET": str(int(arguments.no_xet)),
        "PYTHONPATH": os.pathsep.join(
            [str(Path(__file__).parent / "client_suite"), str(checkout / "src"), str(checkout)]
        ),
    }
    files = [f"tests/{name}" for name in arguments.files if (checkout / "tests" / name).exists()]
    command = [arguments.python, "-m", "pytest", "-p", "plugin", "-q", "-p", "no:cacheprovider", "--timeout=120"]
    command += ["-o", "addopts=", "-m", "not production", "-k", arguments.keyword, *files]
    with arguments.log.open("wb") as log:
        subprocess.run(command, cwd=checkout, env=environment, stdout=log, stderr=log, check=False)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _report(stories: Stories, *, names: bool) -> int:
    asked: dict[str, list[tuple[str, Story]]] = defaultdict(list)
    for test, story in stories.by_test.items():
        if story.requests and story.outcome != "skipped":
            asked[test.partition("::")[0].removeprefix("tests/")].append((test, story))
    _say(f"{'file':30} {'passed':>6} {'failed':>6} {'501':>4}")
    total = [0, 0, 0]
    for file, tests in sorted(asked.items()):
        failed = [(test, story) for test, story in tests if story.outcome == "failed"]
        honest = sum(bool(story.refused) for _, story in failed)
        row = [len(tests) - len(failed), len(failed) - honest, honest]
        total = [before + more for before, more in zip(total, row, strict=True)]
        _say(f"{file:30} {row[0]:6} {row[1]:6} {row[2]:4}")
        for test, story in failed if names else ():
            _say(f"    {test.partition('::')[2]} {' '.join(sorted(set(story.refused)))}")
    _say(f"{'all':30} {total[0]:6} {total[1]:6} {total[2]:4}")
    return 1 if total[1] else 0


if __name__ == "__main__":
    raise SystemExit(main())
