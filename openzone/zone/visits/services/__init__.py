"""Every change to the network, to visits, sessions and the board, each with its event."""
