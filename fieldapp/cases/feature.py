"""Cases: routes."""

from flask import Flask

from fieldapp.cases import (
    contact_routes,
    desk,
    desk_many,
    entering,
    erasing,
    export,
    ledger,
    month,
    pages,
    photo_routes,
    printing,
    succession_page,
)
from fieldapp.cases.assistance import Assistance
from fieldapp.cases.attachment import Attachment
from fieldapp.cases.blueprint import cases
from fieldapp.cases.case import Case
from fieldapp.cases.contact import Contact
from fieldapp.cases.extension import Extension
from fieldapp.cases.intake import Series
from fieldapp.cases.outcome import Answer

__all__ = [
    "Answer",
    "Assistance",
    "Attachment",
    "Case",
    "Contact",
    "Extension",
    "Series",
    "contact_routes",
    "desk",
    "desk_many",
    "entering",
    "export",
    "ledger",
    "month",
    "pages",
    "photo_routes",
    "printing",
    "succession_page",
]


def init_app(app: Flask) -> None:
    app.register_blueprint(cases)
    erasing.init_app(app)
