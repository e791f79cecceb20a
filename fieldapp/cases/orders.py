"""The order by which a unit's officer knows a case, as lead or assisting; and its mark."""

import hmac
from dataclasses import asdict

from flask import current_app

from fieldapp.cases import assisting_order, work_order
from fieldapp.cases.assisting_order import AssistingOrder
from fieldapp.cases.work_order import WorkOrder

# What the reader's language or the day alone may change is no change of the matter.
BY_READER = frozenset(
    ["category", "village", "state_name", "class_name", "unit", "lead", "office", "rework_reason", "days_left", "light", "provisional"]
)


def of(case, person) -> WorkOrder | AssistingOrder | None:
    if person.works_for(case.unit_id):
        return work_order.of(case, person)
    return assisting_order.of(case, person)


def mark(case, person) -> str:
    """Changes when the officer's order does: what it does not show leaves no trace in it."""
    order = of(case, person)
    if order is None:
        return ""
    key = current_app.config["KEYS"].derive("orders")
    return hmac.digest(key, repr(_lasting(asdict(order))).encode(), "sha256").hex()[:24]


def _lasting(told):
    if isinstance(told, dict):
        return [(name, _lasting(said)) for name, said in told.items() if name not in BY_READER]
    return [_lasting(said) for said in told] if isinstance(told, list | tuple) else told
