"""Quality of surface water: the class of a sample, and how two laboratories differ."""
