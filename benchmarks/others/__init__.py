"""Other local services, started as their users start them, beside which our figures stand."""
