"""What a phone keeps for working without signal."""

from flask import current_app, jsonify
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from fieldapp import language
from fieldapp.access import only
from fieldapp.activities import phone
from fieldapp.cases import jwe
from fieldapp.database import db
from fieldapp.field import lock
from fieldapp.field.blueprint import field
from fieldapp.places import edition
from fieldapp.places.place import Area, Category
from fieldapp.slips.codes import code_of, pool_for


@field.get("/field/session")
@only("deputy")
def session():
    """Who signs, a token, the key to seal to, codes, and blank slips."""
    person = current_user._get_current_object()
    pool = pool_for(person)
    jwk = jwe.public_jwk(current_app.config["KEYS"].seal)
    return jsonify(
        person={"id": person.id, "name": person.name},
        device=lock.for_phone(person),
        csrf_token=generate_csrf(),
        utc_offset=language.utc_offset(),
        seal={"kid": jwe.thumbprint(jwk), "jwk": jwk},
        categories=[_named(row) for row in categories()],
        villages=[_named(row) for row in villages(person)],
        activities=phone.carried(person),
        slips=[{"code": code_of(slip), "serial": slip.serial} for slip in pool],
    )


def categories() -> list[Category]:
    return list(db.session.scalars(select(Category).where(Category.active).order_by(Category.position, Category.id)))


def villages(person) -> list[Area]:
    """Those of the deputy's township."""
    return list(db.session.scalars(select(Area).where(Area.parent_id == township_of(person).id).order_by(Area.code)))


def township_of(person) -> Area:
    return edition.row(Area, person.area_id).township  # type: ignore[union-attr]


def _named(row) -> dict:
    return {"code": row.code, "name": row.name, "names": row.names}
