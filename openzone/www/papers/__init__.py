"""Papers for the office: a report as Word and as PDF from one content."""
