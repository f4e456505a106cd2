"""Long text is cut where a reader would breathe, and every phoneme is kept."""

from hypothesis import given
from hypothesis import strategies as st

from narrate.engines.g2p import Word
from narrate.engines.splitting import pieces

WORDS = st.lists(
    st.builds(Word, st.just("x"), st.text(alphabet="abcˈə.,;—…!?)", max_size=30), st.booleans()), max_size=120
)


def flat(text: str) -> str:
    return "".join(text.split())


@given(WORDS, st.integers(10, 60), st.booleans())
def test_nothing_is_lost_and_nothing_is_too_long(words: list[Word], limit: int, each: bool) -> None:
    cut = pieces(words, limit, each_sentence=each)
    assert flat("".join(piece.phonemes for piece in cut)) == flat("".join(word.phonemes for word in words))
    assert all(0 < len(piece.phonemes) <= limit for piece in cut)


def said(text: str, limit: int, **how: bool) -> list[str]:
    words = [Word(w, w, True) for w in text.split()]
    return [piece.phonemes for piece in pieces(words, limit, **how)]


def test_what_fits_is_left_whole() -> None:
    assert said("no. he sat.", 60) == ["no. he sat."]


def test_sentences_come_before_clauses_before_words() -> None:
    text = "one two three four, five six seven. eight nine ten eleven twelve thirteen fourteen"
    assert said(text, 60) == [
        "one two three four, five six seven.",
        "eight nine ten eleven twelve thirteen fourteen",
    ]
    assert said("one two three four five, six seven eight nine ten eleven", 40) == [
        "one two three four five,",
        "six seven eight nine ten eleven",
    ]


def test_no_stub_is_left_over() -> None:
    cut = said("word " * 41, 200)
    assert len(cut) == 2
    assert min(map(len, cut)) > 80


def test_each_sentence_by_itself() -> None:
    assert said("no. he sat.", 60, each_sentence=True) == ["no.", "he sat."]
