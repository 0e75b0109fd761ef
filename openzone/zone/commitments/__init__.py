"""Commitments: templates, fulfilment, breach."""
