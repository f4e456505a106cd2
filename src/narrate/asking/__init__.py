"""A second opinion on doubtful lines from a language model, where the user asks for one.

Off unless asked. A model may only choose from names that the script already has, for lines that we number;
what it says of anything else is refused, and the author's words never come back from it.
"""

from narrate.asking.endpoint import Endpoint, endpoint_of
from narrate.asking.opinion import Change, Opinion, second_opinion

__all__ = ["Change", "Endpoint", "Opinion", "endpoint_of", "second_opinion"]
