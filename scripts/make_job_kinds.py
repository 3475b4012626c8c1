"""Write src/components/jobs/kinds/index.ts, the list of the kinds of jobs with words of their own, from its folder.

``--check`` only compares.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src" / "components" / "jobs" / "kinds"
TARGET = FOLDER / "index.ts"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when the file is out of date")
    check = parser.parse_args().check
    text = listing(sorted(path.stem for path in FOLDER.glob("*.tsx")))
    if not check:
        TARGET.write_text(text)
    elif not TARGET.is_file() or TARGET.read_text() != text:
        print(f"Out of date: {TARGET.relative_to(ROOT)}. Run `make codegen`.")
        return 1
    return 0


def listing(names: list[str]) -> str:
    """The module that lists these kinds."""
    imports = "\n".join(f"import {{ kind as {name} }} from './{name}';" for name in names)
    pairs = ",\n".join(f"  ['{name}', {name}]" for name in names)
    return f"""\
// Written by scripts/make_job_kinds.py from the files beside it.
import type {{ IJobKind }} from '../kind';
{imports}

export const KINDS: ReadonlyMap<string, IJobKind> = new Map([
{pairs}
]);
"""


if __name__ == "__main__":
    sys.exit(main())
