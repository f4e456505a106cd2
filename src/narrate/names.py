"""The words of a story that no dictionary knows, and one file that says them all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from narrate.book import Chapter
from narrate.cast import Cast
from narrate.errors import StoryError
from narrate.produce import Order, Settled, Watch, perform
from narrate.script import NARRATOR, Script
from narrate.speaking import unknown_words


@dataclass(frozen=True, slots=True)
class Name:
    """One word to hear and mend."""

    word: str  # as first written
    count: int  # in the story
    guess: str  # IPA, as it will be said if nothing is done
    told: str  # what the cast file says instead; "" for nothing


def names_of(settled: Settled) -> tuple[Name, ...]:
    """The unknown words, most frequent first, with what the cast file's `pronounce:` says of each."""
    told = {word.casefold(): how for word, how in settled.choices.pronounce.items()}
    lines = (line.text for line in settled.script.lines if line.kind != "silent")
    return tuple(
        Name(word, count, guess, told.get(word.casefold(), "")) for word, count, guess in unknown_words(lines)
    )


def say_names(settled: Settled, names: tuple[Name, ...], output: str, order: Order, watch: Watch) -> None:
    """Writes one file that says them all in the narrator's voice, as the book will; a pause between.

    Raises StoryError where there is nothing to say, else what narrating a book raises.
    """
    if not names:
        raise StoryError("has no word that the dictionaries do not know", where=str(settled.book.path))
    first = next(line for line in settled.script.lines if line.kind != "silent")
    line = replace(first, speaker=NARRATOR, kind="narration", chapter=0, scene=0)
    lines = tuple(
        replace(line, text=f"{name.word[:1].upper()}{name.word[1:]}.", paragraph=k)
        for k, name in enumerate(names)
    )
    chapters = (Chapter("Names", settled.book.chapters[0].scenes),)
    stage = replace(
        settled,
        book=replace(settled.book, chapters=chapters),
        script=Script(lines, settled.script.characters),
        cast=Cast({NARRATOR: settled.cast.roles[NARRATOR]}),
    )
    perform(stage, (output,), replace(order, title=f"{settled.book.title}: names"), b"", watch)
