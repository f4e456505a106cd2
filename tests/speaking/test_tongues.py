"""Lines in another language than the book's are found, and English is never taken for one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from narrate.speaking.tongues import tongue, tongues

STORIES = Path(__file__).parents[2] / "stories"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "“Je ne sais pas ce que vous voulez, monsieur.”"),
        ("fr", "Elle m’a dit qu’elle ne reviendrait jamais."),
        ("es", "¿Dónde está la biblioteca, por favor?"),
        ("es", "El niño tiene hambre y no hay pan."),
        ("de", "Ich weiß nicht, was soll es bedeuten."),
        ("de", "“Komm sofort her, du kleiner Dieb!”"),
        ("it", "Non so cosa vuoi da me, signore."),
        ("pt", "Muito obrigado pela sua ajuda, senhora."),
        ("nl", "Ik weet niet wat je van mij wilt."),
        ("la", "Gallia est omnis divisa in partes tres."),
        ("ja", "「何を言っているのか分かりません。」"),
        ("zh", "你在说什么？我不明白。"),
        ("ko", "무슨 말인지 모르겠어요."),
        ("ru", "Я не знаю, чего вы хотите."),
        ("el", "Δεν ξέρω τι θέλεις."),
        ("ar", "لا أعرف ماذا تريد."),
        ("he", "אני לא יודע מה אתה רוצה."),
        ("hi", "मुझे नहीं पता कि तुम क्या चाहते हो।"),
    ],
)
def test_a_line_in_another_language_is_known(language: str, line: str) -> None:
    assert tongue(line) == language


@pytest.mark.parametrize(
    "line",
    [
        "“Mon Dieu!”",  # an exclamation is anybody's
        "Bonjour, Pierre.",
        "“Monsieur Lebrun, Madame Lebrun, and little Jacques.”",
        "She ordered a café au lait and a croissant.",
        "“Och, ye ken nae what ye dae, laddie.”",
        "“Ain't nobody gonna tell ya nothin'.”",
        "“Miss Rachel! Miss Rachel! Miss Rachel!”",
        "“Ash nazg durbatulûk, ash nazg gimbatul.”",
        "“Zhin vaerith kolmar des'thura nai.”",
        "Naruto-kun, Sasuke-kun, Sakura-chan, sensei!",
        "Ho ho ho ho!",
        "日本",
        "4 8 15 16 23 42",
        "",
    ],
)
def test_english_names_and_inventions_stay(line: str) -> None:
    assert tongue(line) == ""


def test_no_line_of_our_stories_is_foreign() -> None:
    for story in sorted(STORIES.glob("*.md")):
        text = re.sub(r"^---.*?---", "", story.read_text(encoding="utf-8"), flags=re.S)
        assert tongues(re.split(r"\n\n|[“”]", text)) == {}


def test_in_a_french_book_the_english_is_foreign() -> None:
    lines = ["Je ne sais pas ce que vous voulez.", "“I do not know what you want from me.”"]
    assert tongues(lines, "fr-FR") == {1: "en"}
