"""story.script.yaml: what the user corrects there holds, whatever happens to the story."""

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from narrate.errors import UserFileError
from narrate.script import NARRATOR, QUOTE_KINDS, Character, Delivery, Line, LineKind, Script
from narrate.userfiles import keep_script, script_entries
from narrate.userfiles.script_file import CORRECTED, apply_corrections, read_corrections, render_script

PATH = Path("story.script.yaml")


def script_of(*quotes: tuple[str, str] | tuple[str, str, LineKind], reason: str = "said so") -> Script:
    """A script of quotes (words, speaker, kind), each with narration after it."""
    lines = [Line(0, 5, "A Tale", "title", NARRATOR, 1.0, "", 0, 0, 0)]
    for k, (words, speaker, *kind) in enumerate(quotes):
        lines.append(Line(5, 6, words, kind[0] if kind else "speech", speaker, 0.9, reason, k // 5, 0, k))
        lines.append(Line(6, 7, "And so on.", "narration", NARRATOR, 1.0, "", k // 5, 0, k))
    names = dict.fromkeys(line.speaker for line in lines if line.speaker != NARRATOR)
    return Script(tuple(lines), tuple(Character(name) for name in names))


def speakers(script: Script) -> list[str]:
    return [line.speaker for line in script.lines if line.kind in QUOTE_KINDS or line.reason == CORRECTED]


TALE = script_of(
    ("“Where is he?”", "Ana"),
    ("“Yes.”", "Ben"),
    ('“I don\'t know,” he said, "not: me # really"', "Ben"),
    ("“Yes.”", "Ana"),
    ("Moth, are you there?", "Ines", "thought"),
    ("“Yes.”", "Moth"),
)


def test_a_new_file_is_yaml_with_one_entry_a_quote_and_no_corrections() -> None:
    text = render_script(TALE, None)
    entries = yaml.safe_load(text)["lines"]
    assert [entry["says"] for entry in entries] == [q.text for q in TALE.lines if q.kind in QUOTE_KINDS]
    assert entries[0] == {"says": "“Where is he?”", "speaker": "Ana", "guess": "Ana (90 %, said so)"}
    assert entries[4]["kind"] == "thought"
    assert "# ----- A Tale -----" in text
    assert read_corrections(text, PATH) == ()


def test_the_same_script_leaves_every_byte_as_it_is() -> None:
    text = render_script(TALE, None)
    assert render_script(TALE, text) == text
    edited = "# mine\n" + text.replace("speaker: Moth", "speaker: Ravi # surely") + "\n# end"
    assert render_script(TALE, edited) == edited
    windows = edited.replace("\n", "\r\n")
    assert render_script(TALE, windows) == windows


def test_a_changed_speaker_is_a_correction_and_makes_a_new_character() -> None:
    text = render_script(TALE, None)
    text = text.replace("speaker: Moth", "speaker: The Lamp")
    (correction,) = read_corrections(text, PATH)
    assert (correction.text, correction.occurrence, correction.before) == (
        "“Yes.”",
        2,
        "Moth, are you there?",
    )
    fixed, unplaced = apply_corrections(TALE, [correction])
    assert speakers(fixed) == ["Ana", "Ben", "Ben", "Ana", "Ines", "The Lamp"]
    assert "The Lamp" in [c.name for c in fixed.characters]
    assert "Moth" not in [c.name for c in fixed.characters]
    assert unplaced == ()


def test_a_known_character_is_found_by_alias_and_whatever_the_capitals() -> None:
    script = replace(TALE, characters=(Character("Benito", aliases=("Ben",)), Character("Ana")))
    text = render_script(script, None).replace("speaker: Moth", "speaker: ben")
    fixed, _ = apply_corrections(script, read_corrections(text, PATH))
    assert speakers(fixed)[5] == "Benito"


def test_narrator_kinds_and_sure() -> None:
    text = render_script(TALE, None)
    text = text.replace("speaker: Ana", "speaker: narrator", 1)
    text = text.replace("kind: thought", "kind: telepathy")
    text = text.replace("speaker: Moth", "speaker: Moth\n  sure: true")
    first, second, third = read_corrections(text, PATH)
    assert (first.speaker, first.kind) == ("narrator", None)
    assert (second.speaker, second.kind) == (None, "telepathy")
    assert (third.speaker, third.kind) == ("Moth", "speech")
    other = script_of(*((q.text, "Zoe", q.kind) for q in TALE.lines if q.kind in QUOTE_KINDS))
    fixed, _ = apply_corrections(other, [first, second, third])
    kinds = [(line.speaker, line.kind) for line in fixed.lines if line.reason == CORRECTED]
    assert kinds == [(NARRATOR, "narration"), ("Zoe", "telepathy"), ("Moth", "speech")]


def test_unedited_entries_follow_the_script_and_edited_ones_stay() -> None:
    text = render_script(TALE, None).replace("speaker: Ines", "speaker: Lucho")
    better = script_of(*((q.text, "Zoe", q.kind) for q in TALE.lines if q.kind in QUOTE_KINDS), reason="new")
    again = render_script(better, text)
    assert again.count("speaker: Zoe") == 5
    assert 'speaker: Lucho\n  kind: thought\n  guess: "thought, Ines (90 %, said so)"' in again


def test_an_edited_quote_keeps_its_correction_and_the_file_follows_its_words() -> None:
    text = render_script(TALE, None).replace("speaker: Ines", "speaker: Lucho  # heard twice")
    edited = script_of(
        ("“A new line.”", "Ana"),
        ("“Where is he now?”", "Ana"),
        ("“Yes.”", "Ben"),
        ("Moth, where are you?", "Ines", "thought"),
        ("“Yes!”", "Moth"),
    )
    fixed, unplaced = apply_corrections(edited, read_corrections(text, PATH))
    assert speakers(fixed) == ["Ana", "Ana", "Ben", "Lucho", "Moth"]
    assert not unplaced
    again = render_script(edited, text)
    assert '- says: "Moth, where are you?"\n  speaker: Lucho  # heard twice\n' in again
    assert render_script(edited, again) == again


def test_a_correction_whose_quote_is_gone_waits_at_the_end_and_comes_back() -> None:
    text = render_script(TALE, None).replace("speaker: Ines", "# why\n  speaker: Lucho")
    gone = script_of(("“Where is he?”", "Ana"), ("“Yes.”", "Ben"))
    fixed, unplaced = apply_corrections(gone, read_corrections(text, PATH))
    assert fixed == gone
    assert [c.speaker for c in unplaced] == ["Lucho"]
    kept = render_script(gone, text)
    assert kept.count("not in the story any more") == 1
    assert render_script(gone, kept) == kept
    back, unplaced = apply_corrections(TALE, read_corrections(kept, PATH))
    assert speakers(back)[4] == "Lucho"
    assert not unplaced
    assert "not in the story any more" not in render_script(TALE, kept)


def test_a_paragraph_of_narration_can_be_given_to_whoever_says_it() -> None:
    letter = Line(6, 7, "My dear children,", "narration", NARRATOR, 1.0, "", 0, 0, 3)
    tale = Script((*TALE.lines[:4], letter, *TALE.lines[4:]), TALE.characters)
    entry = '- says: "My dear children,"  # the letter\n  speaker: Ilvane\n  kind: letter\n'
    for text in (
        render_script(tale, None) + entry,
        render_script(tale, None).replace("\n\n- says", f"\n\n{entry}\n- says", 1),
    ):
        fixed, unplaced = apply_corrections(tale, read_corrections(text, PATH))
        assert not unplaced
        assert [(a.start, a.end, a.text) for a in fixed.lines] == [
            (a.start, a.end, a.text) for a in tale.lines
        ]
        assert [(a.speaker, a.kind) for a in fixed.lines if a.text == letter.text] == [("Ilvane", "letter")]
        assert "Ilvane" in [c.name for c in fixed.characters]
        kept = render_script(tale, text)
        assert entry in kept
        assert "not in the story any more" not in kept
        assert render_script(tale, kept) == kept
    spoken = text.replace("  kind: letter\n", "")
    fixed, _ = apply_corrections(tale, read_corrections(spoken, PATH))
    assert [(a.speaker, a.kind) for a in fixed.lines if a.text == letter.text] == [("Ilvane", "speech")]


def test_what_the_file_says_in_vain_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "t.script.yaml"
    assert keep_script(path, TALE) == (TALE, ())
    text = path.read_text(encoding="utf-8").replace("speaker: Ines", "speaker: Mothh")
    path.write_text(
        text + "\n- says: so on\n  speaker: Ana\n- says: long gone\n  speaker: Ana\n", encoding="utf-8"
    )
    _, notes = keep_script(path, TALE)
    rows = path.read_text(encoding="utf-8").splitlines()
    at = [
        f"{path}:{1 + rows.index(row)}" for row in ("  speaker: Mothh", "- says: so on", "- says: long gone")
    ]
    assert list(notes) == [
        f"{at[0]}: 'Mothh' is new in the story; did you mean 'Moth'?",
        f"{at[1]}: these words are in the story, but only as part of a paragraph that nobody says: 'so on'; "
        "write the whole paragraph after `says:`",
        f"{at[2]}: these words are not in the story any more: 'long gone'",
    ]
    assert len(keep_script(path, TALE, known=["Mothh"])[1]) == 2


def test_comments_between_entries_survive_their_entries() -> None:
    text = render_script(TALE, None)
    text = text.replace('- says: "Moth', '# ask Ravi about this\n- says: "Moth')
    gone = script_of(("“Where is he?”", "Ana"), ("“Yes.”", "Ben"))
    assert "# ask Ravi about this" in render_script(gone, text)


def test_a_script_without_quotes_is_a_file_without_entries() -> None:
    silent = Script(TALE.lines[:1], ())
    text = render_script(silent, None)
    assert yaml.safe_load(text) == {"lines": []}
    assert read_corrections(text, PATH) == ()
    assert render_script(silent, text) == text
    assert [e["speaker"] for e in yaml.safe_load(render_script(TALE, text))["lines"]] == speakers(TALE)


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("lines:\n- says: a\n  speker: Ana\n", "3:3", "unknown key 'speker'; did you mean 'speaker'?"),
        ("lines:\n- says: a\n  kind: though\n", "3:9", "`kind` cannot be 'though'; did you mean 'thought'?"),
        ("lines:\n- speaker: Ana\n", "2:3", "`says` is missing"),
        ("lines:\n- says: a\n  sure: maybe\n", "3:9", "`sure` must be true or false"),
        ("lines:\n- says: a\n speaker: Ana\n", "3:2", "indentation"),
        ('lines:\n- says: "a\n  speaker: Ana\n', "", "quote that is never closed"),
        ("line:\n- says: a\n", "1:1", "unknown key 'line'; did you mean 'lines'?"),
        ("lines: Ana\n", "1:8", "`lines` must be a list"),
        ("lines:\n- Ana\n", "2:3", "an entry must hold"),
        ("lines:\n- says: a\n  speaker: [Ana, Ben]\n", "3:12", "`speaker` must be text"),
        ("lines: [{says: a}]\n", "1:8", "entries in one line"),
    ],
)
def test_a_broken_file_is_named_by_line_and_column(text: str, where: str, words: str) -> None:
    with pytest.raises(UserFileError, match=r"story") as caught:
        read_corrections(text, PATH)
    assert str(caught.value).startswith(f"{PATH}:{where}")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "layout",
    [
        "lines:\n  - speaker: Bo\n    says: >\n      Hi\n      there\n",
        "lines:\n- {says: Hi there, speaker: Bo}",
    ],
)
def test_any_yaml_that_means_the_same_is_read(layout: str) -> None:
    (correction,) = read_corrections(layout, PATH)
    assert (correction.text.strip(), correction.speaker) == ("Hi there", "Bo")
    again = render_script(script_of(("Hi there", "Ana"), ("Oh", "Ana")), layout)
    assert layout.removeprefix("lines:\n").rstrip("\n") in again
    assert len(yaml.safe_load(again)["lines"]) == 2


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
spoken = st.sampled_from(["Yes.", "No.", "“Oh!”", "I don't", "Where?", "He said: # no"]) | words
names = st.sampled_from(["Ana", "Ben", "Mr. O'Neil", "null", "speech, Bo (3 %)"]) | words
deliveries = st.lists(st.sampled_from(get_args(Delivery)), max_size=3, unique=True).map(tuple)
reasons = st.sampled_from(["said so", "", "said (low), soft", "in a voice), whispered"])


def delivered(quotes: list[tuple[tuple[str, str], tuple[Delivery, ...]]], reason: str) -> Script:
    script = script_of(*(quote for quote, _ in quotes), reason=reason)
    said = iter([how for _, how in quotes])
    lines = [replace(one, delivery=next(said)) if one.kind == "speech" else one for one in script.lines]
    return replace(script, lines=tuple(lines))


scripts = st.builds(
    delivered, st.lists(st.tuples(st.tuples(spoken, names), deliveries), max_size=12), reasons
)


@given(scripts, scripts)
@settings(max_examples=100, deadline=None)
def test_what_we_write_we_read_as_yaml_reads_it(script: Script, other: Script) -> None:
    text = render_script(script, None)
    loaded = [e["says"] for e in yaml.safe_load(text)["lines"]]
    quotes = [line for line in script.lines if line.kind in QUOTE_KINDS]
    assert loaded == [line.text for line in quotes]
    assert [e.says for e in script_entries.pieces_of(text, PATH).entries] == loaded
    assert render_script(script, text) == text
    assert render_script(other, text) == render_script(other, None)


@given(scripts, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_every_correction_comes_back_and_nothing_else_changes(script: Script, rng: random.Random) -> None:
    quotes = [k for k, line in enumerate(script.lines) if line.kind in QUOTE_KINDS]
    assume(quotes)
    text = render_script(script, None)
    chosen = sorted(rng.sample(range(len(quotes)), rng.randint(1, len(quotes))))
    rows = text.split("\n")
    at = [k for k, row in enumerate(rows) if row.startswith("  speaker: ")]
    for n in chosen:
        rows[at[n]] = "  speaker: Somebody Else"
    text = "\n".join(rows)
    assert render_script(script, text) == text
    fixed, unplaced = apply_corrections(script, read_corrections(text, PATH))
    assert not unplaced
    for n, k in enumerate(quotes):
        expected = "Somebody Else" if n in chosen else script.lines[k].speaker
        assert fixed.lines[k].speaker == expected
        assert fixed.lines[k].delivery == script.lines[k].delivery


@given(scripts, st.randoms(use_true_random=False), deliveries.filter(bool))
@settings(max_examples=100, deadline=None)
def test_a_corrected_delivery_comes_back_and_leaves_the_speaker_as_sure_as_before(
    script: Script, rng: random.Random, how: tuple[Delivery, ...]
) -> None:
    quotes = [k for k, line in enumerate(script.lines) if line.kind in QUOTE_KINDS]
    assume(quotes)
    rows = render_script(script, None).split("\n")
    n = rng.randrange(len(quotes))
    at = [k for k, row in enumerate(rows) if row.startswith("  speaker: ")][n]
    if rows[at + 1].startswith("  delivery: "):
        del rows[at + 1]
    rows.insert(at + 1, f"  delivery: {', '.join(how)}")
    text = "\n".join(rows)
    assert render_script(script, text) == text
    fixed, unplaced = apply_corrections(script, read_corrections(text, PATH))
    assert not unplaced
    expected = [
        replace(line, delivery=how) if k == quotes[n] else line for k, line in enumerate(script.lines)
    ]
    assert list(fixed.lines) == expected


@given(st.integers(0, 10**6))
@example(0)
@settings(max_examples=60, deadline=None)
def test_corrections_survive_edits_around_them(seed: int) -> None:
    rng = random.Random(seed)
    lexicon = re.findall(r"\w+", "the sea is grey and nobody came home before dark as Ana had the only lamp")
    quotes = [
        (
            rng.choice(["Yes.", "No.", "What?"])
            if rng.random() < 0.3
            else " ".join(rng.choices(lexicon, k=9)),
            "Ana",
        )
        for _ in range(60)
    ]
    text = render_script(script_of(*quotes), None)
    rows = text.split("\n")
    at = [k for k, row in enumerate(rows) if row.startswith("  speaker: ")]
    chosen = [n for n in rng.sample(range(60), 12) if len(quotes[n][0]) > 8]
    for n in chosen:
        rows[at[n]] = f"  speaker: Person {n}"
    text = "\n".join(rows)
    edited: list[tuple[str, str]] = []
    expected: list[str] = []
    for n, (said, _) in enumerate(quotes):
        if n in chosen:
            said = said.replace(" and ", " & ") if rng.random() < 0.5 else said + " Then."
        elif rng.random() < 0.2:
            continue
        elif rng.random() < 0.2:
            edited.append((" ".join(rng.choices(lexicon, k=5)) + "!", "Ana"))
            expected.append("Ana")
        edited.append((said, "Ana"))
        expected.append(f"Person {n}" if n in chosen else "Ana")
    script = script_of(*edited)
    fixed, unplaced = apply_corrections(script, read_corrections(text, PATH))
    assert not unplaced
    assert speakers(fixed) == expected
    again = render_script(script, text)
    assert apply_corrections(script, read_corrections(again, PATH)) == (fixed, ())
