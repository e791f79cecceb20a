"""What a move asks of the suggestion and of the person, beside state and role."""

from datetime import timedelta

from fieldapp.database import today
from fieldapp.places.calendar import WorkingCalendar
from fieldapp.suggestions.sponsoring import invitable, sits, speaking

RETURN_WITHIN = 7  # working days, as for a case
SILENCE = timedelta(days=30)  # after which a sponsor who says nothing holds nothing up


def is_theirs(suggestion, actor) -> bool:
    match actor.role:
        case "deputy":
            return suggestion.sponsor(actor) is not None and sits(suggestion, actor)
        case "chair" | "county":
            return suggestion.area_id == actor.area_id
        case "unit":
            return actor.works_for(suggestion.unit_id)
        case "clock":
            return True
    return False


def leads(suggestion, actor) -> bool:
    """The lead sponsor; where their mandate has ended, the first of the others."""
    return next((sponsor.person_id for sponsor in speaking(suggestion)), None) == actor.id


def may_invite(suggestion, actor) -> bool:
    return leads(suggestion, actor) and bool(invitable(suggestion))


def asked_to_sign(suggestion, actor) -> bool:
    sponsor = suggestion.sponsor(actor)
    return sponsor is not None and sponsor.signed_on is None


def leads_or_handles(suggestion, actor) -> bool:
    return suggestion.talked_on is None and (actor.role == "unit" or leads(suggestion, actor))


def may_return(suggestion, actor) -> bool:
    days = WorkingCalendar.of(suggestion.area).between(suggestion.handed_over_on, today())
    return suggestion.again == 0 and days <= RETURN_WITHIN


def has_three_months(suggestion, actor) -> bool:
    return not suggestion.hard and suggestion.again == 0


def owes_opinion(suggestion, actor) -> bool:
    sponsor = suggestion.sponsor(actor)
    return sponsor is not None and sponsor.signed_on is not None and suggestion.reply.opinion_of(actor) is None


def is_unsatisfied(suggestion, actor) -> bool:
    return any(opinion.rating == "not_satisfied" for opinion in suggestion.reply.opinions)


def may_close(suggestion, actor) -> bool:
    """Every sponsor who still sits has said what they think, or thirty days went by since the reply."""
    if nobody_can_say(suggestion, actor):
        return False
    said = {opinion.person_id for opinion in suggestion.reply.opinions}
    return {sponsor.person_id for sponsor in speaking(suggestion)} <= said or suggestion.reply.on + SILENCE <= today()


def nobody_can_say(suggestion, actor) -> bool:
    """No sponsor said what they think of the reply, and none sits any more."""
    return not suggestion.reply.opinions and not speaking(suggestion)


def is_public(suggestion, actor) -> bool:
    return not suggestion.withheld


def is_withheld(suggestion, actor) -> bool:
    return bool(suggestion.withheld)
