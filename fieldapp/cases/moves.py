"""The table of moves: what may happen to a case next, and who may do it.

The same rows draw the buttons, enforce the rules, write the timeline's words
and drive ``flask moves`` and the test over every square.
"""

from flask_babel import lazy_gettext as _l

from fieldapp.cases import guards
from fieldapp.cases.assistance import DURING
from fieldapp.cases.case import OPEN, STATES
from fieldapp.cases.clocks import RUNNING
from fieldapp.cases.move import Move
from fieldapp.workflow import Table

ENDED = ("settled", "guided", "withdrawn", "merged")
ANYTIME = tuple(STATES)

# fmt: off
MOVES = (
    Move("log", (), "logged", ("deputy", "clerk", "chair", "resident"), ("narrative", "category", "village"),
         _l("Log a case"), _l("%(who)s logged the case."), _l("Your matter was put on record.")),
    Move("carry_over", (), "handed_over", ("clerk", "chair"), ("narrative", "category", "village", "unit", "due", "summary"),
         _l("Carry over from paper"), _l("%(who)s carried the case over from the paper ledger; %(unit)s has it until %(due)s."),
         _l("Your matter was carried over from the paper ledger. %(unit)s has it.")),
    Move("confirm", ("logged",), "confirmed", ("deputy", "chair"), (),
         _l("Take it up"), _l("%(who)s took the case up."), _l("Your deputy has taken it up."), icon="circle-check"),
    Move("handover", ("confirmed",), "handed_over", ("chair", "county"), ("unit", "due", "summary"),
         _l("Hand over"), _l("%(who)s handed the case to %(unit)s, due %(due)s."),
         _l("It was given to %(unit)s, to be answered by %(due)s."),
         guard=guards.holds_level, icon="send"),
    Move("opinion", DURING, None, ("unit",), ("text", "language"),
         _l("Give the opinion"), _l("%(who)s gave the opinion of %(unit_assisting)s."),
         guard=guards.owes_opinion, theirs=guards.owes_opinion, icon="message-square-text"),
    Move("acceptance", ("handed_over",), "accepted", ("unit",), ("officer",),
         _l("Accept"), _l("%(who)s accepted the case; %(officer)s handles it."), _l("%(unit)s is working on it."), icon="check"),
    Move("answer", ("accepted",), "answered", ("unit",), ("class", "text", "language"),
         _l("Answer"), _l("%(who)s answered for %(unit)s: %(class)s."), _l("%(unit)s has answered."), icon="reply"),
    Move("return", ("handed_over",), "confirmed", ("unit",), ("reason",),
         _l("Return it"), _l("%(who)s returned the case for %(unit)s."), _l("%(unit)s says another body should handle it. The chair decides who."),
         guard=guards.may_return, icon="undo-2"),
    Move("release", ("answered",), None, ("deputy", "clerk", "chair"), (),
         _l("Let the resident read it"), _l("%(who)s let the answer through to the resident."), guard=guards.answer_is_held, icon="eye"),
    Move("inspection", ("answered",), None, ("deputy", "chair"), ("note",),
         _l("Inspected: it holds"), _l("%(who)s inspected the result: it holds."), _l("The congress looked at the result: it holds."),
         guard=guards.may_inspect, icon="circle-check"),
    Move("feedback", ("answered",), None, ("deputy", "clerk", "chair"), ("channel", "told_on"),
         _l("The resident was told"), _l("%(who)s noted how the resident was told: %(channel)s."), guard=guards.resident_not_told, icon="phone"),
    Move("settlement", ("answered",), "settled", ("chair", "county"), ("feedback", "inspection or reason"),
         _l("Strike off"), _l("%(who)s struck the case off the ledger."), _l("Closed. Not solved? Tell us within 30 days."),
         guard=guards.may_settle, icon="circle-check"),
    Move("paper_answer", ("handed_over", "accepted"), "answered", ("chair",), ("class", "text", "language", "scan"),
         _l("Record a paper answer"), _l("%(who)s recorded an answer on paper by %(unit)s: %(class)s."), _l("%(unit)s has answered on paper."), icon="file-text"),
    Move("on_the_spot", ("logged", "confirmed"), "answered", ("deputy",), ("text", "language"),
         _l("Answered on the spot"), _l("%(who)s answered on the spot."), _l("Your deputy answered on the spot."), icon="map-pin"),
    Move("wording", ("answered", "settled"), None, ("deputy", "clerk", "chair"), ("language", "text"),
         _l("Add words in another language"), _l("%(who)s put the answer into %(language)s."), guard=guards.answer_lacks_words, icon="languages"),
    Move("rework", ("answered",), "handed_over", ("deputy", "chair", "resident"), ("reason",),
         _l("Send back: not done"), _l("%(who)s sent the case back to %(unit)s, due %(due)s."), _l("It went back to %(unit)s, to be answered by %(due)s."),
         guard=guards.unit_may_rework, icon="undo-2"),
    Move("rework", ("answered",), "confirmed", ("deputy", "chair", "resident"), ("reason",),
         _l("Send back: not done"), _l("%(who)s sent the case back; the chair hands it over."), _l("It goes to a unit now."),
         guard=guards.no_unit_may_rework, icon="undo-2"),
    Move("urge", ("handed_over", "accepted"), None, ("chair", "county"), (),
         _l("Urge"), _l("%(who)s urged %(unit)s."), _l("The congress urged %(unit)s."),
         guard=guards.holds_level, icon="alarm-clock"),
    Move("due_date", ("handed_over", "accepted"), None, ("chair", "county"), ("due", "reason"),
         _l("Change the due date"), _l("%(who)s changed the due date to %(due)s."), _l("The answer is now due on %(due)s."),
         guard=guards.holds_level, icon="calendar"),
    Move("extension", RUNNING, None, ("unit",), ("until", "reason"),
         _l("Ask for more time"), _l("%(who)s asked for %(unit)s for time until %(until)s."), guard=guards.may_ask_for_time, icon="calendar"),
    Move("extension_grant", RUNNING, None, ("chair", "county"), (),
         _l("Grant the extension"), _l("%(who)s granted %(unit)s more time: due %(due)s."),
         _l("%(unit)s was given more time: the answer is now due on %(due)s."), guard=guards.may_grant_time, icon="calendar"),
    Move("extension_refusal", RUNNING, None, ("chair", "county"), ("reason",),
         _l("Refuse the extension"), _l("%(who)s refused %(unit)s time until %(until)s."), guard=guards.may_refuse_time, icon="x"),
    Move("assistance", DURING, None, ("chair", "county"), ("units", "due"),
         _l("Ask units to assist"), _l("%(who)s asked %(units)s to assist, with an opinion by %(opinion_due)s."),
         guard=guards.holds_level, icon="users"),
    Move("assistance_end", DURING, None, ("chair", "county"), ("unit", "reason"),
         _l("Let an assisting unit go"), _l("%(who)s let %(units)s go from assisting."),
         guard=guards.has_assisting, icon="x"),
    Move("summary", ("logged", "confirmed"), None, ("deputy", "clerk", "chair"), ("summary",),
         _l("Write the summary"), _l("%(who)s wrote the summary."), icon="pencil"),
    Move("slip", OPEN, None, ("deputy", "clerk", "chair"), ("slip",),
         _l("Give a slip"), _l("%(who)s gave slip %(serial)s."), guard=guards.has_no_slip, icon="qr-code"),
    Move("escalation", ("confirmed",), None, ("chair",), ("opinion",),
         _l("Take it to the county"), _l("%(who)s took the case to the county congress."), _l("It was taken to the county congress."),
         guard=guards.may_escalate, icon="building-2"),
    Move("advice", ("confirmed",), None, ("county",), ("advice",),
         _l("Back to the township, with advice"), _l("%(who)s sent the case back to the township with advice."),
         _l("The county congress gave advice; the township handles it."), guard=guards.holds_level, icon="undo-2"),
    Move("guidance", ("logged", "confirmed"), "guided", ("deputy", "chair"), ("where", "why"),
         _l("Guide elsewhere"), _l("%(who)s told the resident where to go: %(where)s."), _l("You were told where to go: %(where)s."), icon="route"),
    Move("withdrawal", ("logged", "confirmed"), "withdrawn", ("deputy",), ("reason",),
         _l("Withdraw"), _l("%(who)s withdrew the case."), _l("Your deputy withdrew it."), icon="x"),
    Move("withdrawal", OPEN, "withdrawn", ("resident",), (),
         _l("Withdraw"), _l("The resident withdrew the case."), _l("You withdrew it."), icon="x"),
    Move("verdict", ("handed_over", "accepted", "answered", "settled"), None, ("resident",), ("solved",),
         _l("Solved or not"), _l("The resident said whether it is solved."), _l("You said whether it is solved."), guard=guards.may_judge),
    Move("rating", ("handed_over", "accepted", "answered", "settled"), None, ("resident",), ("rating",),
         _l("Rate"), _l("The resident rated the answer."), _l("You rated the answer."), guard=guards.has_verdict),
    Move("remark", OPEN + ENDED, None, ("resident",), ("remark",),
         _l("Add a remark"), _l("The resident added a remark."), _l("You added a remark.")),
    Move("reopening", ("settled",), "handed_over", ("resident",), ("reason",),
         _l("Reopen"), _l("The resident reopened the case; %(unit)s has it until %(due)s."), _l("You reopened it. %(unit)s answers by %(due)s."),
         guard=guards.unit_may_reopen),
    Move("reopening", ("settled",), "confirmed", ("resident",), ("reason",),
         _l("Reopen"), _l("The resident reopened the case; the chair hands it over."), _l("You reopened it. The chair hands it to a unit."),
         guard=guards.no_unit_may_reopen),
    Move("suggestion", (*OPEN, "settled", "guided"), None, ("deputy",), ("suggestion",),
         _l("Make it a formal suggestion"), _l("%(who)s made a formal suggestion of it: %(number)s."),
         _l("Your deputy made a formal suggestion of it to the congress."), icon="file-text"),
    Move("contact_look", ANYTIME, None, ("deputy", "clerk", "chair", "unit"), ("reason",),
         _l("Open the contact"), _l("%(who)s opened the resident's contact."), _l("Your contact was opened (%(role)s)."),
         guard=guards.may_open_contact, icon="lock"),
)
# fmt: on

TABLE = Table(MOVES)
rows, open_moves, open_move, as_records = TABLE.rows, TABLE.open_moves, TABLE.open_move, TABLE.as_records
