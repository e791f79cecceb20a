"""Making a move: the one door through which a suggestion changes."""

from fieldapp.suggestions.acts import ACTS
from fieldapp.suggestions.moves import TABLE
from fieldapp.workflow import Clock, Workflow


class _Suggesting(Workflow):
    def make(self, thing, name, actor, given, **words):
        """The first "not satisfied" sends it back by itself; a later one is the chair's to weigh."""
        entry = super().make(thing, name, actor, given, **words)
        if name == "opinion" and given["rating"] == "not_satisfied" and thing.again == 0:
            super().make(thing, "again", Clock(), {})
        return entry


_workflow = _Suggesting(TABLE, ACTS)
perform, make = _workflow.perform, _workflow.make
