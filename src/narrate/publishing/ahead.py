"""Makes the next blocks while the last ones are encoded: stitching and encoding share two cores."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from queue import Empty, Full, Queue
from threading import Event, Thread

from narrate.audio import Samples

_DEPTH = 8  # blocks that may wait: memory stays constant
_TICK_S = 0.1  # how soon the maker sees that nobody listens any more


def ahead(blocks: Iterable[Samples]) -> Generator[Samples, None, None]:
    """The same blocks in the same order, made in a thread of their own.

    What making them raises is raised here. Leaving early (Ctrl-C, a full disk) stops the thread.
    """
    waiting: Queue[Samples | BaseException | None] = Queue(_DEPTH)
    left = Event()

    def hand_over(item: Samples | BaseException | None) -> bool:
        while not left.is_set():
            try:
                waiting.put(item, timeout=_TICK_S)
            except Full:
                continue
            return True
        return False

    def make() -> None:
        try:
            for block in blocks:
                if not hand_over(block):
                    return
            hand_over(None)
        except BaseException as error:  # handed over, not swallowed: the encoder's thread raises it
            hand_over(error)

    maker = Thread(target=make, name="narrate stitching", daemon=True)
    maker.start()
    try:
        while True:
            try:
                item = waiting.get(timeout=_TICK_S)  # short waits, or Windows would not see Ctrl-C
            except Empty:
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        left.set()
        maker.join()
