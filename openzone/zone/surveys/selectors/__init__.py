"""Figures of surveys, with their n and what must stay hidden."""
