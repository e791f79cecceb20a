"""Slips: numbered receipts with a code that opens the resident's page."""
