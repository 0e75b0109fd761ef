"""The shapes of what comes out. Moments carry their offset; texts are in both languages."""
