"""Inspects a data path: what is there, of which formats, and what the files say of themselves. Read-only."""

from huggingnersc_lab.inspection.description import Array, Column, Description
from huggingnersc_lab.inspection.inspect import OnProgress, Progress, inspect
from huggingnersc_lab.inspection.inspection import Described, FormatTally, Inspection
from huggingnersc_lab.inspection.problem import Problem

__all__ = [
    "Array",
    "Column",
    "Described",
    "Description",
    "FormatTally",
    "Inspection",
    "OnProgress",
    "Problem",
    "Progress",
    "inspect",
]
