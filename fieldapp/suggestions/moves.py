"""The table of moves of a deputies' suggestion."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from fieldapp import workflow
from fieldapp.suggestions import guards
from fieldapp.suggestions.suggestion import STATES


@dataclass(frozen=True)
class Move(workflow.Move):
    """One row; ``told`` is the sentence of the public handling report."""

    def may(self, suggestion, actor) -> bool:
        return actor.role in self.who and guards.is_theirs(suggestion, actor)


# fmt: off
MOVES = (
    Move("draft", (), "draft", ("deputy",), ("title", "text"),
         _l("Make it a formal suggestion"), _l("%(who)s began the suggestion.")),
    Move("text", ("draft",), None, ("deputy",), ("title", "text"),
         _l("Change the words"), _l("%(who)s changed the words."), guard=guards.leads, icon="pencil"),
    Move("invitation", ("draft",), None, ("deputy",), ("person",),
         _l("Ask a deputy to co-sign"), _l("%(who)s asked %(person)s to co-sign."), guard=guards.may_invite, icon="users"),
    Move("signature", ("draft",), None, ("deputy",), (),
         _l("Co-sign"), _l("%(who)s co-signed."), guard=guards.asked_to_sign, icon="pencil"),
    Move("submission", ("draft",), "submitted", ("deputy",), (),
         _l("Submit it"), _l("%(who)s submitted the suggestion."), _l("The suggestion was submitted."), guard=guards.leads, icon="send"),
    Move("handover", ("submitted",), "handed_over", ("chair", "county"), ("unit", "months"),
         _l("Hand over"), _l("%(who)s handed the suggestion to %(unit)s, due %(due)s."),
         _l("It was handed to %(unit)s, to be replied to by %(due)s."), icon="send"),
    Move("correction", ("submitted",), "draft", ("chair", "county"), ("reason",),
         _l("Back to the sponsors"), _l("%(who)s gave the suggestion back to its sponsors."), icon="undo-2"),
    Move("talk", ("handed_over",), None, ("deputy", "unit"), ("talked_on",),
         _l("They talked about it"), _l("%(who)s noted that unit and deputy talked on %(talked_on)s."),
         _l("Unit and deputy talked about it on %(talked_on)s."), guard=guards.leads_or_handles, icon="users"),
    Move("reply", ("handed_over",), "replied", ("unit",), ("class", "text", "language", "talk or reason"),
         _l("Reply"), _l("%(who)s replied for %(unit)s: %(class)s."), _l("%(unit)s replied: %(class)s."), icon="reply"),
    Move("return", ("handed_over",), "submitted", ("unit",), ("reason",),
         _l("Return it"), _l("%(who)s returned the suggestion for %(unit)s."), guard=guards.may_return, icon="undo-2"),
    Move("urge", ("handed_over",), None, ("chair", "county", "clock"), (),
         _l("Urge"), _l("%(who)s urged %(unit)s."), icon="alarm-clock"),
    Move("more_time", ("handed_over",), None, ("chair", "county"), ("reason",),
         _l("Give it six months"), _l("%(who)s gave it six months: due %(due)s."), _l("It is broad or hard; the reply is now due on %(due)s."),
         guard=guards.has_three_months, icon="calendar"),
    Move("paper_reply", ("handed_over",), "replied", ("chair", "county"), ("class", "text", "language", "talk or reason"),
         _l("Record a reply on paper"), _l("%(who)s recorded a reply on paper by %(unit)s: %(class)s."), _l("%(unit)s replied: %(class)s."),
         icon="file-text"),
    Move("opinion", ("replied",), None, ("deputy",), ("rating",),
         _l("Say what you think of the reply"), _l("%(who)s is %(rating)s."), guard=guards.owes_opinion, icon="message-square-text"),
    Move("again", ("replied",), "handed_over", ("clock", "chair", "county"), (),
         _l("Have it handled again"), _l("It goes back to %(unit)s, due %(due)s: a sponsor is not satisfied."),
         _l("A sponsor is not satisfied. %(unit)s handles it again, until %(due)s."), guard=guards.is_unsatisfied, icon="undo-2"),
    Move("closing", ("replied",), "closed", ("chair", "county"), (),
         _l("Close it"), _l("%(who)s closed the suggestion."), _l("It was closed."), guard=guards.may_close, icon="circle-check"),
    Move("closing_unheard", ("replied",), "closed", ("chair", "county"), (),
         _l("Close it without an opinion"), _l("%(who)s closed the suggestion without an opinion: none of its sponsors sits in the congress any more."),
         _l("It was closed without an opinion: none of its sponsors sits in the congress any more."), guard=guards.nobody_can_say,
         icon="circle-check"),
    Move("withholding", ("submitted", "handed_over", "replied", "closed"), None, ("chair", "county"), ("reason",),
         _l("Keep the report from the public"), _l("%(who)s kept the handling report from the public."), guard=guards.is_public, icon="lock"),
    Move("publication", ("submitted", "handed_over", "replied", "closed"), None, ("chair", "county"), (),
         _l("Let the public read the report"), _l("%(who)s let the public read the handling report."), guard=guards.is_withheld, icon="eye"),
    Move("withdrawal", ("draft", "submitted"), "withdrawn", ("deputy",), ("reason",),
         _l("Withdraw"), _l("%(who)s withdrew the suggestion."), guard=guards.leads, icon="x"),
)
# fmt: on

TABLE = workflow.Table(MOVES)
assert all(state in STATES for move in MOVES for state in move.leaving)
