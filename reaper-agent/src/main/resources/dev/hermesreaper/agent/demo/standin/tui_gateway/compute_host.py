"""Stands in for the compute host of newer dashboards: `<py> -m tui_gateway.compute_host`."""
from tui_gateway import entry

if __name__ == "__main__":
    entry.main("compute_host")
