"""The small forms answer as the large ones."""

import pytest
from hibari.g2p.tagger import Tagger
from hypothesis import given
from hypothesis import strategies as st

from narrate.engines.compact import SmallLexicon, SmallTagger, Table
from narrate.engines.models import hibari_json, hibari_table

TEXT = (
    "The old man had read the record twice before he would read it to us; lives, he said, were lived "
    "by those who lead. Did Katherine's 1,250 xylographs close at 5 o'clock? IT WAS Zorblax who left."
)
KEYS = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5)


@given(st.dictionaries(KEYS, st.binary(max_size=4)))
def test_a_table_is_a_mapping(entries: dict[str, bytes]) -> None:
    table = Table(entries.items())
    assert all(table.get(word) == value for word, value in entries.items())
    assert table.get("not one of them") is None


@pytest.mark.slow
def test_a_lexicon_keeps_every_entry() -> None:
    entries = hibari_json("lexicon_us_gold.json.gz")
    small = SmallLexicon(entries)
    assert all(small.get(word) == said for word, said in entries.items())
    assert any(isinstance(said, dict) for said in entries.values())


@pytest.mark.slow
def test_the_tagger_gives_the_same_tags() -> None:
    words = [*TEXT.split(), "zorblaxian", "ungruntled", "Mx."]
    assert SmallTagger(hibari_table("tagger.json.gz"))(words) == Tagger(hibari_json("tagger.json.gz"))(words)
