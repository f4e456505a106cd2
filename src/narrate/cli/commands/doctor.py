"""`narrate doctor`: what is installed, what works, and how to mend what does not."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import typer

from narrate import __version__
from narrate.cli.show import out, table


def doctor() -> None:
    """Say which engines work here, with a one-line fix for each that does not."""
    from narrate.engines import engine_names, load
    from narrate.errors import EngineError
    from narrate.rendering.shelf import Shelf

    out.print(
        f"narrate {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    out.print(
        ", ".join(f"{name} {_version(name)}" for name in ("av", "onnxruntime", "numpy", "pydub", "soxr"))
    )
    out.print(f"takes are kept in {Shelf.default().folder}", markup=False)
    rows = []
    broken = False
    for name in engine_names():
        try:
            engine = load(name)
            health = engine.health()
            listed = engine.voices() if health.ok else ()
            voices = str(len(listed)) if health.ok else ""
            ok, detail, fix = health.ok, health.detail, health.fix
            spoken = len({info.language.split("-")[0] for info in listed})
            if spoken > 1:  # foreign lines go to a voice of their language
                detail += f", {spoken} languages"
        except EngineError as error:
            ok, voices, detail, fix = False, "", error.what, error.fix
        broken = broken or (not ok and name in ("kokoro", "hibari"))
        rows.append((name, "works" if ok else "does not work", voices, detail, fix))
    table("", "engine", "", "voices", "what", "to mend it", rows=rows, numbers=frozenset({"voices"}))
    if broken:
        raise typer.Exit(EngineError.exit_code)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
