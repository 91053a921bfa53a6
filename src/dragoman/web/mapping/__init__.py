"""The map: where events happened, as points over a plain graticule."""
