"""Cases: routes."""

from flask import Flask

from fieldapp.cases import (
    blurring,
    blurring_page,
    contact_keys,
    contact_routes,
    desk,
    desk_many,
    entering,
    erasing,
    export,
    finding,
    ledger,
    lookback_pages,
    month,
    pages,
    photo_routes,
    printing,
    promises,
    recounting,
    succession_page,
)
from fieldapp.cases.assistance import Assistance
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.cases.extension import Extension
from fieldapp.cases.lookback import Lookback
from fieldapp.cases.outcome import Answer
from fieldapp.cases.supervision import Supervision

__all__ = [
    "Answer",
    "Assistance",
    "Attachment",
    "Case",
    "Contact",
    "Extension",
    "Lookback",
    "Supervision",
    "blurring_page",
    "contact_routes",
    "desk",
    "desk_many",
    "entering",
    "export",
    "finding",
    "ledger",
    "lookback_pages",
    "month",
    "pages",
    "photo_routes",
    "printing",
    "recounting",
    "succession_page",
]


def init_app(app: Flask) -> None:
    app.register_blueprint(cases)
    erasing.init_app(app)
    erasing.whenever_the_clock_ticks(app, "promises came back", promises.come_back)
    erasing.whenever_the_clock_ticks(app, "photos from before they were blurred removed", blurring.finish)
    recounting.init_app(app)
    app.extensions.setdefault("symptoms", []).append(contact_keys.symptoms)
