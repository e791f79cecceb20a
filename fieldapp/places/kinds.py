"""The kinds of matters, and the speeds a matter may have."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "difficulty": _l("Difficulty"),
    "opinion": _l("Opinion"),
    "suggestion": _l("Suggestion"),
    "criticism": _l("Criticism"),
}
SPEEDS = {"urgent": _l("Urgent"), "ordinary": _l("Ordinary"), "complex": _l("Complex")}
