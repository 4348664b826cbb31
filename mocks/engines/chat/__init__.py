"""Who answers chat requests: a script, a recording, a model by URL or on this machine, rules, the stand-in."""
