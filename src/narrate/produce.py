"""The whole pipeline, in the order it runs. Nothing flows backwards.

book   = read(story)                 reading/
script = deliver(attribute(book))    attribution/, delivery/, a model's second opinion from asking/ if the
                                     user asks for one, and the user's corrections from userfiles/
cast   = fill_cast(script, chosen)   casting/, with the user's choices from userfiles/
cues   = plan(script, cast)          rendering/, with the text made speakable by speaking/
report = render(cues, shelf)         rendering/, engines/: the only slow step
master = stitch(script, cues)        mastering/
files  = publish(master, outputs)    publishing/
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from narrate import __version__, receipts, records, timelines
from narrate.asking import Change, Endpoint, endpoint_of, second_opinion
from narrate.attribution import VERSION as ATTRIBUTION
from narrate.attribution import attribute
from narrate.book import Book
from narrate.cast import NARRATORS_VOICE, Cast, Role, Voice
from narrate.casting import fill_cast, recast
from narrate.checking import sidecar
from narrate.credits import CREDITS, with_credits
from narrate.delivery import ENGINES as STRESSING
from narrate.delivery import VERSION as DELIVERY
from narrate.delivery import deliver, emphasised, manner_of, marked, strength_of, stressed, table
from narrate.engines import all_voices, engine_names, load
from narrate.errors import EngineError, OutputError, UserFileError
from narrate.foreign import Natives, foreign_lines, natives, reader, unread
from narrate.manner import Manner
from narrate.mastering import Master, Pacing, Profile, load_surveys, profile, save_surveys, stitch
from narrate.nearest import near
from narrate.publishing import CAPTIONS, Metadata, publish, publisher
from narrate.publishing.cover import load_cover
from narrate.reading import read
from narrate.rendering.cue import Cue
from narrate.rendering.executors import LocalPool
from narrate.rendering.memo import Memo
from narrate.rendering.plan import KEY_FORMAT, plan
from narrate.rendering.render import Progress, RenderReport, render
from narrate.rendering.shelf import Shelf, TakeDamaged
from narrate.script import NARRATOR, Line, Script
from narrate.speaking import VERSION as SPEAKING
from narrate.speaking import check as check_pronunciations
from narrate.speaking import speakable
from narrate.userfiles import (
    CastFile,
    amend,
    check_voices,
    clashes,
    idle_aliases,
    keep_cast,
    keep_script,
    read_cast,
    route,
    strangers,
)

NARRATOR_ENGINE, ENGINE = "hibari", "kokoro"
"""Who speaks where the user has no wish: the narrator is most of a book, and hibari is fifty times faster."""


ROUNDS = 3
"""How often a book is begun anew because a take was found damaged. More often than that, the disk is bad."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    story: Path
    outputs: tuple[str, ...] = ()  # as typed, a folder with its slash; none: as the cast file says
    engine: str = ""  # speak everything with this one for once; "": as cast
    cast_file: Path | None = None  # None: beside the story
    script_file: Path | None = None  # None: beside the story
    cover: Path | None = None  # None: one is drawn
    title: str = ""  # "": the story's
    author: str = ""  # "": the story's
    profile: str = ""  # levels: audiobook, podcast, acx, none; "": the cast file's, else audiobook
    workers: int = 0  # 0: one a processor
    ask: str = ""  # the model to ask about doubtful lines; "": none
    ask_url: str = ""  # where it answers; "": as the environment says, else on this machine
    looks: bool = False  # only looks at the story: the script file, with what a model said, stays as it is

    def beside(self, suffix: str) -> Path:
        return self.story.parent / f"{self.story.stem}.{suffix}"  # `.` has no name to change


class Watch(Protocol):
    """What wants to hear how a long run goes on."""

    def stage(self, name: str) -> None:
        """A stage begins."""

    def rendered(self, progress: Progress) -> None:
        """Rendering has got on."""

    def fraction(self, done: int, total: int) -> None:
        """The present stage has done so much of its work."""


class Unwatched:
    """Nobody is looking."""

    def stage(self, name: str) -> None: ...
    def rendered(self, progress: Progress) -> None: ...
    def fraction(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """All that is decided before a word is spoken."""

    book: Book
    script: Script
    cast: Cast
    choices: CastFile  # what the user's cast file says
    script_file: Path
    notes: tuple[str, ...]  # what the user should know, a line each
    changes: tuple[Change, ...] = ()  # what the model that was asked changed
    foreign: Mapping[str, str] = field(default_factory=dict)  # a line's words -> their other language
    native: Natives = field(default_factory=dict)  # who reads it for whom

    def shares(self) -> dict[str, tuple[int, int]]:
        """How many lines and words each speaker has."""
        shares: dict[str, tuple[int, int]] = {}
        for line in self.script.lines:
            if line.speaker:
                lines, words = shares.get(line.speaker, (0, 0))
                shares[line.speaker] = (lines + 1, words + len(line.text.split()))
        return shares


@dataclass(frozen=True, slots=True)
class Produced:
    """What a run made."""

    settled: Settled
    files: tuple[Path, ...]
    master: Master
    cues: tuple[Cue, ...]
    report: RenderReport


def produce(order: Order, watch: Watch) -> Produced:
    """A story in, an audiobook out. Raises NarrateError; what was finished is kept for the next run."""
    for output in order.outputs:
        publisher(output)  # a wrong suffix is said before hours of work
    if order.profile:
        profile(order.profile)  # and a wrong name
    cover = load_cover(order.cover) if order.cover else b""
    watch.stage("reading")
    settled = staged(settle(order, watch), order)
    outputs = _outputs(order, settled.choices)
    settled = replace(settled, notes=settled.notes + _replaced(outputs, order))
    return perform(settled, outputs, order, cover, watch)


def _replaced(outputs: tuple[str, ...], order: Order) -> tuple[str, ...]:
    """A line for each finished book whose place a draft takes."""
    notes = []
    for output in outputs if order.engine else ():
        others = timelines.engines_of(Path(output)) - {order.engine}
        if others:
            voices = " and ".join(sorted(others))
            again = "without --engine the cast's voices are back, and their takes are kept"
            now = f"is replaced by this one of {order.engine}"
            notes.append(f"{output}, which {voices} spoke, {now}; {again}")
    return tuple(notes)


def _outputs(order: Order, choices: CastFile) -> tuple[str, ...]:
    """Where the book goes: as the command says, else as the cast file says, else beside the story."""
    if order.outputs or not choices.output:
        return order.outputs or (str(order.beside("m4b")),)
    try:
        publisher(choices.output)
    except OutputError as error:
        raise UserFileError(error.what, where=choices.output_at, fix=error.fix) from error
    return (choices.output,)


def settle(order: Order, watch: Watch | None = None) -> Settled:
    """Reads the story and settles who says what in which voice; keeps the two files the user may edit."""
    endpoint = endpoint_of(order.ask, order.ask_url, os.environ) if order.ask or order.ask_url else None
    book = read(order.story)
    script_path = order.script_file or order.beside("script.yaml")
    cast_path = order.cast_file or order.beside("cast.yaml")
    script = _attributed(book)
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    if endpoint is not None:
        script, changes, notes = _asked(script, endpoint, watch or Unwatched())
    choices = read_cast(cast_path) if cast_path.exists() else CastFile(cast_path)
    notes += _new_files(order)
    script, in_vain = keep_script(script_path, script, known=choices.characters, write=not order.looks)
    check_pronunciations(choices.pronounce, choices.said_at)
    for entry in (choices.narrator, *choices.characters.values()):
        check_pronunciations(entry.pronounce, entry.said_at)
    in_vain += idle_aliases(choices, script)
    script = amend(script, choices)
    if order.engine:
        load(order.engine).close()  # a name that no engine has is met with the nearest
    needed = _engines(choices, order)
    voices = all_voices(sorted(needed.intersection(engine_names())))
    check_voices(choices, voices, {name: _options(name, needed) for name in engine_names()})
    cast = fill_cast(
        script,
        choices.chosen(),
        voices,
        narrator_engine=choices.engine or NARRATOR_ENGINE,
        engine=choices.engine or ENGINE,
        accent=choices.accent or book.language,
        whys=choices.whys(),
    )
    keep_cast(cast_path, cast, script, story=order.story.name, inherited=choices.characters)
    if order.engine:
        cast = recast(cast, order.engine, voices)
    notes += in_vain + strangers(choices, script) + clashes(choices, script, voices)
    script = route(script, choices)
    foreign = {} if choices.foreign == "own" else foreign_lines(script, book.language, Memo.default())
    native = natives(script, cast, foreign, voices)
    notes += unread(script, cast, foreign, native)
    return Settled(book, script, cast, choices, script_path, notes, changes, foreign, native)


def staged(settled: Settled, order: Order) -> Settled:
    """With the credits around the story, where the user or the profile wants them."""
    choices, cast = settled.choices, settled.cast
    book, script = with_credits(
        settled.book,
        settled.script,
        cast,
        choices.credits,
        expected=_profile(choices, order).credits,
        title=order.title or settled.book.title,
        author=order.author or settled.book.author,
    )
    voice = choices.credits.voice
    if voice is not None and book is not settled.book:
        own = Cast({CREDITS: Role(CREDITS, voice, "the cast file says so")})
        if order.engine:
            own = recast(own, order.engine, all_voices(sorted({order.engine, voice.engine})))
        cast = Cast({**cast.roles, **own.roles})
    return replace(settled, book=book, script=script, cast=cast)


def _new_files(order: Order) -> tuple[str, ...]:
    """A line for each file that was named and is not there: it is written, but may have been mistyped."""
    notes = []
    for path in (order.cast_file, order.script_file):
        if path is not None and not path.exists() and path.parent.is_dir():
            beside = (other.name for other in path.parent.iterdir() if other.suffix == path.suffix)
            close = near(path.name, beside)
            hint = f"; did you mean {str(path.with_name(close))!r}?" if close else ""
            notes.append(f"{path}: there was no such file, so a new one is written{hint}")
    return tuple(notes)


def _profile(choices: CastFile, order: Order) -> Profile:
    return profile(order.profile or choices.profile or "audiobook")


def _engines(choices: CastFile, order: Order) -> set[str]:
    """The engines that this run may need: listing the voices of the others would only cost time."""
    named = {voice.engine for voice in choices.chosen().values() if voice != NARRATORS_VOICE}
    if choices.credits.voice is not None:
        named.add(choices.credits.voice.engine)
    return (named | {choices.engine, order.engine, NARRATOR_ENGINE, ENGINE}) - {""}


def _options(name: str, needed: set[str]) -> frozenset[str] | None:
    """The options an engine has; None where it is not needed, or broken, as `narrate doctor` will say."""
    try:
        return load(name).options if name in needed else None
    except EngineError:
        return None


def perform(settled: Settled, outputs: tuple[str, ...], order: Order, cover: bytes, watch: Watch) -> Produced:
    """Speaks what has no take yet, joins the takes, and writes the files that are not right already."""
    book = settled.book
    shelf, memo = Shelf.default(), Memo.default()
    cues = cues_of(settled)
    metadata = Metadata(
        title=order.title or book.title,
        author=order.author or book.author,
        narrators=("narrate, with a cast of " + str(len(settled.cast.roles)),),
        language=book.language,
        cover=cover,
    )
    levels = _profile(settled.choices, order).name
    for _round in range(ROUNDS):
        watch.stage("speaking")
        report = _rendered(settled, cues, shelf, order.workers, watch)
        try:
            watch.stage("joining")
            master = _joined(settled, cues, shelf, order, watch)
            files: list[Path] = []
            for output in outputs:
                watch.stage(f"writing {output}")
                files += _published(settled, master, output, metadata, memo, levels, watch)
            return Produced(settled, tuple(files), master, cues, report)
        except TakeDamaged as error:
            damaged = error  # it is off the shelf now, so the next round speaks it anew
    raise damaged


def cues_of(settled: Settled) -> tuple[Cue, ...]:
    """What has to be spoken, with keys."""
    engines = sorted({role.voice.engine for role in settled.cast.roles.values()})
    versions = {name: f"{load(name).version()}, speaking {SPEAKING}" for name in engines}
    accents = {(info.engine, info.name): info.language for info in all_voices(engines)}
    choices, script, language = settled.choices, settled.script, settled.book.language
    spoken = {voice: other for (_, other), voice in settled.native.items()}

    def said(line: Line, voice: Voice) -> str:
        own = choices.characters.get(line.speaker, choices.narrator)
        plain = speakable(
            line.text,
            engine=voice.engine,
            kind=line.kind,
            language=spoken.get(voice, language),
            pronounce={**choices.pronounce, **own.pronounce},
            british=accents.get((voice.engine, voice.name)) == "en-GB",
        )
        if voice.engine not in STRESSING or not strength(line):
            return plain
        return marked(plain, line, stressed(line, set_apart.get(line.paragraph)))

    def strength(line: Line) -> float:
        own = choices.narrator if line.speaker == NARRATOR else choices.characters.get(line.speaker)
        return strength_of(own.delivery if own else None, choices.delivery)

    def manner(line: Line, voice: Voice) -> Manner:
        return manner_of(line, voice.engine, strength(line))

    wishes = {name: entry.delivery for name, entry in choices.characters.items()}
    set_apart = emphasised(settled.book)
    stress = [(number, paragraph.emphasis) for number, paragraph in set_apart.items()]
    manners = (choices.delivery, choices.narrator.delivery, wishes, table(), stress)
    guides = {name: entry.pronounce for name, entry in choices.characters.items() if entry.pronounce}
    words = (choices.pronounce, choices.narrator.pronounce, guides, language)
    native = sorted(map(repr, settled.native.items()))
    parts = [
        repr((script.lines, settled.cast, versions, native)),
        repr((words, manners, KEY_FORMAT, __version__)),
    ]
    reads = partial(reader, foreign=settled.foreign, native=settled.native)
    make = partial(plan, script, settled.cast, versions, said, manner, reader=reads)
    return records.remembered(Memo.default(), parts, records.load_cues, make, records.dump_cues)


def _attributed(book: Book) -> Script:
    """Attribution is the same for the same text, and thought over once."""
    parts = (book.path.suffix, ATTRIBUTION, f"{DELIVERY}", __version__, book.text)

    def make() -> Script:
        return deliver(attribute(book))

    return records.remembered(Memo.default(), parts, records.load_script, make, records.dump_script)


def _asked(
    script: Script, endpoint: Endpoint, watch: Watch
) -> tuple[Script, tuple[Change, ...], tuple[str, ...]]:
    watch.stage(f"asking {endpoint.model}")
    opinion = second_opinion(script, endpoint, Memo.default(), watch.fraction)
    return opinion.script, opinion.changes, (opinion.note,)


def _rendered(
    settled: Settled, cues: tuple[Cue, ...], shelf: Shelf, workers: int, watch: Watch
) -> RenderReport:
    def place(line: int) -> str:
        return settled.book.place(settled.script.lines[line].start)

    with LocalPool(workers or None) as pool:
        return render(cues, shelf, pool, load, progress=watch.rendered, place=place)


def _joined(settled: Settled, cues: tuple[Cue, ...], shelf: Shelf, order: Order, watch: Watch) -> Master:
    choices = settled.choices
    kept = (
        shelf.folder.with_name("surveys")
        / f"{sha256(str(settled.book.path.absolute()).encode()).hexdigest()}.json"
    )
    surveys = load_surveys(kept)
    known = dict(surveys)
    master = stitch(
        settled.script,
        cues,
        shelf.read,
        Pacing.from_mapping(choices.pacing, where=str(choices.path)),
        book=settled.book,
        levels=_profile(choices, order),
        surveys=surveys,
        progress=watch.fraction,
    )
    if surveys != known:
        wanted = {cue.key for cue in cues}
        save_surveys(kept, {key: found for key, found in surveys.items() if key in wanted})
    return master


def _published(
    settled: Settled,
    master: Master,
    output: str,
    metadata: Metadata,
    memo: Memo,
    levels: str,
    watch: Watch,
) -> tuple[Path, ...]:
    words = master.lines if Path(output).suffix.lower() in CAPTIONS else ()
    key = sha256(
        repr((master.key, metadata, __version__, words)).encode("utf-8", "surrogatepass")
    ).hexdigest()
    there = receipts.still_right(memo, output, key)
    if there is not None:
        return there
    files = publish(master, output, metadata, progress=watch.fraction)
    receipts.keep(memo, output, key, files)
    timelines.keep(memo, files, sidecar(settled.script, settled.cast, master, levels))
    return files
