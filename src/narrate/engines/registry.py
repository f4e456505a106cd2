"""Which engines there are: the entry points of `narrate.engines`, built-ins and others alike."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from narrate.cast import VoiceInfo
from narrate.engines.protocol import GROUP, Engine
from narrate.errors import EngineError
from narrate.nearest import meant


def engine_names() -> tuple[str, ...]:
    """The name of every installed engine, healthy or not, sorted."""
    return tuple(sorted(_entries()))


def load(name: str) -> Engine:
    """A new instance of the engine of that name; its models load when it first speaks.

    Raises EngineError where no engine has the name, or where the package that offers it is broken.
    """
    entries = _entries()
    if name not in entries:
        raise EngineError(f"no engine is named {name!r}", fix=meant(name, sorted(entries)))
    entry = entries[name]
    try:
        engine = entry.load()()
    except EngineError:
        raise
    except Exception as error:  # a third party's import may fail in any way there is
        raise _broken(entry, f"{type(error).__name__}: {error}") from error
    if not isinstance(engine, Engine):
        raise _broken(entry, f"{entry.value} does not make an engine (see docs/write-an-engine.md)")
    return engine


def all_voices(engines: Iterable[str] | None = None) -> tuple[VoiceInfo, ...]:
    """Every voice of the engines that work here (of those named, if any are), by engine and in its order.

    An engine that does not work here adds none; its `health` says why. An unknown name raises EngineError.
    """
    found: list[VoiceInfo] = []
    for name in engine_names() if engines is None else engines:
        if name not in _entries():
            load(name)  # raises, naming the nearest
        try:
            engine = load(name)
            if engine.health().ok:
                found.extend(engine.voices())
            engine.close()
        except EngineError:
            continue  # `narrate doctor` reports it; a broken engine must not hide the others
    return tuple(found)


def _entries() -> dict[str, EntryPoint]:
    """By name; where two packages offer one name, narrate's own stands, so none can be replaced unseen."""
    entries: dict[str, EntryPoint] = {}
    for entry in entry_points(group=GROUP):
        if entry.name not in entries or _package(entry) == "narrate":
            entries[entry.name] = entry
    return entries


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else ""


def _broken(entry: EntryPoint, why: str) -> EngineError:
    package = _package(entry) or entry.value
    one_line = " ".join(why.split())
    return EngineError(
        f"engine {entry.name!r} of package {package!r} cannot be loaded: {one_line}",
        fix=f"mend it with `pip install --force-reinstall {package}`, or uninstall it",
    )
