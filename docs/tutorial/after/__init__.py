"""The same system on `daemonbase.DaemonBase`, which owns all that its daemons take."""
