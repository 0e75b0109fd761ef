"""Reads of the record. Every one takes the day it speaks of; none asks the clock."""
