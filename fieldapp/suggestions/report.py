"""The public handling report (Deputies Law 2025, art. 51): an allow-listed record.

What is not a field here cannot reach the public: drafts, notes, talks' words,
single opinions, the cases a suggestion grew from.
"""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask_babel import gettext as _

from fieldapp import language
from fieldapp.access import public
from fieldapp.cases.sentences import Line
from fieldapp.database import db
from fieldapp.suggestions import sentences
from fieldapp.suggestions.blueprint import suggestions
from fieldapp.suggestions.sponsoring import speaking
from fieldapp.suggestions.suggestion import Reply, Suggestion

PAGE = 50


@dataclass(frozen=True)
class Letter:
    """A reply as the public reads it."""

    unit: str
    class_name: str
    on: str
    promised: str
    talked: str
    text: str
    language: str


@dataclass(frozen=True)
class Report:
    """A suggestion as the public reads it."""

    number: str
    title: str
    text: str
    area: str
    state: str
    state_name: str
    sponsors: tuple[str, ...]
    unit: str
    due: str
    letters: tuple[Letter, ...]
    opinions: str
    lines: tuple[Line, ...]


def of(suggestion: Suggestion) -> Report:
    return Report(
        number=suggestion.number,
        title=suggestion.title,
        text=suggestion.text,
        area=suggestion.area.name,
        state=suggestion.state,
        state_name=str(suggestion.state_name),
        sponsors=tuple(sponsor.person.name for sponsor in suggestion.signed),
        unit=suggestion.unit.name if suggestion.unit else "",
        due=language.date(suggestion.due, with_year=True) if suggestion.state == "handed_over" and suggestion.due else "",
        letters=tuple(_letter(reply) for reply in reversed(suggestion.replies)),
        opinions=_opinions(suggestion),
        lines=tuple(sentences.told(suggestion)),
    )


def _letter(reply: Reply) -> Letter:
    return Letter(
        unit=reply.unit.name,
        class_name=str(reply.class_name),
        on=language.date(reply.on, with_year=True),
        promised=language.date(reply.promised, with_year=True) if reply.promised else "",
        talked=language.date(reply.talked_on, with_year=True) if reply.talked_on else "",
        text=reply.text,
        language=reply.language,
    )


def _opinions(suggestion: Suggestion) -> str:
    """How many sponsors are content, once all who still sit have spoken: never who said what."""
    opinions = suggestion.reply.opinions if suggestion.reply else []
    said = {opinion.person_id for opinion in opinions}
    if not opinions or not {sponsor.person_id for sponsor in speaking(suggestion)} <= said:
        return ""
    content = sum(opinion.rating != "not_satisfied" for opinion in opinions)
    return _("%(content)s of %(all)s sponsors are satisfied or basically satisfied.", content=content, all=len(opinions))


def _published():
    return db.select(Suggestion).where(Suggestion.state.not_in(("draft", "withdrawn")), Suggestion.withheld == "")


@suggestions.get("/reports")
@public
def reports():
    """The newest first; ``before`` is the number of the last one read."""
    query = _published().order_by(Suggestion.year.desc(), Suggestion.sequence.desc()).limit(PAGE + 1)
    before = request.args.get("before", "")
    if last := before and db.session.scalar(_published().where(Suggestion.numbered(before))):
        query = query.where(Suggestion.id < last.id)
    rows = db.session.scalars(query).all()
    return render_template("suggestions/reports.html", rows=rows[:PAGE], more=rows[PAGE - 1].number if len(rows) > PAGE else None)


@suggestions.get("/reports/<number>")
@public
def report(number):
    found = db.session.scalar(_published().where(Suggestion.numbered(number))) or abort(404)
    return render_template("suggestions/report.html", report=of(found))
