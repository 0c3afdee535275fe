"""The import of a large library without what it would load besides and not use here."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import LazyLoader, find_spec, module_from_spec


@contextmanager
def lean(absent: str, later: str) -> Iterator[None]:
    """Import within this as if a library were absent, and another only when it is first used.

    Parameters
    ----------
    absent : a library that is optional to the one that is imported
    later : a module inside a package, named as `from package import module` and used when asked to
    """
    hidden = absent not in sys.modules
    if hidden:
        sys.modules[absent] = None  # type: ignore[assignment]
    _defer(later)
    collected = gc.isenabled()
    gc.disable()  # thousands of objects that all stay: looking for garbage takes a fifth
    try:
        yield
    finally:
        if collected:
            gc.enable()
        if hidden:
            del sys.modules[absent]


def _defer(name: str) -> None:
    """Make a module be loaded when something in it is asked for, unless it is there already."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    package, _, short = name.rpartition(".")
    setattr(sys.modules[package], short, module)  # where it is looked for without being asked
