"""What a county may set, and what holds until it does."""

# Working days from handover; a township may shorten.
LIMITS = {"urgent": 3, "ordinary": 15, "complex": 30}

# Days after a case's end until its contact is erased.
ERASE_AFTER, SOONEST, LATEST = 30, 7, 90
