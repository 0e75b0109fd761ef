"""From an application to money on the account, and the check afterwards."""
