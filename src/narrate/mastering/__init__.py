"""From takes to a finished master: pacing, joining, levels."""

from narrate.mastering.arrange import master_key
from narrate.mastering.pacing import Pacing
from narrate.mastering.profile import Profile, profile, profiles
from narrate.mastering.stitch import stitch
from narrate.mastering.survey import Survey, load_surveys, save_surveys, survey
from narrate.mastering.timeline import Mark, Master, Spoken

__all__ = [
    "Mark",
    "Master",
    "Pacing",
    "Profile",
    "Spoken",
    "Survey",
    "load_surveys",
    "master_key",
    "profile",
    "profiles",
    "save_surveys",
    "stitch",
    "survey",
]
