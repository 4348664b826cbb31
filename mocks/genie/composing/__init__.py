"""From a frame to a statement: a syntax tree that counts no row twice and uses all that was said."""
