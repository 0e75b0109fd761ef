"""How graded review is written: words, the meeting pack, the calendar programs read."""
