"""Field work of promotion: funnel, trips, events, suppliers, term sheets, negotiations."""
