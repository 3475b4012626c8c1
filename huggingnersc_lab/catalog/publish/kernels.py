"""Chooses the kernel of a loader notebook, by the loader's language, if none was chosen."""

from __future__ import annotations

from contextlib import suppress

from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.languages import is_python, language_of
from huggingnersc_lab.sites import Site

_USUAL = {"r": "ir", "julia": "julia", "bash": "bash"}
"""Usual kernel name for each language."""
_LABELS = {"r": "R", "julia": "Julia", "bash": "Bash", "python": "Python"}


def choose_kernel(
    site: Site, loader: Script | None, wanted: str | None, *, is_distributed: bool
) -> tuple[str, list[FieldError]]:
    """The kernel of a loader notebook, and warnings about it.

    A distributed loader is submitted from Python, whatever language it is written in. The site's default kernel, which
    entries get automatically, does not count as a choice if the loader is in another language.

    Args:
        site: the centre.
        loader: the loader.
        wanted: the kernel named by the record.
        is_distributed: whether the loader runs as a batch job.
    """
    if loader is None or is_distributed:
        return wanted or site.default_kernel, []
    language = "python" if is_python(loader) else language_of(loader)
    if wanted not in (None, site.default_kernel):
        spoken = _kernels().get(str(wanted), language)
        return str(wanted), [] if spoken == language else [_mismatch(str(wanted), spoken, loader, language)]
    if language == "python":
        return site.default_kernel, []
    found = sorted(name for name, spoken in _kernels().items() if spoken == language)
    usual = _USUAL.get(language, site.default_kernel)
    label = _LABELS.get(language, language)
    if not found:
        detail = f"No kernel for {label} is installed: {loader.file_name} gets the usual one, '{usual}'."
        return usual, [FieldError("/kernel_name", "unknown_kernel", detail)]
    chosen = usual if usual in found else found[0]
    if len(found) == 1:
        return chosen, []
    others = ", ".join(name for name in found if name != chosen)
    detail = f"{loader.file_name} gets the kernel '{chosen}'; others for {label} are {others}. Change it if needed."
    return chosen, [FieldError("/kernel_name", "several_kernels", detail)]


def _mismatch(kernel: str, spoken: str, loader: Script, language: str) -> FieldError:
    speaks, written = _LABELS.get(spoken, spoken), _LABELS.get(language, language)
    detail = f"The kernel '{kernel}' runs {speaks}, but {loader.file_name} is {written}."
    return FieldError("/kernel_name", "other_language", detail)


def _kernels() -> dict[str, str]:
    """The language, in lower case, of each kernel installed for this user, by kernel name."""
    from jupyter_client.kernelspec import KernelSpecManager

    with suppress(Exception):  # ignore broken installations
        specs = KernelSpecManager().get_all_specs()
        return {name: str(its["spec"].get("language", "")).lower() for name, its in specs.items()}
    return {}
