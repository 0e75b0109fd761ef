"""Parcels, land delivery and the indicators promised with a parcel."""
