"""The public pages of a station and of a deputy: who, when, and send a matter."""

from flask import abort, g, make_response, render_template, request

from fieldapp import csrf
from fieldapp.access import public as anyone
from fieldapp.cases.pictures import NotAPicture
from fieldapp.people import mandates, tries
from fieldapp.public import receiving, stations_holder
from fieldapp.public.blueprint import public
from fieldapp.public.receiving_form import MatterForm
from fieldapp.public.stations_holder import Holder
from fieldapp.slips.codes import address, code_of
from fieldapp.slips.signs import in_groups
from fieldapp.slips.slip import Slip
from fieldapp.slips.symbol import symbol


def reached(kind: str, code: str) -> Holder:
    g.remembers_language = False
    return getattr(stations_holder, kind.lower())(code) or abort(_nobody(kind.lower(), code))


def _nobody(kind: str, code: str):
    """A poster hangs longer than a mandate lasts: who follows, and where the stations are."""
    person = stations_holder.person_of(code) if kind == "deputy" else None
    if not person or not person.mandates:
        abort(404)
    former = Holder("deputy", person)
    heir = mandates.successor_of(person, former.township)
    page = render_template(
        "public/former.html",
        former=former,
        heir=heir and stations_holder.deputy(stations_holder.code_of(heir)),
        stations=[Holder("station", row) for row in stations_holder.stations_of(former.township)],
        township=former.township.name,
        home_url=former.path,
    )
    return make_response(page, 410)


@public.get("/<any(station, deputy, STATION, DEPUTY):kind>/<code>")
@anyone
def holder(kind, code):
    holder = reached(kind, code)
    return show(holder, MatterForm(holder))


def show(holder: Holder, form: MatterForm, status: int = 200, busy: int = 0):
    page = render_template(
        f"public/{holder.kind}.html",
        holder=holder,
        form=form,
        busy=busy,
        township=holder.township.name,
        home_url=holder.path,
        settled=stations_holder.lately_settled(holder),
    )
    reply = make_response(page, status)
    if busy:
        reply.headers["Retry-After"] = str(busy)
    return reply


@public.post("/<any(station, deputy, STATION, DEPUTY):kind>/<code>")
@csrf.exempt
@anyone
def receive(kind, code):
    holder = reached(kind, code)
    receiving.from_here_alone()
    form = MatterForm(holder)
    key = receiving.key(form)
    # The page of the slip, read in another language, has nothing but the key.
    known = request.form.get("received") or key
    if slip := receiving.received_before(known):
        return received(holder, slip, known)
    if "reading" in request.form:
        # Only another language is asked for: what was found wrong before is said in it.
        if "judged" in request.form:
            form.validate()
        return show(holder, form)
    return _judge(holder, form, key)


def _judge(holder: Holder, form: MatterForm, key: str | None):
    subjects = receiving.subjects(holder)
    if busy := tries.wait(subjects):
        return show(holder, form, 429, busy)
    if not form.validate():
        return show(holder, form, 422)
    tries.begin(subjects)
    try:
        return received(holder, receiving.receive(holder, form, key), key)
    except NotAPicture as problem:
        form.photos.errors = [problem.sentence]
        return show(holder, form, 422)


def received(holder: Holder, slip: Slip, key: str | None):
    return render_template(
        "public/received.html",
        holder=holder,
        slip=slip,
        key=key or "",
        symbol=symbol(address(slip)),
        township=holder.township.name,
        home_url=holder.path,
        code=code_of(slip),
        groups=in_groups(code_of(slip)),
    )
