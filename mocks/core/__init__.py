"""What every service stands on: errors, bodies, records, workspaces, the guard and the journal."""
