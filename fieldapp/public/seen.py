"""For staff: the page as the resident reads it, and the answer on paper."""

from flask import render_template, request, url_for
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
    case, wanted = reached(number), chosen()
    album = url_for("cases.case", number=number) + "/photos/{}?small=1"
    return render_template("public/seen.html", case=case, region=read_out(case, wanted, album), wanted=wanted)


@public.get("/cases/<number>/answer-sheet")
@only("deputy", "clerk", "chair", "county")
def answer_sheet(number):
    """Half a sheet for carrying along."""
    case, wanted = reached(number), chosen()
    with force_locale(wanted):
        sheet = render_template("public/_answer_sheet.html", status=status.of(case), case=case)
    return render_template("public/answer_sheet.html", case=case, sheet=sheet, wanted=wanted)


def read_out(case, wanted: str, album: str | None = None) -> str:
    """The resident's region in this language, without its forms; ``album`` is
    where the photos of answers lie, for whoever may open them."""
    with force_locale(wanted):
        told = {
            "status": status.of(case),
            "path": "",
            "query": "",
            "refusal": None,
            "typed": "",
            "act": "",
            "knows": False,
            "all": True,
            "reading": True,
            "album": album,
        }
        return render_template("public/_status.html", **told)


def chosen() -> str:
    """The language of the resident's words; at first the reader's own."""
    wish = request.args.get("as")
    return wish if wish in language.LANGUAGES else language.current()
