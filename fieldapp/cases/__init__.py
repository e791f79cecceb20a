"""A case: a matter a resident raised, from logging to its end."""
