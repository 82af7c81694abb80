"""One module for each outside thing: a file format, a library, a database."""
