"""The master: who is heard when, how loud, how long, and always the same."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from narrate.audio import Audio
from narrate.errors import NarrateError
from narrate.mastering import Master, Pacing, master_key, profile, profiles, stitch
from narrate.mastering.limiter import true_peak
from narrate.mastering.loudness import loudness

PITCH = {"narrator": 220.0, "Ada": 440.0, "Bob": 880.0}


def mastered(one, pacing: Pacing | None = None, **options) -> Master:
    return stitch(one.script, one.cues, one.read, pacing or Pacing.default(), book=one.book, **options)


def samples(master: Master) -> np.ndarray:
    return np.concatenate(list(master.blocks()))


def heard(part: np.ndarray, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size), 1 << 16))
    return float(np.argmax(spectrum)) * rate / (1 << 16)


def level(part: np.ndarray) -> float:
    return 20.0 * np.log10(np.sqrt(np.mean(part.astype(np.float64) ** 2)))


@pytest.mark.parametrize("rate", [24_000, 22_050, 44_100, 48_000])
def test_each_line_is_heard_where_the_master_says(play: Callable, rate: int) -> None:
    one = play(rate=rate)
    master = mastered(one)
    sound = samples(master)
    assert [spoken.line for spoken in master.lines] == list(range(len(one.script.lines)))
    for spoken in master.lines:
        who = one.script.lines[spoken.line].speaker
        assert heard(sound[spoken.start : spoken.end], master.rate) == pytest.approx(PITCH[who], abs=3)
    for before, after in zip(master.lines, master.lines[1:], strict=False):
        assert level(sound[before.end : after.start]) == pytest.approx(-72, abs=4)


def test_length_and_chapters_are_known_before_a_sample_is_made(play: Callable) -> None:
    one = play(chapters=3)
    master = mastered(one)
    assert samples(master).size == master.length
    assert [mark.title for mark in master.chapters] == ["Part 1", "Part 2", "Part 3"]
    assert master.chapters[0].start == 0
    assert master.chapters[-1].end == master.length
    for before, after in zip(master.chapters, master.chapters[1:], strict=False):
        assert before.end == after.start
    for mark, first in zip(master.chapters, master.lines[::6], strict=True):
        head = 1000 * (first.start - mark.start) / master.rate
        assert head == pytest.approx(750, rel=0.081)


def interrupted(play: Callable, cut: int = 4):
    """A play in which Ada (line 4) is cut off by Bob (line 5)."""
    one = play(chapters=1, seconds=1.5)
    lines = list(one.script.lines)
    lines[cut] = replace(lines[cut], text="“But I—”")
    one.script = replace(one.script, lines=tuple(lines))
    return one


def power(part: np.ndarray, rate: int, hz: float) -> float:
    t = np.arange(part.size) / rate
    return 20 * np.log10(np.abs(np.mean(part * np.exp(2j * np.pi * hz * t))) + 1e-9)


def test_the_next_speaker_cuts_in_and_both_are_heard(play: Callable) -> None:
    one = interrupted(play)
    master = mastered(one, Pacing.from_mapping({"variation": 0}))
    sound = samples(master)
    assert sound.size == master.length
    ada, bob = master.lines[4:6]
    over = sound[bob.start : ada.end]
    assert 1000 * over.size / master.rate == pytest.approx(150 + 25 + 70, abs=1)  # with the edges of both
    both = over[over.size // 4 : -over.size // 3]
    alone = sound[ada.start + 8000 : bob.start - 8000]
    for hz in (PITCH["Ada"], PITCH["Bob"]):
        assert power(both, master.rate, hz) > -30
    assert power(alone, master.rate, PITCH["Bob"]) < -55
    assert true_peak(sound) <= 10 ** ((profile().ceiling + 0.1) / 20)


def test_nobody_cuts_in_where_the_user_says_so_nor_on_himself(play: Callable) -> None:
    one = interrupted(play)
    polite = mastered(one, Pacing.from_mapping({"cut_in": 0, "interrupted": 60, "variation": 0}))
    ada, bob = polite.lines[4:6]
    assert round(1000 * (bob.start - ada.end) / polite.rate) == 60
    one.cues[5] = replace(one.cues[5], voice=one.cues[4].voice)  # two characters in one voice
    shared = mastered(one, Pacing.from_mapping({"variation": 0}))
    assert shared.lines[5].start > shared.lines[4].end


def test_however_long_the_cut_half_of_each_line_is_heard_alone(play: Callable) -> None:
    one = interrupted(play, cut=1)
    lines = list(one.script.lines)
    lines[2] = replace(lines[2], text="“No, you—”", speaker="Bob")
    lines[3] = replace(lines[3], text="“Enough.”", speaker="Ada", kind="speech")
    one.script = replace(one.script, lines=tuple(lines))
    one.takes[one.cues[2].key] = Audio(one.takes[one.cues[2].key].samples[:12_000], 24_000)
    master = mastered(one, Pacing.from_mapping({"cut_in": 1000}))
    ada, bob, again = master.lines[1:4]
    assert ada.end <= (bob.start + bob.end) / 2 + 1 <= again.start + 2
    assert samples(master).size == master.length


def test_silences_around_takes_are_cut_and_pauses_are_the_pacings(play: Callable) -> None:
    one = play()
    pacing = Pacing.from_mapping({"turn": 1000, "variation": 0})
    master = mastered(one, pacing)
    turns = [b.start - a.end for a, b in zip(master.lines[1:5], master.lines[2:6], strict=True)]
    assert {round(1000 * gap / master.rate) for gap in turns} == {1000}
    spoken = master.lines[1]
    assert (spoken.end - spoken.start) / master.rate == pytest.approx(0.9 + 0.095, abs=0.03)


def test_voices_come_out_equally_loud(play: Callable) -> None:
    one = play(seconds=2.0)
    for name in ("audiobook", "podcast", "acx"):
        master = mastered(one, levels=profile(name))
        sound = samples(master)
        voices: dict[str, list[np.ndarray]] = {}
        for spoken in master.lines:
            who = one.script.lines[spoken.line].speaker
            voices.setdefault(who, []).append(sound[spoken.start : spoken.end])
        found = [loudness(np.concatenate(parts), master.rate) for parts in voices.values()]
        assert max(found) - min(found) <= 0.5  # they were 18 dB apart
        ceiling = profile(name).ceiling
        assert 20 * np.log10(true_peak(sound)) <= ceiling + 0.1


def test_a_voice_of_sharp_pulses_is_as_loud_as_the_others(play: Callable) -> None:
    one = play(seconds=2.0)
    for cue in one.cues:
        if cue.voice.name == "Bob":  # a hundred pulses a second, 14 dB above the voice they are part of
            take = one.takes[cue.key]
            pulses = np.where(np.arange(take.samples.size) % 240 < 8, 4.5, 1.0)
            one.takes[cue.key] = Audio((0.25 * take.samples * pulses).astype(np.float32), take.rate)
    master = mastered(one, levels=profile("podcast"))
    sound = samples(master)
    voices: dict[str, list[np.ndarray]] = {}
    for spoken in master.lines:
        who = one.script.lines[spoken.line].speaker
        voices.setdefault(who, []).append(sound[spoken.start : spoken.end])
    found = {who: loudness(np.concatenate(parts), master.rate) for who, parts in voices.items()}
    assert max(found.values()) - min(found.values()) <= 0.5
    assert 20 * np.log10(true_peak(sound)) <= profile("podcast").ceiling + 0.1


def test_chapters_reach_the_profiles_target(play: Callable) -> None:
    one = play(lines=12, seconds=2.5)
    for name in ("audiobook", "podcast"):
        master = mastered(one, levels=profile(name))
        sound = samples(master)
        for mark in master.chapters:
            found = loudness(sound[mark.start : mark.end], master.rate)
            assert found == pytest.approx(profile(name).loudness, abs=0.5)
    master = mastered(one, levels=profile("acx"))
    sound = samples(master)
    for mark in master.chapters:
        assert level(sound[mark.start : mark.end]) == pytest.approx(profile("acx").rms, abs=1.0)


def test_a_soft_line_stays_softer_than_its_voice(play: Callable) -> None:
    one = play(lines=12, seconds=1.5)
    soft = one.cues[4].key
    whole = one.takes[soft]
    one.takes[soft] = Audio(whole.samples * np.float32(0.4), whole.rate)
    master = mastered(one)
    sound = samples(master)
    parts = [sound[master.lines[k].start : master.lines[k].end] for k in (1, 4)]
    apart = loudness(parts[0], master.rate) - loudness(parts[1], master.rate)
    assert apart == pytest.approx(8.0, abs=1.0)


def test_the_users_gain_comes_on_top(play: Callable) -> None:
    one = play(seconds=1.5)
    one.cues = [
        replace(cue, voice=replace(cue.voice, gain=-6.0)) if cue.voice.name == "Bob" else cue
        for cue in one.cues
    ]
    master = mastered(one)
    sound = samples(master)
    ada, bob = (sound[master.lines[k].start : master.lines[k].end] for k in (1, 2))
    assert loudness(ada, master.rate) - loudness(bob, master.rate) == pytest.approx(6.0, abs=0.5)


def test_the_profile_none_leaves_levels_alone(play: Callable) -> None:
    one = play(seconds=1.5)
    master = mastered(one, levels=profile("none"))
    sound = samples(master)
    narrator, bob = (sound[master.lines[k].start : master.lines[k].end] for k in (0, 2))
    assert loudness(bob, master.rate) - loudness(narrator, master.rate) == pytest.approx(18.0, abs=1.0)


def test_the_same_input_gives_the_same_bytes(play: Callable) -> None:
    first, again = mastered(play()), mastered(play())
    assert first.key == again.key
    assert samples(first).tobytes() == samples(again).tobytes() == samples(first).tobytes()


def test_the_key_is_known_without_a_take_and_covers_all_that_is_heard(play: Callable) -> None:
    one = play()
    pacing = Pacing.default()

    def key(script=one.script, cues=one.cues, pacing=pacing, book=one.book, **more) -> str:
        return master_key(script, cues, pacing, book=book, **more)

    plain = key()
    assert plain == mastered(one).key
    other = replace(one.cues[3], key="f" * 64)
    louder = replace(one.cues[3], voice=replace(one.cues[3].voice, gain=1.0))
    changed = [
        key(cues=[*one.cues[:3], other, *one.cues[4:]]),
        key(cues=[*one.cues[:3], louder, *one.cues[4:]]),
        key(cues=one.cues[:-1]),
        key(pacing=Pacing.from_mapping({"turn": 500})),
        key(pacing=Pacing.from_mapping({"variation": 0.1})),
        key(rate=48_000),
        *(key(levels=profile(name)) for name in profiles() if name != "audiobook"),
        key(
            book=replace(
                one.book, chapters=(replace(one.book.chapters[0], title="New"), *one.book.chapters[1:])
            )
        ),
    ]
    assert len({plain, *changed}) == len(changed) + 1


def test_takes_that_were_surveyed_are_not_read_again_until_they_are_heard(play: Callable) -> None:
    one = play()
    surveys: dict = {}
    calls: list[tuple[int, int]] = []
    mastered(one, surveys=surveys, progress=lambda done, total: calls.append((done, total)))
    assert len(one.reads) == len(one.cues)
    assert calls[-1] == (12, 12)
    one.reads.clear()
    master = mastered(one, surveys=surveys)
    assert one.reads == []
    samples(master)
    assert one.reads == [cue.key for cue in one.cues]


def test_a_line_of_several_cues_is_heard_as_one(play: Callable) -> None:
    one = play()
    more = replace(one.cues[3], key="e" * 64, text="and more.")
    one.takes[more.key] = one.takes[one.cues[3].key]
    one.cues.insert(4, more)
    master = mastered(one)
    assert [spoken.line for spoken in master.lines] == list(range(12))
    assert master.lines[3].end - master.lines[3].start > 1.8 * (master.lines[2].end - master.lines[2].start)


def test_a_chapter_too_long_for_its_profile_comes_in_parts(play: Callable) -> None:
    one = play(chapters=2, lines=24, seconds=1.5)
    plain = profile("acx")
    longest = 20.0
    whole = mastered(one, levels=plain)
    master = mastered(one, levels=replace(plain, longest=longest))
    assert [mark.title for mark in whole.chapters] == ["Part 1", "Part 2"]
    titles = [mark.title for mark in master.chapters]
    count = len(titles) // 2
    assert titles[:count] == [f"Part 1, part {k + 1} of {count}" for k in range(count)]
    assert [spoken.line for spoken in master.lines] == list(range(len(one.script.lines)))
    sound = samples(master)
    assert sound.size == master.length == master.chapters[-1].end
    for mark in master.chapters:
        assert (mark.end - mark.start) / master.rate < longest
        inside = [s for s in master.lines if mark.start <= s.start and s.end <= mark.end]
        assert 0.5 <= (inside[0].start - mark.start) / master.rate <= 1.0
        assert 1.0 <= (mark.end - inside[-1].end) / master.rate <= 5.0
        assert level(sound[mark.start : mark.end]) == pytest.approx(profile("acx").rms, abs=1.2)
    assert {s.line for mark in master.chapters for s in master.lines if mark.start <= s.start < mark.end} == {
        s.line for s in master.lines
    }


def test_a_long_chapter_is_cut_where_its_silence_is_longest(play: Callable) -> None:
    one = play(chapters=1, lines=24, seconds=1.5)
    lines = [replace(line, scene=line.scene + (k >= 11)) for k, line in enumerate(one.script.lines)]
    one.script = replace(one.script, lines=tuple(lines))
    seconds = mastered(one).length / 44_100
    master = mastered(one, levels=replace(profile("acx"), longest=0.8 * seconds))
    first, second = master.chapters
    assert [s.line for s in master.lines if s.start < first.end] == list(range(11))
    assert second.title == "Part 1, part 2 of 2"


def test_what_no_level_can_mend_is_said(play: Callable) -> None:
    assert mastered(play(), levels=profile("acx")).unmet == ()
    assert mastered(play(chapters=1, lines=1), levels=profile("audiobook")).unmet == ()
    (why,) = mastered(play(chapters=1, lines=1, seconds=0.12), levels=profile("acx")).unmet
    assert why.startswith("'Part 1' is too short (2.9 s) for the profile acx: about -2")
    silent = play(chapters=1, lines=1)
    silent.takes = {key: Audio(take.samples * 0, take.rate) for key, take in silent.takes.items()}
    (why,) = mastered(silent, levels=profile("audiobook")).unmet
    assert why == "'Part 1' is silence: no level can be set"


def test_chapters_in_which_nobody_speaks_have_no_mark(play: Callable) -> None:
    one = play(chapters=3)
    one.cues = [cue for cue in one.cues if one.script.lines[cue.line].chapter != 1]
    assert [mark.title for mark in mastered(one).chapters] == ["Part 1", "Part 3"]


@pytest.mark.parametrize("size", [0, 1, 7, 100])
def test_a_take_of_next_to_nothing_breaks_nothing(play: Callable, size: int) -> None:
    one = play()
    one.takes[one.cues[2].key] = Audio(np.full(size, 0.1, np.float32), 24_000)
    master = mastered(one)
    assert samples(master).size == master.length
    assert np.isfinite(samples(master)).all()


def test_a_book_of_one_word_and_a_book_of_none(play: Callable) -> None:
    one = play(chapters=1, lines=1)
    master = mastered(one)
    assert samples(master).size == master.length
    one.cues = []
    with pytest.raises(NarrateError, match="nothing to say"):
        mastered(one)


def test_memory_does_not_grow_with_the_book(play: Callable) -> None:
    def peak(chapters: int) -> int:
        one = play(chapters=chapters, lines=3, seconds=0.3)
        shared = {cue.key: one.takes[one.cues[k % 3].key] for k, cue in enumerate(one.cues)}
        one.takes = shared
        master = mastered(one)
        for _ in master.blocks():
            break
        tracemalloc.start()
        for _ in master.blocks():
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(24) < 1.15 * peak(6)
