"""Digests of a dataset's files: every digest asked for from one read of the data.

:func:`digest_tree` brings a :class:`Manifest` up to date; :func:`verify` compares the data with it;
:mod:`huggingnersc_lab.checksums.parts` splits the work among machines.
"""

from huggingnersc_lab.checksums.algorithms import ALGORITHMS, RANGE_BYTES
from huggingnersc_lab.checksums.fingerprint import content_fingerprint, state_fingerprint
from huggingnersc_lab.checksums.manifest.line import Entry
from huggingnersc_lab.checksums.manifest.manifest import Manifest, Summary
from huggingnersc_lab.checksums.parts import Part, digest_part, merge_parts, part_manifests, plan_parts, remove_parts
from huggingnersc_lab.checksums.problem import Problem
from huggingnersc_lab.checksums.tree import Outcome, Progress, digest_tree
from huggingnersc_lab.checksums.verify import Verified, verify
from huggingnersc_lab.checksums.walk import File, walk

__all__ = [
    "ALGORITHMS",
    "RANGE_BYTES",
    "Entry",
    "File",
    "Manifest",
    "Outcome",
    "Part",
    "Problem",
    "Progress",
    "Summary",
    "Verified",
    "content_fingerprint",
    "digest_part",
    "digest_tree",
    "merge_parts",
    "part_manifests",
    "plan_parts",
    "remove_parts",
    "state_fingerprint",
    "verify",
    "walk",
]
