"""The sentences the phone's script shows, in the reader's language."""

from flask import current_app
from flask_babel import gettext as _


def base() -> str:
    """What a slip's code is put after to make its address."""
    return f"{current_app.config['BASE_URL'].upper()}/S/"


def for_script(page: str) -> dict[str, str]:
    """Name → sentence; ``{n}`` and the like are filled by the script. A page
    carries only what its own script says: each is kept in three languages."""
    return everywhere() | {"home": of_home, "new": of_form}.get(page, dict)()


def everywhere() -> dict[str, str]:
    """The queue, the receipts, the room left."""
    return {
        "all_sent": _("Everything is sent"),
        "unsent_age": _("Unsent: %(n)s · %(age)s", n="{n}", age="{age}"),
        "now": _("just now"),
        "minutes": _("%(n)s min", n="{n}"),
        "hours": _("%(n)s h", n="{n}"),
        "days": _("%(n)s days", n="{n}"),
        "kept": _("Kept on this phone"),
        "words_received": _("Words received"),
        "photos_verified": _("Photos verified: %(n)s of %(all)s", n="{n}", all="{all}"),
        "chair_seen": _("The chair has seen it"),
        "sending": _("Sending …"),
        "unreached": _("No signal. It is tried again by itself."),
        "sign_in": _("Please sign in again: everything waits here safely."),
        "refused": _("The station did not take it. It is tried again later."),
        "failed": _("The station has a difficulty. It is tried again by itself."),
        "busy": _("The station is busy. It is tried again by itself."),
        "full": _("The station has no room now. It is tried again later."),
        "unclear": _("The answer was not from the station. It is tried again by itself."),
        "attention": _("Needs your attention"),
        "correct": _("Correct it"),
        "photo_refused": _("The station could not read one photo. Please take it again."),
        "alone": _("The station has this case. Its round was not taken, so the case stands without a round."),
        "both": _("Both versions are kept. You and the chair see them beside the case."),
        "room": _("Room on this phone: %(room)s.", room="{room}"),
        "room_stays": _("Room on this phone: %(room)s. What is kept here stays until it is sent.", room="{room}"),
        "room_short": _("This phone has little room left: %(room)s. Please delete something else before you take photos.", room="{room}"),
        "week": _(
            "Please put this page on the home screen: tap Share, then “Add to Home Screen”. Otherwise this phone clears what is kept here after seven days without a visit."
        ),
        "week_unsent": _(
            "Not yet sent: %(n)s. This phone clears what is kept here after seven days without a visit. Please send it before, or put this page on the home screen: tap Share, then “Add to Home Screen”.",
            n="{n}",
        ),
        "serial": _("Slip %(serial)s", serial="{serial}"),
        "choose": _("Please choose one."),
        "round_of": _("Round %(date)s", date="{date}"),
    }


def of_home() -> dict[str, str]:
    """My cases."""
    return {
        "other_role": _("Someone who is not a deputy is signed in here."),
        "tried": _("Last try: %(time)s", time="{time}"),
        "understood": _("Understood"),
        "unfinished": _("Unfinished"),
        "write_on": _("Write on"),
        "others": _("On this phone wait matters of another deputy: %(n)s. They are sent when that deputy signs in.", n="{n}"),
        "leave_unsent": _("Not yet sent: %(n)s. They stay on this phone and are sent when you sign in again. Sign out?", n="{n}"),
        "since_answered": _("Answered since your last visit"),
        "since_changed": _("Changed since your last visit"),
        "here": _("You are here"),
        "called_off": _("%(round)s does not take place: %(reason)s", round="{round}", reason="{reason}"),
        "here_later": _("Kept. It is reported when there is signal."),
        "arrive": _("I am here now"),
        "start_here": _("Start the round at this stop"),
        "start_now": _("Start a round now"),
        "unplanned": _("Start a round that is not planned"),
        "step_started": _("A round began: %(place)s", place="{place}"),
        "step_here": _("The station is here: %(place)s", place="{place}"),
        "step_ended": _("The round is over. People heard: %(n)s", n="{n}"),
        "heard_wrong": _("A number from %(min)s to %(max)s, please.", min=0, max=9999),
        "number_here": _("This seems to hold a telephone or ID number. Others will read these words: please take it out."),
    }


def of_form() -> dict[str, str]:
    """The form of a new case, and its slip."""
    return {
        "draft_kept": _("Kept as a draft"),
        "draft_back": _("Your draft is back"),
        "throw_away": _("Throw this draft away? Nothing of it will be left."),
        "photo_bad": _("This file is not a picture that can be read. Please take a photo."),
        "photo_remove": _("Remove photo %(n)s", n="{n}"),
        "needed": _("Please fill this in."),
        "too_long": _("This is too long. Please shorten it; nothing is lost."),
        "summary_number": _("The unit reads these words: please take the telephone or ID number out."),
        "either": _("Either the resident stays unnamed, or leaves a contact: please choose."),
        "slip_wrong": _("A digit of the slip's number is wrong. Please compare it with the slip."),
        "scan_nothing": _("No slip's code is in this picture. Please take it again, closer, or type the number."),
        "no_room": _("This phone has no room left. Please delete something else; what you typed is still on the screen."),
        "not_kept": _("This could not be kept. It is still on the screen: please close other windows of this app and type on."),
        "nothing_kept": _(
            "This browser keeps nothing without signal. Please send with signal, or open this page in the phone's own browser."
        ),
        "first_online": _("Please open this page once with signal and signed in. After that it works without."),
        "read_back": _("Read it back"),
        "slip_scanned": _("A paper slip, scanned"),
        "slip_screen": _("The slip is shown on this screen"),
        "photos_taken": _("Photos: %(n)s", n="{n}"),
        "unnamed": _("The resident wishes to stay unnamed"),
        "contact_none": _("No contact is left"),
        "contact_left": _("A contact is left; the unit does not learn it"),
        "contact_shared": _("A contact is left; the unit may learn it"),
        "answered_now": _("Answered on the spot: %(words)s", words="{words}"),
        "received_all": _("Everything was received by the station."),
        "more_cases": _("Pictures of more matters"),
    }
