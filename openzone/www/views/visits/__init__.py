"""Pages of the service network, visits, sessions on site and the challenge board."""
