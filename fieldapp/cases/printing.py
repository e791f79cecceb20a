"""The papers of a case: the hand-over slip, the supervision notice, the report to the county."""

from flask import abort, render_template, request
from flask_babel import force_locale

from fieldapp import language
from fieldapp.access import only
from fieldapp.cases import papers, supervision
from fieldapp.cases.blueprint import cases
from fieldapp.cases.pages import reached
from fieldapp.database import today

DESKS = ("clerk", "chair", "county")


@cases.get("/cases/<number>/handover-slip")
@only(*DESKS)
def handover_slip(number):
    """For the unit: what it has to do until when, with room for signatures."""
    case = reached(number)
    if case.unit is None or case.handed_over_at is None:
        abort(404)
    return _sheet("cases/_handover_slip.html", case)


@cases.get("/cases/<number>/escalation-report")
@only(*DESKS)
def escalation_report(number):
    """For a county that does not work with the program, or for its files."""
    case = reached(number)
    found = papers.opinion(case) or abort(404)
    return _sheet("cases/_escalation_report.html", case, opinion=found[0], asked_on=found[1])


@cases.get("/cases/<number>/supervision-notice")
@only(*DESKS)
def supervision_notice(number):
    """For the unit: why it is supervised, until when it reports."""
    case = reached(number)
    rows = supervision.of(case)
    if not rows or case.unit is None:
        abort(404)
    return _sheet("cases/_supervision_notice.html", case, supervised=papers.supervised(rows[-1]))


def _sheet(region: str, case, **more):
    """The paper in the language chosen, on a page with the choice."""
    wish = request.args.get("as")
    wanted = wish if wish in language.LANGUAGES else language.current()
    with force_locale(wanted):
        context = {"paper": papers.of(case), "steps": papers.course(case), "day": today(), "township": case.township.name}
        sheet = render_template("layout/_demonstration.html") + render_template(region, **context, **more)
    return render_template("cases/paper.html", number=case.number, sheet=sheet, wanted=wanted)
