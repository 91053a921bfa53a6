"""All exceptions that dragoman raises on purpose.

DragomanError
├── InputError              the caller gave something unusable
│   ├── ConfigError         a setting
│   ├── CodebookError       a codebook file
│   └── OriginError         a file, folder or address to read
├── ResourceError           model or knowledge base missing, damaged, or of another version
└── StoreError              reserved for the record store

Every message names the place, the value found, the value expected, and the remedy.
"""


class DragomanError(Exception):
    """Base of every exception raised on purpose."""


class InputError(DragomanError):
    """The caller gave something unusable."""


class ConfigError(InputError):
    """A setting has a value that is not valid."""


class CodebookError(InputError):
    """A codebook file breaks the codebook format."""


class OriginError(InputError):
    """A file, folder or stream cannot be read as reports."""


class ResourceError(DragomanError):
    """A model or knowledge base is missing, damaged, or of another version."""
