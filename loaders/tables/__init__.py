"""Tables: project lists, CORDIS, Kohesio, keep.eu. A table is its text; its records are read from it when asked for."""
