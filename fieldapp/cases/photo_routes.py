"""A case's photo, for those who may see it."""

from flask import abort, request
from flask_login import current_user

from fieldapp.access import only
from fieldapp.cases import album
from fieldapp.cases.blueprint import cases


@cases.get("/cases/<number>/photos/<int:id>")
@only("deputy", "clerk", "chair", "unit", "county")
def photo(number, id):
    """A JPEG; ``?small=1`` its thumbnail. 404 out of reach, or not whole yet."""
    found = album.find(number, id, current_user) or abort(404)
    return album.reply(found, small=bool(request.args.get("small")))
