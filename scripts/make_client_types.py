"""Write src/api/schema.d.ts, the TypeScript types of the REST interface, from its OpenAPI document.

``--check`` only compares.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "huggingnersc_lab" / "rest" / "openapi.yaml"
TARGET = ROOT / "src" / "api" / "schema.d.ts"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when the file is out of date")
    check = parser.parse_args().check
    types = client_types()
    if not check:
        TARGET.write_text(types)
    elif not TARGET.is_file() or TARGET.read_text() != types:
        print(f"Out of date: {TARGET.relative_to(ROOT)}. Run `make codegen`.")
        return 1
    return 0


def client_types() -> str:
    generated = run("openapi-typescript", str(SOURCE.relative_to(ROOT)))
    return run("prettier", "--stdin-filepath", str(TARGET.relative_to(ROOT)), given=generated)


def run(tool: str, *arguments: str, given: str | None = None) -> str:
    command = [str(ROOT / "node_modules" / ".bin" / tool), *arguments]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    sys.exit(main())
