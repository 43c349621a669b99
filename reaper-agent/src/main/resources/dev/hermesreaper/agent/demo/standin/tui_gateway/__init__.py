"""Stand-ins for the modules of the same name in Hermes Agent: the same command lines, none of the work."""
