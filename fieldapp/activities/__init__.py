"""Outings of the station: rounds with their stops; later receptions, visits, open days."""
