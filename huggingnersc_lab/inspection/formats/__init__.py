"""The formats, one module each with its ``FORMATS``; see :mod:`.base` and :mod:`..registry`."""
