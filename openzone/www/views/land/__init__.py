"""The pages of land: parcels, deliveries of net land, standard land."""
