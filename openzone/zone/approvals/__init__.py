"""Approvals as a graph: pre-review, conversion, start on land acquisition."""
