"""What a county may set, what a township may shorten, and what holds until they do."""

# Working days from handover; a township may shorten.
LIMITS = {"urgent": 3, "ordinary": 15, "complex": 30}
ORDINARY = "ordinary"

# Days after a case's end until its contact is erased.
ERASE_AFTER, SOONEST, LATEST = 30, 7, 90


def of(area) -> dict[str, int]:
    """Speed → working days: the county's, and the township's where they are shorter."""
    found = dict(LIMITS)
    for place in _upwards(area):
        for speed, days in (place.settings or {}).get("limits", {}).items():
            found[speed] = days if place.parent is None else min(days, found[speed])
    return found


def usual(area, kind: str, category: str) -> str:
    """The speed the county gave to a kind or a category; the faster where both have one."""
    chosen = area.county.setting("usual", {})
    speeds = {chosen.get("kinds", {}).get(kind), chosen.get("categories", {}).get(category)}
    return next((speed for speed in LIMITS if speed in speeds), ORDINARY)


def _upwards(area) -> list:
    """The county first, the area itself last."""
    return [*(_upwards(area.parent) if area.parent else ()), area]
