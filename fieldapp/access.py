"""Who may come in where: roles, and the rule that each route declares."""

from collections.abc import Callable
from functools import wraps

from flask import Flask, abort, current_app, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

ROLES = {
    "deputy": _l("Deputy"),
    "clerk": _l("Station clerk"),
    "chair": _l("Congress chair"),
    "unit": _l("Unit officer"),
    "county": _l("County supervisor"),
    "admin": _l("Administrator"),
}

STAFF = frozenset(ROLES)


def _declare(view: Callable, roles: frozenset[str]) -> Callable:
    view.roles = roles  # type: ignore[attr-defined]
    return view


def public(view: Callable) -> Callable:
    """Anyone, without an account."""
    return _declare(view, frozenset({"anyone"}))


def only(*roles: str) -> Callable:
    """Signed-in people of these roles; 404 for others, who learn nothing."""
    assert STAFF.issuperset(roles), roles

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args, **kwargs):
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if current_user.role not in roles:
                abort(404)
            return view(*args, **kwargs)

        return _declare(guarded, frozenset(roles))

    return decorate


signed_in = only(*ROLES)


def policy(app: Flask) -> dict[str, frozenset[str]]:
    """Endpoint → roles, for every route that declares them."""
    return {name: view.roles for name, view in app.view_functions.items() if hasattr(view, "roles")}  # type: ignore[attr-defined]


def refuse_undeclared_routes(app: Flask) -> None:
    """Stops the start when a route says nothing about who may use it."""
    silent = sorted(set(app.view_functions) - set(policy(app)))
    if silent:
        raise RuntimeError(f"Routes without an access rule: {', '.join(silent)}")


def may_visit(endpoint: str) -> bool:
    """Whether the person signed in may open this endpoint: for navigation."""
    roles = current_app.view_functions[endpoint].roles  # type: ignore[attr-defined]
    return "anyone" in roles or (current_user.is_authenticated and current_user.role in roles)


def wants_json() -> bool:
    return request.path.startswith(("/field/session", "/field/sync", "/field/rounds", "/field/attachments"))
