"""What the desks leave behind: refusals, rule changes, dispatches, figures, causes."""
