"""For staff: the page as the resident reads it, and the answer on paper."""

from flask import render_template, request
from flask_babel import force_locale

from fieldapp import language
from fieldapp.access import only
from fieldapp.cases.pages import reached
from fieldapp.public import status
from fieldapp.public.blueprint import public


@public.get("/cases/<number>/resident")
@only("deputy", "clerk", "chair", "county")
def seen(number):
    """What the resident sees, in the resident's language."""
    case, wanted = reached(number), _wanted()
    with force_locale(wanted):
        region = render_template("public/_status.html", status=status.of(case), path="", refusal=None, typed="", all=True, reading=True)
    return render_template("public/seen.html", case=case, region=region, wanted=wanted)


@public.get("/cases/<number>/answer-sheet")
@only("deputy", "clerk", "chair", "county")
def answer_sheet(number):
    """Half a sheet for carrying along."""
    case, wanted = reached(number), _wanted()
    with force_locale(wanted):
        sheet = render_template("public/_answer_sheet.html", status=status.of(case), case=case)
    return render_template("public/answer_sheet.html", case=case, sheet=sheet, wanted=wanted)


def _wanted() -> str:
    wish = request.args.get("as")
    return wish if wish in language.LANGUAGES else language.current()
