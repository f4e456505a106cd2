"""The report as one HTML page that needs nothing else: what was found, drawn, and every line to hear.

Titles, names and lines come from files that anybody may have written. All of them are escaped, and a
content security policy lets no script run but the page's own, known by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from narrate.checking import chart
from narrate.checking.bounds import clock
from narrate.checking.chart import LANES, Chapter, Tone
from narrate.checking.check import audio_files
from narrate.checking.listening import Missed
from narrate.checking.report import FileReport, Finding, Report
from narrate.checking.sidecar import Heard, Sidecar
from narrate.errors import OutputError
from narrate.script import NARRATOR

EMBEDDED = 4_000_000
"""Bytes of audio that go into the page itself; of a longer book it holds links to the files."""

_KINDS = {
    ".m4b": "audio/mp4",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
}
_STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 36000)  # s between ticks


def write_page(
    page: Path, report: Report, book: Path, timeline: Sidecar | None = None, missed: Sequence[Missed] = ()
) -> None:
    """Writes the page about `book`, whole or not at all. Raises OutputError."""
    part = page.with_name(f".narrate-{secrets.token_hex(4)}.part")
    try:
        files = audio_files(book)
        if sum(file.stat().st_size for file in files) <= EMBEDDED:
            sources = [_embedded(file) for file in files]
        else:
            sources = [_linked(file, page) for file in files]
        part.write_bytes(drawn(report, sources, timeline, missed).encode("utf-8", "replace"))
        part.replace(page)
    except OSError as error:
        part.unlink(missing_ok=True)
        what = f"the page cannot be written ({error.strerror or error})"
        raise OutputError(what, where=str(page), fix="choose another --html") from None


def drawn(
    report: Report, sources: Sequence[str], timeline: Sidecar | None = None, missed: Sequence[Missed] = ()
) -> str:
    """The page's HTML; `sources` are the URLs of the book's files."""
    here = Path(__file__)
    style = here.with_suffix(".css").read_text("utf-8")
    script = here.with_suffix(".js").read_text("utf-8")
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    voices = chart.tones(timeline) if timeline else ()
    colours = "".join(f".{tone.style}{{--v:{tone.colour};fill:var(--v)}}" for tone in voices)
    title = _title(report)
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{known}'; "
        "media-src 'self' data: file:; base-uri 'none'; form-action 'none'"
    )
    chapters = chart.chapters(report)
    body = [
        _top(report, title),
        _score(report, timeline, voices, chapters),
        *_tables(report),
        *_lines(timeline, voices, chapters, {m.line: m for m in missed}),
        "<footer>Made by <b>narrate</b> <code>check</code> from the finished sound.</footer>",
        '<div class="player"><div><audio controls preload="metadata"></audio><p></p></div></div>',
        f'<script type="application/json" id="book">{_data(report, sources)}</script>',
        f"<script>{script}</script>",
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: checked</title><style>{style}{colours}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _embedded(file: Path) -> str:
    kind = _KINDS.get(file.suffix.lower(), "audio/mpeg")
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _linked(file: Path, page: Path) -> str:
    try:
        return quote(os.fsencode(Path(os.path.relpath(file, page.parent)).as_posix()))
    except ValueError:  # another drive
        return file.absolute().as_uri()


def _data(report: Report, sources: Sequence[str]) -> str:
    files = []
    begins = 0.0
    for file, source in zip(report.files, sources, strict=True):
        files.append({"src": source, "start": round(begins, 3)})
        begins += file.seconds
    text = json.dumps({"seconds": max(0.001, report.seconds), "files": files})
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _title(report: Report) -> str:
    tags = report.files[0].tags
    title = tags.get("title", "") if len(report.files) == 1 else tags.get("album", "")
    return title.strip() or Path(report.path).name or report.path


def _top(report: Report, title: str) -> str:
    failures = report.failures()
    author = report.files[0].tags.get("artist", "")
    by = f'<p class="by">{escape(author)}</p>' if author else ""
    if failures:
        what = f"{len(failures)} thing asked is not so"
        what = what if len(failures) == 1 else f"{len(failures)} things asked are not so"
    elif report.profile == "acx":
        what = "meets the ACX audio specification"
    else:
        what = f"meets the profile {report.profile}"
    verdict = ("fail", "FAIL") if failures else ("pass", "PASS")
    facts = "".join(
        f"<div><b>{escape(figure)}</b><span>{what}</span></div>" for what, figure in _facts(report)
    )
    return (
        f'<header><div><h1>{escape(title)}</h1>{by}</div><div class="verdict {verdict[0]}">'
        f"<b>{verdict[1]}</b><span>{escape(what)}</span></div></header>"
        f'<div class="facts">{facts}</div>'
    )


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    yield "of sound", clock(report.seconds)
    marked = chart.chapters(report)
    if marked:
        yield f"chapter{'s' * (len(marked) != 1)}", f"{len(marked):,}"
    figures = {finding.name: finding for finding in report.findings}
    if "lines" in figures:
        yield "lines", figures["lines"].shown
    if len(report.files) == 1:
        levels = report.files[0].levels
        yield "loudness", f"{levels.loudness:.1f} LUFS"
        yield "true peak", f"{levels.true_peak:.1f} dBTP"
    if "voice_spread" in figures:
        yield "between the voices", figures["voice_spread"].shown
    if "words_heard" in figures:
        yield "of the words recognised", f"{figures['words_heard'].figure:.1f} %"
    yield "profile", report.profile


def _score(
    report: Report, timeline: Sidecar | None, voices: Sequence[Tone], chapters: Sequence[Chapter]
) -> str:
    seconds = max(report.seconds, 0.001)
    heads = "".join(
        f'<button data-at="{c.start:.3f}" data-until="{c.end:.3f}" '
        f'title="{escape(c.title)}, {clock(c.start)}" '
        f'style="left:{100 * c.start / seconds:.3f}%;width:{100 * (c.end - c.start) / seconds:.3f}%">'
        f"<span>{escape(c.title)}</span></button>"
        for c in chapters
    )
    step = next((step for step in _STEPS if seconds / step <= 9), _STEPS[-1])
    ticks = "".join(
        f'<span style="left:{100 * at / seconds:.2f}%">{_tick(at)}</span>'
        for at in [k * step for k in range(int(seconds / step) + 1) if k * step < seconds - step / 3]
        + [seconds]
    )
    labels = "".join(
        f'<div title="{escape(_people(tone))}">{escape(_people(tone))}</div>' for tone in voices[:LANES]
    )
    if len(voices) > LANES:
        labels += f"<div>{len(voices) - LANES} more</div>"
    lanes = chart.lanes(seconds, timeline, voices) if timeline else ""
    heading = "who speaks when" if timeline else "no timeline of this book is known, so nobody is named"
    return (
        f'<section class="card score"><div class="tools"><span>{heading}</span>'
        '<button data-zoom="2">closer</button><button data-zoom="0.5">wider</button>'
        f'<button data-zoom="all">whole book</button></div><div class="stage">'
        f'<div class="names">{labels}</div>'
        f'<div class="scroll"><div class="track"><div class="heads">{heads}</div>'
        f"{chart.waveform(report, timeline, voices)}{lanes}"
        f'<div class="axis">{ticks}</div><div class="head-line"></div></div></div></div>'
        f"{_legend(report, voices)}</section>"
    )


def _tick(at: float) -> str:
    return clock(at).removeprefix("0:").removeprefix("0")


def _people(tone: Tone) -> str:
    return ", ".join(_called(who) for who in tone.speakers)


def _called(speaker: str) -> str:
    return "Narrator" if speaker == NARRATOR else speaker


def _legend(report: Report, voices: Sequence[Tone]) -> str:
    total = sum(tone.seconds for tone in voices) or 1.0
    loud = {f.detail.rpartition(", ")[0]: f for f in report.findings if f.name == "voice_loudness"}
    chips = []
    for tone in voices:
        level = f", {loud[tone.name].figure:.1f} LUFS" if tone.name in loud else ""
        chips.append(
            f'<button class="{tone.style}" data-voice="{tone.style}" aria-pressed="false"><i></i>'
            f"{escape(_people(tone))}<small>{escape(tone.name)}, "
            f"{_share(tone.seconds / total)}{level}</small></button>"
        )
    return f'<div class="legend">{"".join(chips)}</div>' if chips else ""


def _share(part: float) -> str:
    return escape("<1%") if part < 0.01 else f"{part:.0%}"


def _tables(report: Report) -> Iterator[str]:
    yield f"<h2>What was asked <small>profile {escape(report.profile)}</small></h2>"
    one = report.files[0].findings if len(report.files) == 1 else ()
    findings = (*report.findings, *one)
    yield f'<div class="card">{_table([f for f in findings if f.ok is not None])}</div>'
    told = [f for f in findings if f.ok is None]
    if told:
        yield f'<details class="card"><summary>Also measured</summary>{_table(told)}</details>'
    if not one:
        yield from map(_file, report.files)


def _file(file: FileReport) -> str:
    failed = sum(finding.ok is False for finding in file.findings)
    mark = '<span class="fail">FAIL</span>' if failed else '<span class="pass">PASS</span>'
    table = _table(file.findings)
    opened = " open" if failed else ""
    return (
        f'<details class="card"{opened}><summary>{mark} {escape(file.name)} '
        f'<span class="soft num">{clock(file.seconds)}</span></summary>{table}</details>'
    )


def _table(findings: Sequence[Finding]) -> str:
    rows = "".join(
        f'<tr class="{"failed" if f.ok is False else ""}"><td class="mark">'
        f'<span class="{f.verdict.lower()}">{f.verdict}</span></td>'
        f"<td>{escape(f.name.replace('_', ' '))}</td>"
        f'<td class="num">{escape(_cut(f.shown))}</td><td class="soft">{escape(f.asked)}</td>'
        f'<td class="soft">{escape(f.detail)}</td></tr>'
        for f in sorted(findings, key=lambda f: {False: 0, True: 1, None: 2}[f.ok])
    )
    head = '<tr><th></th><th>what</th><th class="num">measured</th><th>asked</th><th></th></tr>'
    return f"<table>{head}{rows}</table>"


def _cut(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _lines(
    timeline: Sidecar | None,
    voices: Sequence[Tone],
    chapters: Sequence[Chapter],
    missed: Mapping[int, Missed],
) -> Iterator[str]:
    if timeline is None:
        if chapters:
            yield '<h2>Chapters</h2><section class="card lines">'
            for chapter in chapters:
                yield (
                    f'<button class="line" data-at="{chapter.start:.3f}"><span class="at num">'
                    f'{clock(chapter.start)}</span><span class="who"></span>'
                    f'<span class="words">{escape(chapter.title)}</span></button>'
                )
            yield "</section>"
        return
    style = {tone.name: tone.style for tone in voices}
    yield '<h2>Every line <small>choose one to hear it</small></h2><section class="card lines">'
    waiting = list(chapters)
    until = 0.0  # when the line before ends
    for heard in timeline.lines:
        while waiting and waiting[0].start <= (heard.start + heard.end) / 2:
            yield f"<h3>{escape(waiting.pop(0).title)}</h3>"
        yield _line(heard, style[heard.voice], missed.get(heard.line), cuts_in=heard.start < until)
        until = heard.end
    yield "</section>"


def _line(heard: Heard, style: str, missed: Missed | None, *, cuts_in: bool) -> str:
    note = "<i>cuts in</i>" if cuts_in else ""
    if missed:
        told = f"; heard: {' '.join(missed.heard.split())}" if missed.heard else ""
        note += f"<em>not recognised: {escape(' '.join(missed.missed) + told)}</em>"
    return (
        f'<button class="line {style}{"" if heard.story else " credits"}" data-at="{heard.start:.3f}">'
        f'<span class="at num">{clock(heard.start)}</span>'
        f'<span class="who">{escape(_called(heard.speaker))}</span>'
        f'<span class="words">{escape(heard.text.strip())}{note}</span></button>'
    )
